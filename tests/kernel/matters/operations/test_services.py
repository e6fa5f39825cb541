"""A matter is handled by the service as it was when it was submitted."""

from datetime import date

import pytest

from jiangxin.foundation.errors import NotFound
from jiangxin.kernel.matters import registry
from jiangxin.kernel.matters.models import ServiceVersion
from jiangxin.kernel.matters.operations.accepting import accept_matter
from jiangxin.kernel.matters.operations.deciding import StepsLeft, grant_matter
from jiangxin.kernel.matters.operations.working import finish_step
from jiangxin.kernel.matters.queries.services import service_of
from tests.kernel.matters.conftest import fresh

pytestmark = pytest.mark.django_db


SHORTER = [("days: 5, unit: working", "days: 1, unit: working")]
OTHER_STEPS = [("key: review,", "key: inspection,")]


def test_a_limit_that_changes_binds_what_is_submitted_from_then_on(
    submit, act, offer, now
):
    matter = submit()
    offer(words=SHORTER)
    accepted = act(accept_matter, matter)
    assert accepted.promised_due_on == date(2026, 11, 30)
    assert service_of(accepted).version != registry.service("trial.permit").version


def test_a_draft_is_submitted_under_what_is_offered_then(
    begin, hand_in, act, offer, now
):
    from jiangxin.kernel.matters.operations.drafting import submit_matter
    from tests.kernel.matters.conftest import ANSWERS, CHAIR, CONTACT

    matter = begin()
    hand_in(matter, "approval", "form")
    offer(words=SHORTER)
    act(submit_matter, matter, actor=CHAIR, answers=ANSWERS, contact=CONTACT)
    assert act(accept_matter, matter).promised_due_on == date(2026, 11, 24)


def test_no_step_is_skipped_because_the_service_has_other_steps_now(accept, act, offer):
    matter = accept()
    offer(words=OTHER_STEPS)
    with pytest.raises(StepsLeft):
        act(grant_matter, matter)
    assert act(finish_step, matter).step == "publicity"


def test_what_is_no_longer_offered_is_finished_as_it_was(accept, act, offer):
    matter = accept()
    offer()
    act(finish_step, matter)
    act(finish_step, matter)
    assert act(grant_matter, matter).is_on_time is True


def test_a_draft_of_what_is_no_longer_offered_leads_nowhere(begin, offer):
    matter = begin()
    offer()
    with pytest.raises(NotFound):
        service_of(fresh(matter))


def test_a_version_is_kept_once_for_all_matters(submit, act, begin):
    from jiangxin.kernel.matters.operations.drafting import withdraw_matter
    from tests.kernel.matters.conftest import CHAIR

    for _time in range(2):
        act(withdraw_matter, submit(), actor=CHAIR, note="")
    kept = ServiceVersion.objects.get()
    assert kept.version == registry.service("trial.permit").version
    assert kept.text == registry.service("trial.permit").text


def test_while_nothing_has_changed_no_query_is_needed(
    accept, django_assert_num_queries
):
    matter = accept()
    with django_assert_num_queries(0):
        assert service_of(matter) is registry.service("trial.permit")


def test_what_was_never_kept_is_handled_by_what_is_offered(accept):
    matter = accept()
    matter.service_version = "before"
    assert service_of(matter) is registry.service("trial.permit")
