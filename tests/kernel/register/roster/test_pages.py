from datetime import date, timedelta
from unittest import mock

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone, translation

from jiangxin.foundation.actor import SYSTEM
from jiangxin.foundation.clock.working_days import today
from jiangxin.foundation.jobs.enums import JobState
from jiangxin.foundation.jobs.models import Job
from jiangxin.kernel.access.enums import Role
from jiangxin.kernel.access.models import Account, RoleGrant
from jiangxin.kernel.access.roles import ADMINISTRATORS
from jiangxin.kernel.register.models import RosterImport
from jiangxin.kernel.register.operations import rosters
from jiangxin.kernel.register.roster import reading
from tests.kernel.access.factors import give_factor
from tests.kernel.register.roster.making import (
    NOW,
    contents,
    id_number,
    read_sheet,
    row,
    workbook,
)

pytestmark = pytest.mark.django_db
QUERIES_OF_A_LIST = 6


@pytest.fixture(autouse=True)
def in_english(client):
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    with translation.override("en"):
        yield


@pytest.fixture
def sign_in(client):
    def sign(role, **place):
        account = Account.objects.create(
            username=f"{role}{place}", display_name=str(role), created_at=NOW
        )
        RoleGrant.objects.create(
            account=account, role=role, valid_from=date(2020, 1, 1), **place
        )
        if role in ADMINISTRATORS:
            give_factor(account)
        client.force_login(account)
        return client

    return sign


@pytest.fixture
def officer(world, sign_in):
    return sign_in(Role.FEDERATION_OFFICER, region_code="330781")


@pytest.fixture
def clerk(world, sign_in):
    return sign_in(Role.UNION_CLERK, organisation_code="U1")


def url(name, *args):
    return reverse(f"register:roster-{name}", args=args)


def detail(roster):
    return url("detail", roster.pk)


def uploaded(content=None, name="花名册.xlsx"):
    return SimpleUploadedFile(name, workbook(row(1)) if content is None else content)


def hand_in(client, *, file, organisation="E1", on=None):
    on = on or today(timezone.now())
    given = {"file": file, "organisation": organisation, "effective_on": str(on)}
    return client.post(url("new"), given)


def text(response, status=200):
    assert response.status_code == status, response.content.decode()[:2000]
    return response.content.decode()


def test_a_roster_is_handed_in_and_its_check_begun(officer):
    response = hand_in(officer, file=uploaded())
    roster = RosterImport.objects.get()
    assert response.url == detail(roster)
    job = Job.objects.get()
    assert (job.kind, job.args) == ("register.check_roster", {"roster_id": roster.pk})
    assert roster.job_id == job.pk
    assert "Being checked" in text(officer.get(response.url))


@pytest.mark.parametrize(
    ("content", "name"),
    [(b"%PDF-1.7", "roster.pdf"), (b"", "a.xlsx"), ("姓名\n".encode(), "a.csv")],
)
def test_a_file_that_cannot_be_read_keeps_what_was_typed(officer, content, name):
    before = contents()
    page = text(hand_in(officer, file=uploaded(content, name), on=date(2026, 1, 2)))
    assert 'value="2026-01-02"' in page
    assert '<option value="E1" selected>' in page
    assert "is-invalid" in page
    assert contents() == before


def test_a_file_over_the_limit_is_refused_at_its_field(officer, monkeypatch):
    monkeypatch.setattr(reading, "MOST_BYTES", 10)
    page = text(hand_in(officer, file=uploaded()))
    assert "Split it" in page
    assert '<option value="E1" selected>' in page


def test_a_file_too_large_for_memory_is_answered_and_never_written(officer, settings):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1000
    with mock.patch("tempfile.NamedTemporaryFile", side_effect=AssertionError):
        response = hand_in(officer, file=uploaded())
    assert "split the file" in text(response, status=413)
    assert RosterImport.objects.count() == 0


def test_the_form_answers_for_files_a_little_over_the_limit(settings):
    assert settings.FILE_UPLOAD_MAX_MEMORY_SIZE > reading.MOST_BYTES


def test_a_missing_organisation_and_file_are_asked_for(officer):
    response = officer.post(url("new"), {"effective_on": "2026-01-02"})
    assert 'value="2026-01-02"' in text(response)
    assert list(response.context["form"].errors) == ["organisation", "file"]


def test_a_day_to_come_is_refused_at_its_field(officer):
    tomorrow = today(timezone.now()) + timedelta(days=1)
    response = hand_in(officer, file=uploaded(), on=tomorrow)
    assert list(response.context["form"].errors) == ["effective_on"]
    assert "still to come" in text(response)


def test_an_organisation_of_another_place_cannot_be_chosen(clerk):
    assert list(
        hand_in(clerk, file=uploaded(), organisation="E2").context["form"].errors
    ) == ["organisation"]
    assert hand_in(clerk, file=uploaded(), organisation="E1").status_code == 302


