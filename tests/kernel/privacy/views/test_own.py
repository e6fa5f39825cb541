import json
from datetime import date, timedelta
from io import BytesIO

import pytest
from django.utils.formats import date_format
from openpyxl import load_workbook

from jiangxin.kernel.credentials.models import Credential
from jiangxin.kernel.privacy.models import Consent, DataRequest
from jiangxin.kernel.privacy.queries.own import copy_of
from tests.exports import exported
from tests.kernel.register.cast import COUNTY

pytestmark = pytest.mark.django_db

OWN, CONSENT = "/portal/privacy/", "/portal/privacy/consent/"
COPY, ASK = "/portal/privacy/copy/", "/portal/privacy/request/"


def text(response):
    return response.content.decode()


def test_page_shows_each_notice_with_its_version(as_worker):
    html = text(as_worker.get(OWN))
    assert "Passing your data to a bank" in html
    assert "Passing your data to another federation" in html
    assert html.count("Not agreed") == 4


def test_notices_are_in_the_readers_language(as_worker, settings):
    settings.LANGUAGE_CODE = "zh-hans"
    assert "向银行提供个人信息单独同意书" in text(as_worker.get(OWN))


def test_consent_is_given_and_withdrawn_with_plain_forms(as_worker):
    for word in ("yes", "no"):
        response = as_worker.post(CONSENT, {"purpose": "bank", "is_given": word})
        assert response["Location"] == OWN
    assert [each.is_given for each in Consent.objects.order_by("pk")] == [True, False]
    assert as_worker.post(CONSENT, {"purpose": "gossip"}).status_code == 404


def test_copy_in_json_holds_all_of_ones_own_unmasked(as_worker, person, now, firms):
    Credential.objects.create(
        person=person, kind="honour", title="Model", valid_from=now, recorded_at=now
    )
    response = as_worker.post(COPY, {"format": "json"})
    assert "my-data-" in response["Content-Disposition"]
    assert "no-store" in response["Cache-Control"]
    held = json.loads(response.content)
    assert held["person"][0]["id_number"] == person.id_number
    assert held["person"][0]["phone"] == "13800138000"
    assert held["employments"][0]["organisation__name"] == firms.north.name
    assert held["credentials"][0]["title"] == "Model"
    assert held["requests"][0]["kind"] == "copy"


def test_copy_as_a_workbook_has_a_sheet_for_each_table(as_worker, person):
    book = load_workbook(BytesIO(as_worker.post(COPY).content))
    assert len(book.worksheets) == len(copy_of(person.pk))
    cells = [cell for row in book["Me"].iter_rows(values_only=True) for cell in row]
    assert person.name in cells
    assert person.id_number in cells


def test_copy_holds_nothing_of_others(as_worker, make_person, firms):
    other = make_person(2, name="李娜", employer=firms.north, phone="13900139000")
    answer = as_worker.post(COPY, {"format": "json"}).content.decode()
    assert other.id_number not in answer
    assert "李娜" not in answer


def test_copy_is_not_made_by_following_a_link(as_worker):
    assert as_worker.get(COPY).status_code == 405
    assert not DataRequest.objects.exists()


def test_correction_is_asked_for_at_its_own_place(as_worker):
    assert "/portal/corrections/" in text(as_worker.get(OWN))


def test_deletion_is_asked_for_and_listed(as_worker):
    given = {"text": "I moved away"}
    assert as_worker.post(ASK, given)["Location"] == OWN
    assert "I moved away" in text(as_worker.get(OWN))
    assert "waits for an answer" in text(as_worker.post(ASK, given))


def test_request_needs_words(as_worker):
    response = as_worker.post(ASK, {"text": ""})
    assert response.context["form"].errors.keys() == {"text"}


def test_who_is_no_worker_has_no_such_pages(as_officer):
    assert as_officer.get(OWN).status_code == 404
    assert as_officer.post(COPY).status_code == 404


@pytest.fixture
def asked(person, now):
    return DataRequest.objects.create(
        person=person, kind="deletion", text="I left", asked_at=now
    )


