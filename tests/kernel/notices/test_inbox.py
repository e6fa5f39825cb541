from datetime import timedelta

import pytest

from jiangxin.kernel.access.models import Account
from jiangxin.kernel.notices.models import Notice
from jiangxin.kernel.notices.operations import tell_account, tell_person
from tests.kernel.notices.conftest import DECIDED, FOUND, WORK

pytestmark = pytest.mark.django_db

PORTAL = "/portal/notices/"
DESK = "/desk/notices/"


def text(response):
    return response.content.decode()


def tell(person, now, subject="policy:a", kind=FOUND):
    facts = {"since": "2026-11-23"} if kind is FOUND else {}
    tell_person(kind, person_id=person.pk, subject=subject, facts=facts, now=now)
    return Notice.objects.latest("pk")


@pytest.fixture
def work(as_officer, now):
    account = Account.objects.get(username="officer")
    tell_account(
        WORK, account_id=account.pk, subject="run:1", facts={"count": 3}, now=now
    )
    return Notice.objects.get()


def test_worker_reads_what_they_were_told(as_worker, person, now):
    notice = tell(person, now)
    page = text(as_worker.get(PORTAL))
    assert "a serves you since 2026-11-23" in page
    assert "Mark 1 new notice as read" in page
    response = as_worker.post(f"{PORTAL}{notice.pk}/")
    assert response["Location"] == "/portal/"
    notice.refresh_from_db()
    assert notice.read_at is not None


def test_notice_that_leads_nowhere_leads_back_to_the_list(as_worker, person, now):
    notice = tell(person, now, kind=DECIDED)
    assert as_worker.post(f"{PORTAL}{notice.pk}/")["Location"] == PORTAL


def test_count_of_new_ones_stands_in_the_menu_and_on_the_home_page(
    as_worker, person, now
):
    for number in range(4):
        tell(person, now, f"policy:{number}")
    home = text(as_worker.get("/portal/"))
    assert '<span class="visually-hidden">new:</span> 4</span>' in home
    assert "New notices" in home
    assert "3 serves you since" in home
    assert "0 serves you since" not in home
    assert "And more." in home
    as_worker.post(f"{PORTAL}read/")
    home = text(as_worker.get("/portal/"))
    assert "menu-count" not in home
    assert "New notices" not in home


def test_notice_is_marked_as_read_and_as_new_again(as_worker, person, now):
    notice = tell(person, now)
    as_worker.post(f"{PORTAL}{notice.pk}/turn/", {"to": "read"})
    notice.refresh_from_db()
    first = notice.read_at
    assert first is not None
    as_worker.post(f"{PORTAL}{notice.pk}/turn/", {"to": "read"})
    notice.refresh_from_db()
    assert notice.read_at == first
    as_worker.post(f"{PORTAL}{notice.pk}/turn/", {"to": "new"})
    notice.refresh_from_db()
    assert notice.read_at is None


def test_marking_one_keeps_the_list_as_it_was_narrowed(as_worker, person, now):
    notice = tell(person, now)
    kept = "?state=new&page=2"
    response = as_worker.post(f"{PORTAL}{notice.pk}/turn/{kept}", {"to": "read"})
    assert response["Location"] == PORTAL + kept


def test_all_are_marked_as_read(as_worker, person, now):
    for number in range(3):
        tell(person, now, f"policy:{number}")
    as_worker.post(f"{PORTAL}read/")
    assert not Notice.objects.filter(read_at=None).exists()
    assert "3 notices are marked as read." in text(as_worker.get(PORTAL))


def test_list_is_narrowed_by_state_kind_and_day(as_worker, person, now):
    tell(person, now - timedelta(days=3), "policy:old")
    as_worker.post(f"{PORTAL}read/")
    tell(person, now, "policy:new")
    tell(person, now, "matter:1", DECIDED)

    def shown(query):
        page = text(as_worker.get(PORTAL + query))
        return [
            name
            for name in ("old serves", "new serves", "decided</span>")
            if name in page
        ]

    assert shown("?state=new&kind=tests.found") == ["new serves"]
    assert shown("?state=read") == ["old serves"]
    assert shown("?kind=tests.decided") == ["decided</span>"]
    assert shown("?made_to=2026-11-21") == ["old serves"]
    # What staff are told is no kind of the portal.
    assert "no such choice" in text(as_worker.get(f"{PORTAL}?kind=tests.work"))


@pytest.mark.parametrize("count", [1, 3])
def test_list_asks_the_same_however_long_it_is(
    as_worker, person, now, count, django_assert_num_queries
):
    for number in range(count):
        tell(person, now, f"policy:{number}")
    with django_assert_num_queries(8):
        as_worker.get(PORTAL)


def test_nobody_opens_what_others_were_told(as_worker, make_person, now):
    theirs = tell(make_person(2), now)
    for way in ("", "turn/", "refuse/"):
        assert as_worker.post(f"{PORTAL}{theirs.pk}/{way}").status_code == 404
    theirs.refresh_from_db()
    assert theirs.read_at is None
    assert "serves you" not in text(as_worker.get(PORTAL))


def test_officer_reads_at_the_desk_and_goes_where_it_leads(as_officer, work):
    assert "3 people" in text(as_officer.get(DESK))
    assert "Notices you have not read" in text(as_officer.get("/desk/"))
    assert as_officer.post(f"{DESK}{work.pk}/")["Location"] == "/desk/"
    work.refresh_from_db()
    assert work.read_at is not None
    as_officer.post(f"{DESK}{work.pk}/turn/", {"to": "new"})
    as_officer.post(f"{DESK}read/")
    work.refresh_from_db()
    assert work.read_at is not None


def test_doors_are_kept_apart(as_worker, person, make_account, now, client):
    tell(person, now)
    assert as_worker.get(DESK).status_code == 403
    client.force_login(
        make_account("officer", "federation_officer", region_code="330726")
    )
    assert client.get(PORTAL).status_code == 404
    assert "serves you" not in text(client.get(DESK))
