"""Whatever is done in whatever order, by whomever: what a matter is always adds up."""

from datetime import timedelta
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jiangxin.foundation.clock.working_days import today
from jiangxin.foundation.errors import NotFound, NotPermitted, Refused
from jiangxin.foundation.trail.queries import events_of
from jiangxin.foundation.trail.verification import verify
from jiangxin.kernel.matters.enums import SETTLED, ActKind, MatterState, StopKind
from jiangxin.kernel.matters.operations import (
    accepting,
    deciding,
    drafting,
    materials,
    sweeping,
    working,
)
from jiangxin.kernel.matters.operations.drafting import Begun, begin_matter
from jiangxin.kernel.matters.operations.materials import NewFile
from jiangxin.kernel.matters.queries.services import service_of
from jiangxin.kernel.matters.rules.moves import state_after
from tests.kernel.matters.conftest import (
    ANSWERS,
    CHAIR,
    COLLEAGUE,
    CONTACT,
    LEADER,
    PDF,
    PERMIT,
    PNG,
    WINDOW,
    fresh,
    lines_of_life,
)

pytestmark = pytest.mark.django_db
APPLICANT, OFFICE = (CHAIR,), (WINDOW, COLLEAGUE)

# An act, what it is given, and who does it.
ACTS = [
    (
        drafting.submit_matter,
        {"answers": ANSWERS, "contact": CONTACT},
        APPLICANT,
    ),
    (drafting.withdraw_matter, {"note": "来电要求撤回"}, (CHAIR, WINDOW)),
    (accepting.ask_supplements, {"items": {"field:chair": "x"}}, OFFICE),
    (accepting.ask_supplements, {"items": {"material:form": "x"}}, OFFICE),
    (accepting.supplement_matter, {"answers": {"chair": "王明"}}, APPLICANT),
    (accepting.supplement_matter, {"answers": {}, "papers": ["form"]}, OFFICE),
    (accepting.accept_matter, {}, OFFICE),
    (accepting.accept_matter, {"papers": ["approval"], "promised": ["form"]}, OFFICE),
    (accepting.keep_promise, {}, APPLICANT),
    (accepting.keep_promise, {"papers": ["form"]}, OFFICE),
    (accepting.decline_matter, {"reason": "x"}, OFFICE),
    (accepting.revoke_acceptance, {"reason": "x"}, OFFICE),
    (working.finish_step, {}, OFFICE),
    (working.take_matter, {}, OFFICE),
    (working.release_matter, {}, (*OFFICE, LEADER)),
    (working.note_matter, {"text": "x"}, OFFICE),
    (working.count_visit, {}, OFFICE),
    (deciding.grant_matter, {}, OFFICE),
    (deciding.refuse_matter, {"reason": "x"}, OFFICE),
    (deciding.hand_out, {"collector": "x", "surrendered": True}, OFFICE),
]
FILES = [("approval", PDF), ("form", PDF), ("form", PNG)]
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("act"), st.integers(0, len(ACTS) - 1), st.integers(0, 2)),
        st.tuples(st.just("file"), st.integers(0, len(FILES) - 1), st.just(0)),
        st.tuples(st.just("promise"), st.just(0), st.just(0)),
        st.tuples(st.just("days"), st.integers(0, 9), st.just(0)),
    ),
    min_size=4,
    max_size=24,
)
# How an application that goes well begins, so that what comes later is come to.
BEGINNINGS = st.sampled_from(
    [
        [],
        [("file", 0, 0), ("file", 1, 0), ("act", 0, 0)],
        [("file", 0, 0), ("promise", 0, 0), ("act", 0, 0), ("act", 6, 0)],
        [
            *[("file", 0, 0), ("file", 1, 0), ("act", 0, 0)],
            *[("act", 6, 0), ("act", 12, 0)],
        ],
    ]
)


class Life:
    """One matter, its day, and what was done to it."""

    def __init__(self, organisation_id, now):
        self.now = now
        begun = Begun(PERMIT, uuid4(), organisation_id=organisation_id)
        self.matter = begin_matter(begun, actor=CHAIR, now=now)

    def do(self, what, number, who):
        if what == "days":
            self.now += timedelta(days=number)
            sweeping.sweep(self.now)
            return
        before = lines_of_life(self.matter)
        try:
            getattr(self, what)(number, who)
        except (Refused, NotPermitted, NotFound):
            assert lines_of_life(self.matter) == before

    def act(self, number, who):
        operation, given, actors = ACTS[number]
        operation(
            matter_id=self.matter.pk,
            seen=fresh(self.matter).version,
            actor=actors[who % len(actors)],
            now=self.now,
            **given,
        )

    def file(self, number, _who):
        key, content = FILES[number]
        materials.add_material(
            matter_id=self.matter.pk,
            key=key,
            file=NewFile("a", content),
            actor=CHAIR,
            now=self.now,
        )

    def promise(self, _number, _who):
        materials.promise_material(
            matter_id=self.matter.pk, key="form", actor=CHAIR, now=self.now
        )

    def check(self):
        matter = fresh(self.matter)
        acts = list(matter.acts.order_by("sequence"))
        assert state_after([ActKind(one.kind) for one in acts]) == matter.state
        assert [one.sequence for one in acts] == list(range(1, matter.version + 1))
        assert acts[-1].state_after == matter.state
        assert (matter.settled_at is None) is (matter.state not in SETTLED)
        assert (matter.number is None) is (matter.submitted_at is None)
        check_stops(matter)
        check_days(matter)
        return matter


def check_stops(matter):
    """The clock stands while supplements are waited for, or by law; else it runs."""
    opened = list(matter.stops.filter(until_at__isnull=True))
    step = service_of(matter).step(matter.step)
    stands_by_law = matter.state == "accepted" and step is not None and step.stops
    if matter.is_waiting:
        expected = [StopKind.PAUSED]
    else:
        expected = [step.stops] if stands_by_law else []
    assert [one.kind for one in opened] == expected
    waits = matter.notices.filter(answered_at__isnull=True).exists()
    assert matter.is_waiting == waits == (matter.supplement_due_on is not None)
    if matter.state in SETTLED:
        assert not waits
        assert matter.promise_due_on is None


def check_days(matter):
    """Nothing is due before it began; a promise before the law never binds later."""
    if matter.submitted_at is None:
        assert matter.due_on is None
        return
    assert matter.due_on >= today(matter.submitted_at)
    if matter.accepted_at is None:
        return
    both = (matter.promised_due_on, matter.statutory_due_on)
    assert min(both) >= today(matter.accepted_at)
    assert matter.due_on == min(both)


@settings(
    max_examples=15,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(beginning=BEGINNINGS, steps=STEPS)
def test_each_act_is_done_whole_or_refused_and_all_adds_up(
    firms, now, beginning, steps
):
    life = Life(firms.north_union.pk, now)
    for step in [*beginning, *steps]:
        life.do(*step)
        matter = life.check()
    trail = events_of(f"matter:{matter.pk}")
    assert trail.count() == matter.version
    assert verify().is_sound
    if matter.state not in SETTLED:
        close(life)


def close(life):
    """Let the next example begin anew."""
    matter = fresh(life.matter)
    drafting.withdraw_matter(
        matter_id=matter.pk, seen=matter.version, note="", actor=CHAIR, now=life.now
    )
    assert life.check().state == MatterState.WITHDRAWN
