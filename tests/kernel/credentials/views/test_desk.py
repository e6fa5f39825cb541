import pytest
from django.urls import reverse
from django.utils import translation

from jiangxin.foundation.actor import SYSTEM
from jiangxin.kernel.credentials import operations
from jiangxin.kernel.credentials.models import Credential
from jiangxin.kernel.credentials.operations import CredentialFacts
from tests.kernel.register.cast import SINCE
from tests.kernel.register.views.conftest import (
    auditor,
    clerk,
    now,
    officer,
    outsider,
    signed_in,
)
from tests.unreached import UNREACHED

__all__ = ["auditor", "clerk", "now", "officer", "outsider", "signed_in"]

FILLED = {
    "kind": "skill_certificate",
    "grade": "skill:3",
    "issuer": "人社局",
    "valid_from": "2026-11-01",
}


def url(name, *args):
    return reverse(f"credentials:credential-{name}", args=args)


@pytest.fixture
def person(make_person, firms):
    return make_person(employer=firms.north, union=firms.north_union)


@pytest.fixture
def record(now, person):
    def make(**more):
        facts = {"kind": "skill_certificate", "grade": 3, "issuer": "人社局", **more}
        return operations.record_credential(
            facts=CredentialFacts(**facts),
            person_id=person.pk,
            valid_from=SINCE,
            actor=SYSTEM,
            now=now,
        )

    return make


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_however_long(
    officer, record, django_assert_num_queries, count
):
    for grade in range(1, count + 1):
        record(grade=grade)
    officer.get(url("list"))
    with django_assert_num_queries(6):
        response = officer.get(url("list"))
    assert len(response.context["list"].table) == count


@pytest.mark.parametrize(
    ("query", "is_there"),
    [
        ("q=王", True),
        ("q=李", False),
        ("kind=skill_certificate", True),
        ("kind=honour", False),
        ("grade=skill:3", True),
        ("grade=honour:3", False),
        ("issuer=人社", True),
        ("status=valid", True),
        ("status=revoked", False),
        ("expires_from=2026-01-01", False),
    ],
)
def test_list_is_narrowed(officer, record, query, is_there):
    credential = record()
    rows = officer.get(f"{url('list')}?{query}").context["list"].slice.rows
    assert (credential in rows) is is_there


def test_clerk_sees_and_records_nothing_elsewhere(clerk, record, person, firms):
    credential = record()
    assert clerk.get(url("detail", credential.pk)).context["acts"] == []
    assert clerk.get(url("replace", credential.pk)).status_code == 403
    assert clerk.get(url("move", credential.pk, "revoke")).status_code == 403
    assert clerk.get(f"{url('new')}?person={person.pk}").status_code == 403


def test_outsider_sees_none(outsider, record, person):
    credential = record()
    assert outsider.get(url("list")).context["list"].slice.count == 0
    for name, *more in (("detail",), ("replace",), ("move", "revoke")):
        assert outsider.get(url(name, credential.pk, *more)).status_code == 404
    assert outsider.get(f"{url('new')}?person={person.pk}").status_code == 404


def test_who_has_nothing_to_do_here_is_told_so(auditor):
    assert auditor.get(url("list")).status_code == 403


def test_credential_is_recorded_by_a_plain_form(officer, person, firms):
    page = f"{url('new')}?person={person.pk}"
    assert officer.get(page).status_code == 200
    officer.post(page, FILLED)
    credential = Credential.objects.get()
    assert (credential.person, credential.grade) == (person, 3)
    page = f"{url('new')}?organisation={firms.north.pk}"
    officer.post(page, {**FILLED, "kind": "enterprise_rating", "grade": ""})
    assert Credential.objects.filter(organisation=firms.north).count() == 1
    for nobody in ("", "?person=x", f"?person={UNREACHED}"):
        assert officer.get(url("new") + nobody).status_code == 404


def test_hours_of_service_are_recorded_and_shown(officer, person):
    page = f"{url('new')}?person={person.pk}"
    given = {**FILLED, "kind": "volunteer_service", "grade": ""}
    form = officer.post(page, given).context["form"]
    assert list(form.errors) == ["quantity"]
    officer.post(page, {**given, "quantity": "37.5"})
    credential = Credential.objects.get()
    shown = officer.get(url("detail", credential.pk)).context["facts"]
    with translation.override("zh-hans"):
        assert credential.quantity_label in {fact.value for fact in shown}


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("grade", ""),
        ("grade", "honour:1"),
        ("number", "Y000133000001255000"),
        ("valid_to", "2026-10-01"),
        ("valid_from", "2099-01-01"),
        ("kind", "nonsense"),
        ("quantity", "8"),
        ("quantity", "0"),
        ("quantity", "0.125"),
    ],
)
def test_every_error_stands_at_its_field(officer, person, field, given):
    page = f"{url('new')}?person={person.pk}"
    form = officer.post(page, {**FILLED, field: given}).context["form"]
    assert next(iter(form.errors)) == field
    assert not Credential.objects.exists()


def test_status_is_changed_and_record_replaced_by_plain_forms(officer, record):
    credential = record()
    change = {"on": "2026-11-02", "reason": "复核"}
    for move, status in (
        ("suspend", "suspended"),
        ("restore", "valid"),
    ):
        assert officer.get(url("move", credential.pk, move)).status_code == 200
        officer.post(url("move", credential.pk, move), change)
        credential.refresh_from_db()
        assert credential.status == status
    assert officer.get(url("replace", credential.pk)).status_code == 200
    officer.post(
        url("replace", credential.pk),
        {**FILLED, "grade": "skill:4", "valid_from": "2026-11-03"},
    )
    later = Credential.objects.get(status="valid")
    assert later.grade == 4
    assert officer.get(url("detail", credential.pk)).context["acts"] == []
    officer.post(url("move", later.pk, "revoke"), {"on": "2026-11-04", "reason": "-"})
    shown = officer.get(url("detail", later.pk)).content.decode()
    assert "人社局" in shown
    assert officer.get(url("move", later.pk, "nonsense")).status_code == 404


def test_pages_of_holders_show_what_they_hold(officer, clerk, record, person):
    credential = record()
    shown = officer.get(reverse("register:person-detail", args=[person.pk])).content
    assert url("detail", credential.pk).encode() in shown
    rows = officer.get(reverse("register:person-list") + "?skill=3")
    assert rows.context["list"].slice.rows == [person]
