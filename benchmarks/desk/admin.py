"""The peer: what Django's admin makes of the same table, with the same columns shown.

It lists open matters by their due day, opens one with its acts, and saves a change. It
knows no places, writes no journal and no trail: it does less.
"""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from jiangxin.kernel.matters.models import Matter, MatterAct
from jiangxin.kernel.matters.models.matter import OPEN


class Site(admin.AdminSite):
    def has_permission(self, request: HttpRequest) -> bool:
        # Asking who acts opens the second wall before people's records.
        return request.actor.account_id is not None  # type: ignore[attr-defined]  # of our middleware


class Allowed:
    def has_module_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002 -- the base's
        return True

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002 -- the base's
        return True

    has_change_permission = has_view_permission

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002 -- the base's
        return False

    has_delete_permission = has_add_permission


class Acts(Allowed, admin.TabularInline):  # type: ignore[type-arg]  # not needed here
    model = MatterAct
    fields = readonly_fields = ("sequence", "kind", "actor_label", "at")
    extra = 0


class Matters(Allowed, admin.ModelAdmin):  # type: ignore[type-arg]  # not needed here
    list_display = (
        *("number", "service", "organisation", "state", "due_on"),
        *("assigned_label", "channel", "submitted_at"),
    )
    list_filter = ("state", "channel")
    list_select_related = ("organisation",)
    list_per_page = 25
    ordering = ("due_on", "pk")
    fields = ("agent_scope",)
    inlines = (Acts,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Matter]:
        return super().get_queryset(request).filter(OPEN)


SITE = Site("bench")
SITE.register(Matter, Matters)
