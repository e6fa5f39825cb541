from datetime import timedelta

import pytest
from django.urls import reverse

from jiangxin.kernel.privacy.models import PersonalDataExport, PersonalDataView
from jiangxin.kernel.privacy.queries.uses import exports_visible_to, views_visible_to
from tests.kernel.register.cast import NORTHERNER, SOUTH, STRANGER, Somebody
from tests.kernel.register.cast import Scope as Place

pytestmark = pytest.mark.django_db
VIEWS, EXPORTS = "/desk/privacy/views/", "/desk/privacy/exports/"


@pytest.fixture
def seen(person, now):
    def make(by="Officer Li", **given):
        given = {"value": "phone", "purpose": "contact", "seen_at": now, **given}
        return PersonalDataView.objects.create(
            person=person, note="to call", seen_by=7, seen_by_label=by, **given
        )

    return make


def text(response):
    return response.content.decode()


def test_auditor_sees_who_was_shown_what_and_whom_by_number(as_auditor, seen, person):
    seen()
    html = text(as_auditor.get(VIEWS))
    assert "Officer Li" in html
    assert "To reach the person" in html
    assert str(person.pk) in html
    assert person.name not in html


@pytest.mark.parametrize(
    ("query", "is_found"),
    [
        ({"q": "Li"}, True),
        ({"q": "Wu"}, False),
        ({"value": "phone"}, True),
        ({"value": "id_number"}, False),
        ({"purpose": "duty"}, False),
        ({"seen_from": "2026-11-23"}, True),
        ({"seen_from": "2026-11-24"}, False),
        ({"person": "0"}, False),
        ({"person": "nobody"}, False),
    ],
)
def test_views_can_be_narrowed(as_auditor, seen, query, is_found):
    seen()
    assert ("Officer Li" in text(as_auditor.get(VIEWS, query))) is is_found


def test_views_of_one_person_are_found_by_number(as_auditor, seen, person):
    seen()
    assert "Officer Li" in text(as_auditor.get(VIEWS, {"person": str(person.pk)}))


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_queries_however_long(
    as_auditor, seen, count, django_assert_num_queries
):
    for _each in range(count):
        seen()
    as_auditor.get(VIEWS)
    with django_assert_num_queries(7):
        as_auditor.get(VIEWS)


def test_nobody_else_sees_either_list(as_officer):
    assert as_officer.get(VIEWS).status_code == 403
    assert as_officer.get(EXPORTS).status_code == 403


def test_whoever_looks_over_a_place_sees_that_place_alone(seen):
    seen()
    assert views_visible_to(NORTHERNER).count() == 1
    assert views_visible_to(Somebody((Place(SOUTH),))).count() == 0
    assert views_visible_to(STRANGER).count() == 0
    assert exports_visible_to(NORTHERNER).count() == 0


def test_list_of_views_is_exported_and_that_is_recorded(as_auditor, seen):
    seen()
    body = b"".join(as_auditor.get(VIEWS, {"export": "csv"}))
    assert "Officer Li" in body.decode("utf-8-sig")
    assert PersonalDataExport.objects.get().list_key == "personal-data-views"
    html = text(as_auditor.get(EXPORTS))
    assert "Who was shown personal data" in html
    assert "Auditor" in html


def test_export_is_found_by_the_number_in_its_file(as_auditor, now):
    for number in range(2):
        PersonalDataExport.objects.create(
            list_title=f"list {number}",
            rows=1,
            exported_at=now + timedelta(hours=number),
            filters=[["Sex", "female"]],
        )
    wanted = PersonalDataExport.objects.order_by("pk")[0]
    html = text(as_auditor.get(EXPORTS, {"number": str(wanted.pk)}))
    assert "list 0" in html
    assert "list 1" not in html
    assert "Sex: female" in html


def test_worker_sees_who_saw_theirs_when_and_why(as_worker, seen, make_person, now):
    seen()
    other = make_person(2)
    PersonalDataView.objects.create(
        person=other, value="phone", seen_by_label="Someone else", seen_at=now
    )
    for url in (
        "/portal/record/",
        reverse("privacy:own-data"),
        "/portal/privacy/views/",
    ):
        html = text(as_worker.get(url))
        assert "Officer Li" in html
        assert "to call" in html
        assert "Someone else" not in html


def test_worker_pages_through_many(as_worker, seen):
    for number in range(30):
        seen(by=f"Officer {number}.")
    first = text(as_worker.get("/portal/privacy/views/"))
    second = text(as_worker.get("/portal/privacy/views/", {"page": 2}))
    shown = [(f"Officer {n}." in first, f"Officer {n}." in second) for n in range(30)]
    assert shown.count((True, False)) == 25
    assert shown.count((False, True)) == 5