@pytest.mark.parametrize("said", ["E2", "兰溪春禾茶业", " E2 "])
def test_where_there_are_many_an_organisation_is_typed(officer, monkeypatch, said):
    monkeypatch.setattr("jiangxin.kernel.register.forms.rosters._FEW", 2)
    assert hand_in(officer, file=uploaded(), organisation=said).status_code == 302
    page = text(hand_in(officer, file=uploaded(), organisation="无此单位"))
    assert "No such organisation" in page
    assert 'value="无此单位"' in page


PAGES = ["detail", "refused"]
ACTS = ["columns", "confirm", "withdraw"]


@pytest.mark.parametrize("name", PAGES + ACTS)
@pytest.mark.parametrize(
    ("role", "place"),
    [
        (Role.FEDERATION_OFFICER, {"region_code": "3308"}),
        (Role.UNION_CLERK, {"organisation_code": "U2"}),
        (Role.FEDERATION_LEADER, {"region_code": "330781"}),
        (Role.SYSTEM_ADMINISTRATOR, {}),
    ],
)
def test_a_roster_of_others_cannot_be_found(world, sign_in, name, role, place):
    roster = world.checked(row(1), row(2, phone="1"), of=world.employers[0])
    client = sign_in(role, **place)
    before = contents()
    send = client.post if name in ACTS else client.get
    assert send(url(name, roster.pk)).status_code == 404
    assert contents() == before


@pytest.mark.parametrize("name", ["list", "new", "template"])
def test_whoever_may_import_nothing_is_told_so(world, sign_in, name):
    client = sign_in(Role.FEDERATION_LEADER, region_code="330781")
    assert client.get(url(name)).status_code == 403


@pytest.mark.parametrize("name", ["list", "new", "template"])
def test_nobody_sees_a_page_unsigned(world, client, name):
    assert client.get(url(name)).status_code == 302


@pytest.mark.parametrize("name", ACTS)
def test_what_changes_something_is_only_posted(officer, world, name):
    roster = world.checked(row(1))
    before = contents()
    assert officer.get(url(name, roster.pk)).status_code == 405
    assert contents() == before


def test_a_checked_roster_shows_what_was_found_and_asks(clerk, world):
    roster = world.checked(
        row(1),
        row(2, phone="1"),
        row(3, occupation="说不清的活"),
        of=world.employers[0],
    )
    page = text(clerk.get(detail(roster)))
    assert "A mobile number has 11 digits; this has 1." in page
    assert "Write this roster to the register?" in page
    assert url("refused", roster.pk) in page


def test_no_page_shows_who_stands_in_a_roster(clerk, world):
    roster = world.checked(
        row(1, name="王小芳"), row(2, phone="1"), of=world.employers[0]
    )
    page = text(clerk.get(detail(roster)))
    assert "王小芳" not in page
    assert id_number(1) not in page


def test_confirming_begins_the_writing(clerk, world):
    roster = world.checked(row(1), of=world.employers[0])
    response = clerk.post(url("confirm", roster.pk))
    assert response.url == detail(roster)
    roster.refresh_from_db()
    job = Job.objects.get()
    assert (roster.state, roster.job_id) == ("applying", job.pk)
    assert job.kind == "register.apply_roster"


@pytest.mark.parametrize("name", ACTS)
def test_what_comes_too_late_is_said_on_the_page(clerk, world, name):
    roster = world.confirmed(row(1), of=world.employers[0])
    clerk.post(url(name, roster.pk), roster.mapping)
    assert Job.objects.count() == 0
    assert "so that cannot be done" in text(clerk.get(detail(roster)))


def test_withdrawing_leaves_no_way_to_the_file(clerk, world):
    roster = world.checked(row(1), row(2, phone="1"), of=world.employers[0])
    response = clerk.post(url("withdraw", roster.pk), follow=True)
    assert "withdrawn" in text(response)
    assert url("refused", roster.pk) not in text(response)
    assert clerk.get(url("refused", roster.pk)).status_code == 404


def test_columns_are_chosen_by_hand_and_checked_again(clerk, world):
    content = f"甲,乙\n{id_number(1)},王芳\n".encode()
    roster = world.checked(content=content, name="a.csv", of=world.employers[0])
    assert "could not be taken in" in text(clerk.get(detail(roster)))
    clerk.post(url("columns", roster.pk), {"name": "乙", "id_number": "甲"})
    roster.refresh_from_db()
    assert roster.state == "checking"
    assert Job.objects.get().args["chosen"] == {"name": "乙", "id_number": "甲"}


@pytest.mark.parametrize(
    ("chosen", "says"),
    [
        ({"name": "乙"}, "Choose a heading for: ID number."),
        ({"name": "乙", "id_number": "乙"}, "One heading was chosen for two columns"),
        ({"name": "丙", "id_number": "乙"}, "Choose a heading for: Name."),
    ],
)
def test_columns_that_cannot_be_are_refused(clerk, world, chosen, says):
    roster = world.checked(
        content=b"\xe7\x94\xb2,\xe4\xb9\x99\n1,2\n", name="a.csv", of=world.employers[0]
    )
    response = clerk.post(url("columns", roster.pk), chosen, follow=True)
    assert says in text(response)
    assert Job.objects.count() == 0


