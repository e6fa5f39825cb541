from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from jiangxin.foundation.clock.working_days import today
from jiangxin.foundation.errors import Refused
from jiangxin.foundation.ui.components import Crumb, Empty
from jiangxin.foundation.web import Request, page
from jiangxin.foundation.web.listing import (
    ChoiceFilter,
    Column,
    Listing,
    Search,
    listing_page,
)
from jiangxin.kernel.access import forms, operations, queries
from jiangxin.kernel.access.enums import Role
from jiangxin.kernel.access.models import RoleGrant
from jiangxin.kernel.access.views.frames import frame_of


def _place(grant: RoleGrant) -> str:
    return grant.region_code or grant.organisation_code


DELEGATIONS = Listing(
    key="delegations",
    columns=[
        Column(
            "lender",
            gettext_lazy("Role of"),
            "delegated_from.account.display_name",
            sort=("delegated_from__account__display_name",),
        ),
        Column(
            "deputy",
            gettext_lazy("Deputy"),
            "account.display_name",
            sort=("account__display_name",),
        ),
        Column("role", gettext_lazy("Role"), "get_role_display"),
        Column("place", gettext_lazy("Place"), _place),
        Column("valid_from", gettext_lazy("Valid from"), sort=("valid_from", "pk")),
        Column("valid_to", gettext_lazy("Until"), sort=("valid_to", "pk")),
    ],
    filters=[
        Search(
            (
                "account__display_name__contains",
                "delegated_from__account__display_name__contains",
            ),
            hint=gettext_lazy("Either name"),
        ),
        ChoiceFilter("role", gettext_lazy("Role"), Role.choices),
    ],
    sort="-valid_from",
    noun=gettext_lazy("delegations"),
)


@login_required
@require_safe
def delegation_list(request: Request) -> HttpResponseBase:
    return listing_page(
        request,
        DELEGATIONS,
        queryset=queries.delegations_visible_to(request.actor),
        title=_("Delegations"),
        purpose=_("Who stands in for whom, in which role and until when."),
        empty=Empty(_("Nobody stands in for anybody"), icon="users"),
    )


@login_required
def delegation_create(request: Request) -> HttpResponse:
    on = today(request.now)
    grants = queries.own_lendable_grants(request.actor, on=on)
    form = forms.Delegation(request.POST or None, grants=_choices(grants, on))
    if request.method == "POST" and form.is_valid():
        try:
            delegation = operations.delegate_role(
                **form.cleaned_data, actor=request.actor, now=request.now
            )
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            name = delegation.account.display_name
            messages.success(request, _("%(name)s stands in for you.") % {"name": name})
            return redirect("access:account")
    context = {
        "frame_template": frame_of(request),
        "form": form,
        "crumbs": [
            Crumb(_("My account"), reverse("access:account")),
            Crumb(_("Delegate a role")),
        ],
    }
    return page(request, "access/delegation_create.html", context)


def _choices(grants: list[RoleGrant], on: date) -> list[tuple[int, str]]:
    return [
        (placed.grant.pk, " · ".join(filter(None, (placed.role_label, placed.place))))
        for placed in queries.placed_grants(grants, on=on)
    ]


@login_required
@require_POST
def delegation_withdraw(request: Request, grant_id: int) -> HttpResponse:
    operations.withdraw_delegation(
        grant_id=grant_id, actor=request.actor, now=request.now
    )
    messages.success(request, _("The delegation is withdrawn."))
    return redirect("access:account")
