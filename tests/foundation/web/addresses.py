"""Pages that go wrong in every way, and a list, for the tests beside this file."""

from django.contrib.auth import get_user_model
from django.core.exceptions import RequestDataTooBig
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import include, path

from jiangxin.foundation.errors import NotFound, NotPermitted, Refused
from jiangxin.foundation.ui.components import Act, Empty
from jiangxin.foundation.web import page
from jiangxin.foundation.web.listing import (
    ChoiceFilter,
    Column,
    DateRangeFilter,
    FlagFilter,
    Listing,
    Search,
    listing_page,
)


class Closed(Refused):
    code = "tests.closed"
    text = "Closed on %(on)s. Ask for it to be opened."


def fails_with(error):
    def view(request):
        raise error

    return view


def who(request):
    return HttpResponse(f"{request.actor.label} at {request.now.isoformat()}")


def form(request):
    return HttpResponse("sent")


ACCOUNTS = Listing(
    key="accounts",
    columns=[
        Column("name", "Name", "display_name", sort=("display_name",)),
        Column(
            "username",
            "Sign-in name",
            sort=("username",),
            link=lambda row: f"/accounts/{row.pk}/",
        ),
        Column("person", "Person", "person_id", sort=("person_id",), align="end"),
        Column("made", "Made", "created_at", sort=("created_at",)),
        Column("active", "Active", "is_active", export=lambda row: row.is_active),
        Column("phone", "Phone", value=lambda row: "138****0000"),
        Column("face", "Face", "display_name", export=False),
    ],
    filters=[
        Search(("display_name__contains", "username__startswith")),
        ChoiceFilter("person", "Person", [(1, "one"), (2, "two")], lookup="person_id"),
        FlagFilter("active", "Active", "is_active"),
        DateRangeFilter("made", "Made", "created_at__date"),
    ],
    sort="name",
    export=True,
    noun="accounts",
)


def accounts(request):
    return listing_page(
        request,
        ACCOUNTS,
        queryset=get_user_model().objects.all(),
        title="Accounts",
        empty=Empty("No account yet", "Make one.", Act("Make one", "/make/", "plus")),
    )


urlpatterns = [
    path("", include("jiangxin.foundation.web.urls")),
    path("who/", who, name="who"),
    path("form/", form),
    path("whole/", lambda request: page(request, "ui/listing_page.html")),
    path("moved/", lambda request: redirect("/who/")),
    path("not-found/", fails_with(NotFound())),
    path("desk/not-permitted/", fails_with(NotPermitted("register.import_roster"))),
    path("portal/refused/", fails_with(Closed(on="2026-11-22"))),
    path("too-big/", fails_with(RequestDataTooBig())),
    path("broken/", fails_with(ZeroDivisionError())),
    path("accounts/", accounts),
]

handler400 = "jiangxin.foundation.web.failures.bad_request"
handler403 = "jiangxin.foundation.web.failures.permission_denied"
handler404 = "jiangxin.foundation.web.failures.page_not_found"
handler500 = "jiangxin.foundation.web.failures.server_error"
