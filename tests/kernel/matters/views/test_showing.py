"""What the pages of a matter draw: where it stands, what presses, who reads what."""

from datetime import timedelta

import pytest
from django.utils import translation

from jiangxin.kernel.matters.operations.accepting import accept_matter
from jiangxin.kernel.matters.operations.deciding import grant_matter, hand_out
from jiangxin.kernel.matters.operations.drafting import submit_matter
from jiangxin.kernel.matters.operations.working import finish_step, note_matter
from jiangxin.kernel.matters.registry import service
from jiangxin.kernel.matters.views.showing import (
    flags_of,
    moments_of,
    process_of,
    shown_matter,
    title_of,
)
from tests.kernel.matters.conftest import ANSWERS, CONTACT, WINDOW, fresh

pytestmark = pytest.mark.django_db

NOTE = "电话没有打通"


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def here(matter):
    """The stage that says 'you are here'; "" when all are gone by."""
    drawn = process_of(fresh(matter), service(matter.service))
    states = [step.state for step in drawn]
    assert states == sorted(states, key=("done", "now", "next").index)
    assert states.count("now") <= 1
    return next((str(step.label) for step in drawn if step.state == "now"), "")


def shown(matter, now):
    return shown_matter(fresh(matter), now, for_office=True)["service"]


def words(matter, day):
    return [flag.word for flag in flags_of(fresh(matter), day)]


def test_the_picture_says_where_a_matter_stands_until_all_is_done(submit, act):
    matter = submit()
    assert here(matter) == "Accept"
    act(accept_matter, matter)
    assert here(matter) == "Review"
    act(finish_step, matter)
    assert here(matter) == "Publicity"
    act(finish_step, matter)
    assert here(matter) == "Decide"
    act(grant_matter, matter)
    assert here(matter) == "Collect"
    act(hand_out, matter, collector="李主席", surrendered=False)
    assert here(matter) == ""


def test_what_changes_in_a_service_changes_nothing_on_the_page_of_an_earlier_matter(
    submit, begin, offer, now
):
    before = submit()
    offer(words=[("en: Review", "en: Look it through"), ("en: Chair", "en: Head")])
    labels = [str(step.label.en) for step in shown(before, now).steps]
    assert labels[0] == "Review"
    assert "Chair" in [field.label.en for field in shown(before, now).fields]


def test_an_earlier_matter_is_shown_when_its_service_is_offered_no_more(
    submit, offer, now
):
    before = submit()
    offer()
    assert shown(before, now).steps[0].key == "review"
    assert title_of(fresh(before)) != fresh(before).service


def test_a_draft_stands_at_the_beginning(begin):
    assert here(begin()) == "Application filed"


def test_an_internal_note_is_read_by_the_office_alone(submit, act):
    matter = submit()
    act(note_matter, matter, text=NOTE)
    read = {
        for_office: [one.text for one in moments_of(matter, for_office=for_office)]
        for for_office in (True, False)
    }
    assert NOTE in read[True]
    assert NOTE not in read[False]
    assert len(read[True]) == len(read[False]) + 1


def test_of_the_journal_only_what_came_after_an_act_is_told(submit, act):
    matter = submit()
    seen = matter.version
    act(note_matter, matter, text=NOTE)
    told = moments_of(matter, for_office=True, after=seen)
    assert [(one.text, one.by) for one in told] == [(NOTE, WINDOW.label)]


def test_a_promise_presses_more_once_its_days_are_over(begin, now, act):
    matter = begin(WINDOW, channel="window")
    submit_matter(
        matter_id=matter.pk,
        seen=matter.version,
        answers=ANSWERS,
        contact=CONTACT,
        actor=WINDOW,
        now=now,
    )
    act(accept_matter, matter, papers=["approval"], promised=["form"])
    due = fresh(matter).promise_due_on
    assert "Materials to follow" in words(matter, due)
    late = words(matter, due + timedelta(days=1))
    assert "Promised materials overdue" in late
    assert "Materials to follow" not in late