def test_desk_lists_and_answers_requests(as_officer, asked, person):
    assert person.name in text(as_officer.get("/desk/privacy/requests/"))
    assert person.name in exported(as_officer, "/desk/privacy/requests/")
    url = f"/desk/privacy/requests/{asked.pk}/"
    assert "I left" in text(as_officer.get(url))
    refused = as_officer.post(url, {"is_granted": "no", "answer": ""})
    assert "needs its ground" in text(refused)
    done = as_officer.post(url, {"is_granted": "no", "answer": "Law of 2021, art. 47"})
    assert done["Location"] == "/desk/privacy/requests/"
    asked.refresh_from_db()
    assert asked.state == "refused"


def test_a_waiting_request_says_by_when_it_is_answered_and_is_withdrawn(as_worker):
    as_worker.post(ASK, {"text": "I moved away"})
    asked = DataRequest.objects.get()
    html = text(as_worker.get(OWN))
    assert f"answered by {date_format(asked.due_on, 'SHORT_DATE_FORMAT')}" in html
    done = as_worker.post(f"/portal/privacy/request/{asked.pk}/withdraw/")
    assert done["Location"] == OWN
    html = text(as_worker.get(OWN))
    assert "Your request is withdrawn." in html
    assert "Withdraw: Deletion" not in html
    as_worker.post(f"/portal/privacy/request/{asked.pk}/withdraw/")
    assert "was answered on" in text(as_worker.get(OWN))


def test_desk_says_what_is_overdue(as_officer, asked):
    DataRequest.objects.update(due_on=date(2020, 1, 6))
    assert "Overdue" in text(as_officer.get("/desk/privacy/requests/"))
    DataRequest.objects.update(due_on=date(2120, 1, 6))
    assert "Overdue" not in text(as_officer.get("/desk/privacy/requests/"))


NEW = "/desk/privacy/requests/new/"


@pytest.fixture
def as_window(client, make_account):
    client.force_login(make_account("window", "window_clerk", region_code=COUNTY))
    return client


def test_the_window_records_a_request_and_sees_no_answers(as_window, person):
    given = {"person": person.id_number, "kind": "copy", "text": "On paper, please"}
    assert "seen the identity document" in text(as_window.post(NEW, given))
    nameless = as_window.post(NEW, {**given, "has_seen": "on", "by_agent": "on"})
    assert nameless.context["form"].errors.keys() == {"agent"}
    unseen = as_window.post(NEW, given)
    assert unseen.context["form"].errors.keys() == {"has_seen"}
    assert as_window.post(NEW, {**given, "has_seen": "on"}).status_code == 302
    asked = DataRequest.objects.get()
    assert (asked.person, asked.recorded_by_label) == (person, "Window")
    assert as_window.get("/desk/privacy/requests/").status_code == 403
    assert as_window.get(f"/desk/privacy/requests/{asked.pk}/").status_code == 404


def test_the_person_sees_who_recorded_it_and_who_came(as_worker, person, now):
    DataRequest.objects.create(
        person=person,
        kind="deletion",
        text="I left",
        asked_at=now,
        recorded_by_label="Chen",
        agent="Li Ming",
    )
    html = text(as_worker.get(OWN))
    assert "Recorded at the counter by Chen." in html
    assert "Li Ming came for you." in html


def test_both_doors_list_it_among_the_services(as_window):
    assert NEW in text(as_window.get("/desk/services/"))


def test_the_portal_lists_it_among_the_services(as_worker):
    assert f'href="{OWN}"' in text(as_worker.get("/portal/services/"))


def test_home_says_that_requests_wait(as_officer, asked):
    assert "Requests about data waiting" in text(as_officer.get("/desk/"))


def test_requests_of_other_places_are_not_there(client, make_account, asked):
    account = make_account("south", "federation_officer", region_code="330726101")
    client.force_login(account)
    assert client.get(f"/desk/privacy/requests/{asked.pk}/").status_code == 404
    html = text(client.get("/desk/privacy/requests/"))
    assert asked.person.name not in html


@pytest.mark.parametrize("count", [1, 3])
def test_desk_list_costs_the_same_queries_however_long(
    as_officer, person, now, count, django_assert_num_queries
):
    for number in range(count):
        at = now + timedelta(minutes=number)
        DataRequest.objects.create(person=person, kind="deletion", asked_at=at)
    as_officer.get("/desk/privacy/requests/")
    with django_assert_num_queries(6):
        as_officer.get("/desk/privacy/requests/")
