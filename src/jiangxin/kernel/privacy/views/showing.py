"""Showing a masked value at the desk: ask what for, show it once."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from jiangxin.foundation.errors import Refused
from jiangxin.foundation.ui.components import Crumb
from jiangxin.foundation.web import Request, page
from jiangxin.kernel.privacy.enums import SealedValue
from jiangxin.kernel.privacy.forms import ValueShow
from jiangxin.kernel.privacy.operations.showing import Shown, show_value
from jiangxin.kernel.register.models import Person
from jiangxin.kernel.register.operations.bank_accounts import open_account
from jiangxin.kernel.register.permissions import check_unmask_person
from jiangxin.kernel.register.queries.visibility import get_person


@login_required
def value_show(request: Request, person_id: int) -> HttpResponse:
    person = get_person(person_id, visible_to=request.actor)
    check_unmask_person(request.actor, person)
    form = ValueShow(
        request.POST or None,
        values=values_of(person),
        initial={"value": request.GET.get("value", SealedValue.ID_NUMBER)},
    )
    shown = _shown(request, form, person) if request.method == "POST" else None
    person_url = reverse("register:person-detail", args=[person.pk])
    context = {
        "person": person,
        "form": form,
        "shown": shown,
        "person_url": person_url,
        "crumbs": [
            Crumb(_("People"), reverse("register:person-list")),
            Crumb(person.name, person_url),
            Crumb(_("Show in full")),
        ],
    }
    response = page(request, "privacy/value_show.html", context)
    add_never_cache_headers(response)
    return response


def values_of(person: Person) -> list[SealedValue]:
    """Return what can be shown of a person, without opening it."""
    known = {
        SealedValue.ID_NUMBER: True,
        SealedValue.PHONE: bool(person.phone_index),
        SealedValue.BANK_ACCOUNT: open_account(person.pk) is not None,
    }
    return [value for value, is_known in known.items() if is_known]


def _shown(request: Request, form: ValueShow, person: Person) -> Shown | None:
    if not form.is_valid():
        return None
    try:
        return show_value(
            person_id=person.pk,
            **form.cleaned_data,
            actor=request.actor,
            now=request.now,
        )
    except Refused as refusal:
        form.add_error(None, refusal.message)
        return None