def test_the_progress_is_fetched_alone_until_the_work_is_done(clerk, world):
    roster = world.hand_in(row(1), of=world.employers[0])
    htmx = {"headers": {"HX-Request": "true"}}
    response = clerk.get(detail(roster), **htmx)
    assert "<html" not in text(response)
    assert "Being checked" in text(response)
    assert "HX-Refresh" not in response
    rosters.check_roster(roster_id=roster.pk, actor=SYSTEM, now=NOW)
    response = clerk.get(detail(roster), **htmx)
    assert (response.status_code, response["HX-Refresh"]) == (286, "true")
    assert "HX-Refresh" not in clerk.get(detail(roster))


def test_a_check_whose_job_was_never_begun_is_begun_by_a_look(clerk, world):
    roster = world.hand_in(row(1), of=world.employers[0])
    assert roster.job_id is None
    for _ in range(2):
        clerk.get(detail(roster))
    roster.refresh_from_db()
    assert [job.pk for job in Job.objects.all()] == [roster.job_id]


@pytest.mark.parametrize(
    ("is_confirmed", "state"), [(False, "unreadable"), (True, "failed")]
)
def test_work_that_broke_off_is_told_and_may_be_tried_again(
    clerk, world, is_confirmed, state
):
    if is_confirmed:
        roster = world.checked(row(1), of=world.employers[0])
        clerk.post(url("confirm", roster.pk))
    else:
        hand_in(clerk, file=uploaded())
        roster = RosterImport.objects.get()
    Job.objects.update(
        state=JobState.FAILED, problem="The disk is full.", finished_at=NOW
    )
    assert "The disk is full." in text(clerk.get(detail(roster)))
    roster.refresh_from_db()
    assert roster.state == state
    clerk.post(url("columns", roster.pk), {"name": "姓名", "id_number": "证件号码"})
    # The job that broke off is no longer the roster's.
    assert "Being checked" in text(clerk.get(detail(roster)))


@pytest.mark.parametrize("state", ["unreadable", "failed", "ready"])
def test_a_roster_that_is_not_written_can_be_given_up(clerk, world, state):
    roster = world.checked(row(1), of=world.employers[0])
    RosterImport.objects.update(state=state)
    assert url("withdraw", roster.pk) in text(clerk.get(detail(roster)))


def test_refused_rows_are_downloaded(clerk, world):
    roster = world.checked(row(1, phone="1"), of=world.employers[0])
    response = clerk.get(url("refused", roster.pk))
    assert response["Content-Disposition"].startswith("attachment")
    rows = read_sheet(b"".join(response.streaming_content))
    assert rows[1][0] == "测试二"


def test_the_template_is_downloaded(clerk):
    response = clerk.get(url("template"))
    [headings] = read_sheet(b"".join(response.streaming_content))
    assert headings[0] == "Name"


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_as_much_for_one_row_as_for_three(
    clerk, world, count, django_assert_num_queries
):
    for n in range(count):
        world.checked(row(n + 1), of=world.employers[0])
    clerk.get(url("list"))
    with django_assert_num_queries(QUERIES_OF_A_LIST):
        page = text(clerk.get(url("list")))
    assert page.count("Waiting for confirmation") >= count


def test_the_list_shows_only_ones_own(clerk, world):
    own = world.checked(row(1), of=world.employers[0])
    other = world.checked(row(2, employer="E2"), of=world.employers[1])
    page = text(clerk.get(url("list")))
    assert detail(own) in page
    assert detail(other) not in page


def test_what_waits_for_a_yes_is_counted_at_home(clerk, world):
    world.checked(row(1), of=world.employers[0])
    world.checked(row(2, employer="E2"), of=world.employers[1])
    page = text(clerk.get(reverse("access:desk-home")))
    assert "Rosters waiting for your confirmation" in page


def test_a_day_before_the_organisation_is_refused_at_its_field(officer, world):
    response = hand_in(officer, file=uploaded(), on=date(2019, 12, 31))
    assert list(response.context["form"].errors) == ["effective_on"]
    assert "from 2020-01-01 on" in text(response)
    assert hand_in(officer, file=uploaded(), on=date(2020, 1, 1)).status_code == 302


def test_an_organisation_closed_meanwhile_is_refused_at_its_field(officer, world):
    world.employers[0].closed_on = date(2026, 1, 1)
    world.employers[0].save()
    response = hand_in(officer, file=uploaded())
    assert list(response.context["form"].errors) == ["organisation"]


@pytest.mark.parametrize(
    ("cells", "says"),
    [
        ({"phone": "1"}, "Correct the refused rows and hand them in again."),
        ({}, "The register knows every row already."),
    ],
)
def test_writing_is_not_offered_where_nothing_can_be_written(clerk, world, cells, says):
    world.write(row(1), of=world.employers[0])
    roster = world.checked(row(1, **cells), of=world.employers[0])
    page = text(clerk.get(detail(roster)))
    assert says in page
    assert url("confirm", roster.pk) not in page
    assert url("withdraw", roster.pk) in page
