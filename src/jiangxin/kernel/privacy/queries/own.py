"""All that is held on one person, as they may take it away."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.parts import brought
from jiangxin.kernel.privacy.models import DataRequest, PersonalDataView
from jiangxin.kernel.privacy.queries.consents import consents_of
from jiangxin.kernel.privacy.queries.uses import views_of_person
from jiangxin.kernel.privacy.registry import OwnData, Row
from jiangxin.kernel.register.models import (
    BankAccount,
    Employment,
    Membership,
    Person,
    PersonPast,
)

DETAILS = ("name", "sex", "birth_on", "phone", "education", "valid_from")


def copy_of(person_id: int) -> list[tuple[OwnData, Sequence[Row]]]:
    """Return every table with its rows, in the order of parts."""
    return [(table, table.rows(person_id)) for table in brought(OwnData)]


def requests_of(person_id: int) -> QuerySet[DataRequest]:
    """What a person asked, newest first."""
    return DataRequest.objects.filter(person=person_id).order_by("-asked_at", "-pk")


def _rows(records: Iterable[Model], *names: str) -> list[dict[str, Any]]:
    """Read fields by name; `employer__name` follows a reference."""

    def read(record: Any, name: str) -> Any:
        for step in name.split("__"):
            record = getattr(record, step)
        return record

    return [{name: read(record, name) for name in names} for record in records]


def _person(person_id: int) -> Sequence[Row]:
    people = Person.objects.filter(pk=person_id)
    return _rows(people, "id", "id_type", "id_number", *DETAILS, "registered_at")


def _earlier(person_id: int) -> Sequence[Row]:
    past = PersonPast.objects.filter(person=person_id).order_by("valid_to", "pk")
    return _rows(past, *DETAILS, "valid_to")


def _employments(person_id: int) -> Sequence[Row]:
    jobs = Employment.objects.filter(person=person_id).select_related("organisation")
    dates = ("valid_from", "valid_to")
    return _rows(jobs, "organisation__name", "occupation", "post", *dates)


def _bank_accounts(person_id: int) -> Sequence[Row]:
    accounts = BankAccount.objects.filter(person=person_id).order_by("pk")
    return _rows(accounts, "number", "source", "recorded_at", "ended_at")


def _memberships(person_id: int) -> Sequence[Row]:
    ties = Membership.objects.filter(person=person_id).select_related("union")
    return _rows(ties, "union__name", "valid_from", "valid_to")


def _views(person_id: int) -> Sequence[Row]:
    names = ("seen_at", "seen_by_label", "value", "purpose", "note")
    views: QuerySet[PersonalDataView] = views_of_person(person_id)
    return _rows(views, *names)


def _consents(person_id: int) -> Sequence[Row]:
    return _rows(consents_of(person_id), "purpose", "version", "is_given", "at")


def _requests(person_id: int) -> Sequence[Row]:
    asked = ("kind", "text", "state", "asked_at", "due_on")
    answered = ("answer", "answered_at", "recorded_by_label", "agent")
    return _rows(requests_of(person_id), *asked, *answered)


OWN_DATA = (
    OwnData("person", _("Me"), _person),
    OwnData("earlier_versions", _("How I was recorded before"), _earlier),
    OwnData("employments", _("Where I work and worked"), _employments),
    OwnData("memberships", _("My union"), _memberships),
    OwnData("bank_accounts", _("My bank account"), _bank_accounts),
    OwnData("views", _("Who saw my data"), _views),
    OwnData("consents", _("What I agreed to"), _consents),
    OwnData("requests", _("What I asked"), _requests),
)
