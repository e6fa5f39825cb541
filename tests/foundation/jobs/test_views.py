import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from jiangxin.foundation.jobs import board
from jiangxin.foundation.jobs.enums import JobState
from jiangxin.foundation.jobs.models import Job
from tests.foundation.jobs.conftest import Officer

pytestmark = pytest.mark.django_db
DETAIL = "jobs:job-detail"
FROM_HTMX = {"HX-Request": "true"}


def officer_for(account, *_):
    """What JIANGXIN_ACTOR_FACTORY names in these tests."""
    return Officer(account.pk, any_job=account.get_username() == "keeper")


@pytest.fixture
def sign_in(client, settings, now):
    settings.JIANGXIN_ACTOR_FACTORY = f"{__name__}.officer_for"

    def enter(name):
        account = get_user_model().objects.create(
            username=name, display_name=name, created_at=now
        )
        client.force_login(account)
        return account

    return enter


@pytest.fixture
def own_job(sign_in, begin):
    account = sign_in("officer")
    job = begin("add", left=1, right=2)
    Job.objects.update(created_by=account.pk)
    return job


def end(**changes):
    Job.objects.update(finished_at="2026-11-23 01:31Z", **changes)


def test_a_waiting_job_says_so_and_can_be_cancelled(client, own_job):
    response = client.get(reverse(DETAIL, args=[own_job.pk]))
    assert response.status_code == 200
    assert own_job.title in response.content.decode()
    client.post(reverse("jobs:job-cancel", args=[own_job.pk]))
    own_job.refresh_from_db()
    assert own_job.state == JobState.CANCELLED


def test_a_running_job_shows_how_far_it_is(client, own_job):
    Job.objects.update(state=JobState.RUNNING, worker="w", progress_done=1)
    board.write_progress(own_job.pk, board.Progress(42, 100, "Comparing"))
    response = client.get(reverse(DETAIL, args=[own_job.pk]), headers=FROM_HTMX)
    assert response.status_code == 200
    content = response.content.decode()
    assert "42" in content
    assert "Comparing" in content
    assert "<html" not in content


def test_asking_stops_when_the_job_is_done(client, own_job):
    end(state=JobState.DONE, result={"url": "/sum/"})
    address = reverse(DETAIL, args=[own_job.pk])
    fragment = client.get(address, headers=FROM_HTMX)
    assert fragment.status_code == 286
    assert 'href="/sum/"' in fragment.content.decode()
    page = client.get(address)
    assert page.status_code == 200
    assert "every 2s" not in page.content.decode()


def test_a_failed_job_says_why(client, own_job):
    end(state=JobState.FAILED, problem="Row 7 <b>is</b> wrong.")
    content = client.get(reverse(DETAIL, args=[own_job.pk])).content.decode()
    assert "Row 7 &lt;b&gt;is&lt;/b&gt; wrong." in content


def test_a_job_that_ended_meanwhile_is_not_cancelled_and_the_page_says_so(
    client, own_job
):
    end(state=JobState.DONE)
    address = reverse("jobs:job-cancel", args=[own_job.pk])
    response = client.post(address, follow=True)
    assert [message.level_tag for message in response.context["messages"]] == ["error"]


@pytest.mark.parametrize(("name", "status"), [("stranger", 404), ("keeper", 200)])
def test_other_peoples_jobs_are_hidden_from_all_but_their_keeper(
    client, sign_in, own_job, name, status
):
    sign_in(name)
    assert client.get(reverse(DETAIL, args=[own_job.pk])).status_code == status
    listed = client.get(reverse("jobs:job-list")).content.decode()
    assert (reverse(DETAIL, args=[own_job.pk]) in listed) == (status == 200)


def test_a_stranger_cannot_cancel(client, sign_in, own_job):
    sign_in("stranger")
    address = reverse("jobs:job-cancel", args=[own_job.pk])
    assert client.post(address).status_code == 404
    own_job.refresh_from_db()
    assert own_job.state == JobState.WAITING


def test_nobody_sees_jobs_without_signing_in(client, begin):
    job = begin("add", left=1, right=2)
    for address in (reverse("jobs:job-list"), reverse(DETAIL, args=[job.pk])):
        response = client.get(address)
        assert response.status_code == 302


def test_the_list_is_not_for_those_who_begin_no_jobs(client, sign_in, monkeypatch):
    sign_in("worker")
    monkeypatch.setattr(Officer, "scopes", lambda *_: ())
    assert client.get(reverse("jobs:job-list")).status_code == 403


def test_cancelling_is_not_a_link(client, own_job):
    address = reverse("jobs:job-cancel", args=[own_job.pk])
    assert client.get(address).status_code == 405


def test_the_list_shows_ones_own_jobs(client, own_job):
    content = client.get(reverse("jobs:job-list")).content.decode()
    assert reverse(DETAIL, args=[own_job.pk]) in content


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_database_as_often_for_one_job_as_for_three(
    client, own_job, begin, django_assert_max_num_queries, count
):
    for _number in range(count - 1):
        begin("add", left=1, right=2)
    Job.objects.update(created_by=own_job.created_by)
    with django_assert_max_num_queries(4):
        client.get(reverse("jobs:job-list"))
