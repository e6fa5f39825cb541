from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from jiangxin.kernel.corrections.models import Correction, CorrectionPaper
from jiangxin.kernel.corrections.queries.present import stamp
from jiangxin.kernel.privacy.models import PersonalDataView
from jiangxin.kernel.register.models import BankAccount, Person
from tests.exports import exported
from tests.kernel.corrections.conftest import PNG

NEW = "/portal/corrections/new/"
OWN = "/portal/corrections/"
LIST = "/desk/corrections/"
PHONE = "13800138000"


def text(response):
    return response.content.decode()


def form(**given):
    return {"token": str(uuid4()), **given}


def test_worker_asks_with_a_paper_and_reads_that_it_waits(as_worker, person):
    paper = SimpleUploadedFile("id.png", PNG, "image/png")
    given = form(
        name="王方", employer="晨光机械", employed_since="2026-01-05", papers=paper
    )
    assert as_worker.post(NEW, given)["Location"] == OWN
    values = Correction.objects.get().values
    assert values.get(field="employment").new == "晨光机械 · 2026-01-05"
    assert CorrectionPaper.objects.get().size_bytes == len(PNG)
    html = text(as_worker.get(OWN))
    assert "王方" in html
    assert "Withdraw this request" in html


def test_form_shows_what_is_on_record_and_masks_the_phone(as_worker, person):
    html = text(as_worker.get(NEW))
    assert "On record: 138****8000" in html
    assert PHONE not in html


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"phone": "12"}, "phone"),
        ({"bank_account": "12"}, "bank_account"),
        ({"occupation": "whatever"}, "occupation"),
        ({"name": "王方", "papers": SimpleUploadedFile("a.png", b"no")}, "papers"),
        ({}, "__all__"),
    ],
)
def test_refusal_stands_at_its_field(as_worker, person, given, field):
    response = as_worker.post(NEW, form(**given))
    assert set(response.context["form"].errors) == {field}
    assert not Correction.objects.exists()


def test_worker_withdraws_once(as_worker, person, ask):
    url = f"{OWN}{ask(name='王方').pk}/withdraw/"
    assert as_worker.get(url).status_code == 405
    assert "Your request is withdrawn." in text(as_worker.post(url, follow=True))
    assert "settled already" in text(as_worker.post(url, follow=True))


def test_clerk_sees_the_queue_and_decides(as_officer, person, ask):
    asked = ask(name="王方", phone="13800138001")
    assert "王芳" in text(as_officer.get(LIST))
    assert "王芳" in exported(as_officer, LIST)
    url = f"{LIST}{asked.pk}/"
    html = text(as_officer.get(url))
    assert "王方" in html
    assert "Source: Clerk" in html
    assert "13800138001" not in html
    given = {
        "seen": stamp(person),
        "name_verdict": "approved",
        "phone_verdict": "refused",
        "phone_reason": "The number is not in use",
    }
    assert as_officer.post(url, given)["Location"] == LIST
    assert Person.objects.get().name == "王方"
    assert "王方" not in text(as_officer.get(LIST))
    assert "The number is not in use" in text(as_officer.get(url))


def test_a_page_out_of_date_is_refused_and_decides_nothing(as_officer, ask):
    asked = ask(name="王方")
    response = as_officer.post(
        f"{LIST}{asked.pk}/", {"seen": "0", "name_verdict": "approved"}
    )
    assert "was changed since you opened this page" in text(response)
    assert Person.objects.get().name == "王芳"


def test_deciding_twice_is_refused(as_officer, ask, decide, person):
    asked = ask(name="王方")
    decide(asked, name="approved")
    given = {"seen": stamp(person), "name_verdict": "approved"}
    response = as_officer.post(f"{LIST}{asked.pk}/", given)
    assert "settled already" in text(response)


def test_paper_is_shown_by_post_and_kept_nowhere(as_officer, ask, person):
    ask(name="王方", papers=[PNG])
    url = f"{LIST}papers/{CorrectionPaper.objects.get().pk}/"
    assert as_officer.get(url).status_code == 405
    response = as_officer.post(url)
    assert (response.content, response["Content-Type"]) == (PNG, "image/png")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in response["Cache-Control"]
    assert PersonalDataView.objects.get().value == "evidence"


def test_the_persons_page_leads_to_what_waits(as_officer, ask, person):
    asked = ask(name="王方")
    html = text(as_officer.get(f"/desk/people/{person.pk}/"))
    assert f"{LIST}{asked.pk}/" in html
    assert "Source: Clerk, 2026" in html


def test_worker_enters_an_account_that_shows_masked(as_worker, person):
    url = "/portal/bank-account/"
    given = {"number": "6222021234567891", "agrees": "on"}
    html = text(as_worker.post(url, given, follow=True))
    assert "************7891" in html
    assert "compare it with the card once more" in html
    assert given["number"] not in html
    record = text(as_worker.get("/portal/record/"))
    assert "************7891" in record
    assert "Source: Person" in record
    as_worker.post("/portal/bank-account/remove/")
    assert BankAccount.objects.get().ended_at


def test_no_account_is_kept_without_consent(as_worker, person):
    response = as_worker.post("/portal/bank-account/", {"number": "622202123456"})
    assert set(response.context["form"].errors) == {"agrees"}
    assert not BankAccount.objects.exists()


def test_clerk_records_an_account_and_is_shown_it_for_a_purpose(as_officer, person):
    url = f"/desk/people/{person.pk}/bank-account/"
    assert set(as_officer.post(url, {"number": "1"}).context["form"].errors) == {
        "number"
    }
    as_officer.post(url, {"number": "622202123456"})
    html = text(as_officer.get(f"/desk/people/{person.pk}/"))
    assert "*********456" in html
    assert "622202123456" not in html
    shown = as_officer.post(
        f"/desk/people/{person.pk}/show/",
        {"value": "bank_account", "purpose": "service", "note": "allowance"},
    )
    assert "622202123456" in text(shown)


def test_evidence_is_no_value_of_a_person(as_officer, person):
    shown = as_officer.post(
        f"/desk/people/{person.pk}/show/",
        {"value": "evidence", "purpose": "service", "note": "x"},
    )
    assert shown.context["form"].errors


@pytest.mark.parametrize("rows", [1, 3])
def test_list_costs_the_same_however_long(
    as_officer, make_person, firms, worker, ask, rows, django_assert_num_queries
):
    for serial in range(rows):
        one = make_person(20 + 2 * serial, employer=firms.north)
        ask(actor=type(worker)(worker.held, person_id=one.pk), name="王方")
    as_officer.get(LIST)
    with django_assert_num_queries(7):
        assert text(as_officer.get(LIST)).count("王芳") >= rows
