"""A question is answered within its days, and published without whoever asked."""

from datetime import timedelta

import pytest

from jiangxin.foundation.errors import NotFound, NotPermitted
from jiangxin.kernel.counter.models import Question
from jiangxin.kernel.counter.operations.questions import (
    AnsweredAlready,
    Asked,
    NotAnsweredYet,
    answer_question,
    ask_question,
    count_askers,
    forget_askers,
    publish_question,
    withdraw_question,
)
from jiangxin.kernel.counter.queries.questions import (
    count_open,
    published,
    question_of,
)
from tests.kernel.counter.conftest import (
    CLERK,
    COLLEAGUE,
    FAR_CLERK,
    MANAGER,
    SERVICE,
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def question(hall, now):
    asked = Asked(hall.pk, SERVICE, "要带公章吗？", "王芳", "13800138000")
    return ask_question(asked, now=now)


def answer(question, now, actor=CLERK):
    return answer_question(
        question_id=question.pk, answer="要带。", actor=actor, now=now
    )


def publish(question, now):
    return publish_question(
        question_id=question.pk,
        question="办理登记要带公章吗？",
        answer="要带。",
        actor=CLERK,
        now=now,
    )


def test_it_is_due_two_working_days_later(question):
    assert question.due_on.isoformat() == "2026-11-25"


def test_whoever_asked_reads_the_answer_at_their_address(question, now):
    answer(question, now)
    assert question_of(question.token).answer == "要带。"
    with pytest.raises(NotFound):
        question_of("guessed")


def test_it_is_answered_once(question, now):
    answer(question, now)
    with pytest.raises(AnsweredAlready) as refused:
        answer(question, now, actor=COLLEAGUE)
    assert "窗口小陈" in refused.value.message


@pytest.mark.parametrize("actor", [FAR_CLERK, MANAGER])
def test_others_do_not_answer(question, now, actor):
    with pytest.raises(NotPermitted):
        answer(question, now, actor=actor)
    assert count_open(actor, now) == 0


def test_it_is_published_only_once_it_is_answered(question, hall, now):
    with pytest.raises(NotAnsweredYet):
        publish(question, now)
    answer(question, now)
    publish(question, now)
    assert [one.public_question for one in published(hall)] == ["办理登记要带公章吗？"]


def test_it_can_be_taken_down_again(question, hall, now):
    answer(question, now)
    publish(question, now)
    withdraw_question(question_id=question.pk, actor=CLERK, now=now)
    assert not published(hall).exists()


def test_a_hall_that_is_closed_is_not_asked(hall, now):
    hall.is_open = False
    hall.save()
    with pytest.raises(NotFound):
        ask_question(Asked(hall.pk, "", "在吗？"), now=now)


def test_who_asked_is_forgotten_and_what_was_published_stays(question, hall, now):
    answer(question, now)
    publish(question, now)
    before = now + timedelta(days=30)
    assert count_askers(now) == 0
    assert count_askers(before) == forget_askers(before) == 1
    kept = Question.objects.get()
    assert (kept.text, kept.contact_name, kept.contact_phone) == ("", "", "")
    assert published(hall).count() == 1
    assert count_askers(before) == 0
