"""A bad rating is called back, put right or appealed against, and answered."""

import pytest

from jiangxin.foundation.errors import NotFound, NotPermitted
from jiangxin.kernel.matters.operations.deciding import grant_matter
from jiangxin.kernel.matters.operations.working import finish_step
from jiangxin.kernel.ratings.enums import Grade
from jiangxin.kernel.ratings.operations.following import (
    AppealOpen,
    CallBackFirst,
    DoneAlready,
    NoAppeal,
    NotByAppellant,
    NothingPutRight,
    ReplyMissing,
    WordsNeeded,
    appeal_rating,
    decide_appeal,
    put_right,
    record_call_back,
    reply_to_rater,
)
from jiangxin.kernel.ratings.queries.ratings import count_unanswered
from tests.kernel.matters.conftest import fresh
from tests.kernel.ratings.conftest import (
    CLERK,
    FAR_OFFICER,
    OFFICER,
    SECOND,
    VIEWER,
    WINDOW,
)
from tests.kernel.register.cast import Somebody
from tests.unreached import UNREACHED

pytestmark = pytest.mark.django_db(transaction=True)

# A follower who handled the very matter: the account of WINDOW.
OWN_WORK = Somebody(
    OFFICER.held,
    label="窗口小陈",
    account_id=UNREACHED + 21,
    permissions=OFFICER.permissions,
)


@pytest.fixture
def bad(rate):
    return rate(Grade.DISSATISFIED, comment="等了两个小时")


@pytest.fixture
def called(bad, now):
    record_call_back(
        rating_id=bad.pk,
        words="确实等了很久",
        facts="取号后等候过长",
        actor=OFFICER,
        now=now,
    )
    return bad


def do(act, rating, now, *, actor, **more):
    given = {"words": "写明"} | more
    return act(rating_id=rating.pk, **given, actor=actor, now=now)


def decide(rating, now, *, actor=SECOND, verdict="upheld", reason="核实为误评"):
    return decide_appeal(
        rating_id=rating.pk, verdict=verdict, reason=reason, actor=actor, now=now
    )


def test_called_back_put_right_and_answered_it_is_closed(called, now):
    do(put_right, called, now, actor=CLERK)
    found = do(reply_to_rater, called, now, actor=OFFICER, words="已增开窗口")
    assert fresh(found.matter).state == "granted"
    assert fresh(found.matter).is_on_time
    kinds = list(found.matter.acts.values_list("kind", flat=True).order_by("sequence"))
    assert kinds[-3:] == ["step_done", "step_done", "granted"]
    assert count_unanswered(OFFICER, now) == 0


def test_until_the_reply_it_counts_as_unanswered(called, now):
    assert count_unanswered(OFFICER, now) == 1


def test_the_window_says_nothing_before_the_call_back(bad, now):
    for act in (put_right, appeal_rating):
        with pytest.raises(CallBackFirst):
            do(act, bad, now, actor=CLERK)


def test_a_call_back_is_recorded_once_and_in_words(called, bad, now):
    again = {"rating_id": bad.pk, "words": "又", "facts": "又"}
    with pytest.raises(DoneAlready):
        record_call_back(**again, actor=OFFICER, now=now)


def test_words_are_needed(bad, now):
    with pytest.raises(WordsNeeded):
        record_call_back(rating_id=bad.pk, words=" ", facts="x", actor=OFFICER, now=now)


def test_a_reply_needs_something_put_right(called, now):
    with pytest.raises(NothingPutRight):
        do(reply_to_rater, called, now, actor=OFFICER)


def test_it_is_answered_once(called, now):
    do(put_right, called, now, actor=CLERK)
    with pytest.raises(DoneAlready):
        do(put_right, called, now, actor=CLERK)
    do(reply_to_rater, called, now, actor=OFFICER)
    with pytest.raises(DoneAlready):
        do(reply_to_rater, called, now, actor=OFFICER)


def test_an_upheld_appeal_leaves_the_rating_out(called, now):
    do(appeal_rating, called, now, actor=CLERK)
    decide(called, now)
    called.refresh_from_db()
    assert called.excluded_at == now
    do(reply_to_rater, called, now, actor=OFFICER)


def test_a_rejected_appeal_lets_it_stand_and_is_not_repeated(called, now):
    do(appeal_rating, called, now, actor=CLERK)
    decide(called, now, verdict="rejected")
    called.refresh_from_db()
    assert called.excluded_at is None
    with pytest.raises(DoneAlready):
        do(appeal_rating, called, now, actor=CLERK)
    with pytest.raises(NothingPutRight):
        do(reply_to_rater, called, now, actor=OFFICER)
    do(put_right, called, now, actor=CLERK)
    do(reply_to_rater, called, now, actor=OFFICER)


def test_while_an_appeal_waits_nothing_else_is_done(called, now):
    do(appeal_rating, called, now, actor=CLERK)
    for act, actor in ((put_right, CLERK), (reply_to_rater, OFFICER)):
        with pytest.raises(AppealOpen):
            do(act, called, now, actor=actor)


def test_nobody_decides_about_their_own_appeal(called, now):
    do(appeal_rating, called, now, actor=OFFICER)
    with pytest.raises(NotByAppellant):
        decide(called, now, actor=OFFICER)


def test_without_an_appeal_there_is_nothing_to_decide(called, now):
    with pytest.raises(NoAppeal):
        decide(called, now)


@pytest.mark.parametrize("actor", [FAR_OFFICER, VIEWER])
def test_to_others_a_rating_is_not_there(bad, now, actor):
    with pytest.raises(NotFound):
        record_call_back(rating_id=bad.pk, words="x", facts="x", actor=actor, now=now)


@pytest.mark.parametrize("actor", [CLERK, OWN_WORK])
def test_the_window_and_whoever_had_a_hand_do_not_follow_up(bad, now, actor):
    with pytest.raises(NotPermitted):
        record_call_back(rating_id=bad.pk, words="x", facts="x", actor=actor, now=now)


def test_its_matter_is_not_closed_past_the_rater(called, now):
    matter = fresh(called.follow_up.matter)
    matter = finish_step(
        matter_id=matter.pk, seen=matter.version, actor=OFFICER, now=now
    )
    with pytest.raises(ReplyMissing):
        grant_matter(matter_id=matter.pk, seen=matter.version, actor=OFFICER, now=now)
    assert fresh(matter).state == "accepted"


def test_the_window_does_not_touch_the_matter_of_a_rating(called, now):
    matter = fresh(called.follow_up.matter)
    with pytest.raises(NotFound):
        finish_step(matter_id=matter.pk, seen=matter.version, actor=WINDOW, now=now)
