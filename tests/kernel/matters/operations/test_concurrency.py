"""Two at once: exactly one of them is first, and nothing is done twice."""

import threading
from dataclasses import replace
from functools import partial
from uuid import uuid4

import pytest
from django.db import connections

from jiangxin.foundation.errors import Refused
from jiangxin.kernel.matters.enums import ActKind
from jiangxin.kernel.matters.models import Matter, MatterAct, MatterMaterial
from jiangxin.kernel.matters.operations.accepting import accept_matter
from jiangxin.kernel.matters.operations.door import PageStale
from jiangxin.kernel.matters.operations.drafting import (
    Begun,
    MatterAlreadyOpen,
    begin_matter,
    submit_matter,
    withdraw_matter,
)
from jiangxin.kernel.matters.operations.materials import NewFile, add_material
from jiangxin.kernel.matters.operations.working import InOtherHands, take_matter
from tests.kernel.matters.conftest import (
    ANSWERS,
    CHAIR,
    COLLEAGUE,
    CONTACT,
    PDF,
    PERMIT,
    WINDOW,
    fresh,
)
from tests.unreached import UNREACHED

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts):
    """Do all of it at the same time, each on a connection of its own."""
    start = threading.Barrier(len(acts))
    outcomes = [None] * len(acts)

    def run(number, act):
        start.wait()
        try:
            outcomes[number] = act()
        except Refused as refusal:
            outcomes[number] = refusal
        finally:
            connections.close_all()

    threads = [
        threading.Thread(target=run, args=numbered) for numbered in enumerate(acts)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return outcomes


def test_of_two_clerks_one_accepts_and_the_other_is_told_who(submit, now):
    matter = submit()
    door = {"matter_id": matter.pk, "seen": matter.version, "now": now}
    outcomes = at_once(
        partial(accept_matter, **door, actor=WINDOW),
        partial(accept_matter, **door, actor=COLLEAGUE),
    )
    assert {type(one) for one in outcomes} == {Matter, PageStale}
    assert MatterAct.objects.filter(kind=ActKind.ACCEPTED).count() == 1
    assert fresh(matter).stops.count() == 0


def test_an_acceptance_and_a_withdrawal_do_not_both_happen(submit, now):
    matter = submit()
    door = {"matter_id": matter.pk, "seen": matter.version, "now": now}
    at_once(
        partial(accept_matter, **door, actor=WINDOW),
        partial(withdraw_matter, **door, note="", actor=CHAIR),
    )
    kinds = set(matter.acts.values_list("kind", flat=True))
    assert len(kinds & {ActKind.ACCEPTED, ActKind.WITHDRAWN}) == 1


def test_a_submission_sent_twice_at_once_makes_one_number(begin, hand_in, now):
    matter = begin()
    hand_in(matter, "approval", "form")
    send = partial(
        submit_matter,
        matter_id=matter.pk,
        seen=matter.version,
        answers=ANSWERS,
        contact=CONTACT,
        actor=CHAIR,
        now=now,
    )
    first, second = at_once(send, send)
    assert first.number == second.number
    assert matter.acts.filter(kind=ActKind.SUBMITTED).count() == 1


def test_a_form_sent_twice_at_once_begins_one_draft(firms, now):
    begun = Begun(PERMIT, uuid4(), organisation_id=firms.north_union.pk)
    send = partial(begin_matter, begun, actor=CHAIR, now=now)
    assert len({one.pk for one in at_once(send, send, send)}) == 1
    assert MatterAct.objects.count() == Matter.objects.count() == 1


def test_of_two_forms_for_the_same_at_once_one_begins(firms, now):
    given = {"organisation_id": firms.north_union.pk}
    outcomes = at_once(
        *(
            partial(begin_matter, Begun(PERMIT, uuid4(), **given), actor=CHAIR, now=now)
            for _time in range(2)
        )
    )
    assert sum(isinstance(one, MatterAlreadyOpen) for one in outcomes) == 1
    assert Matter.objects.count() == 1


def test_of_two_drafts_of_the_same_at_once_one_is_submitted(begin, hand_in, now):
    mine = begin()
    hand_in(mine, "approval", "form")
    # The window does not see what the union types, and types it too.
    other = begin(WINDOW, channel="window")
    send = {"answers": ANSWERS, "contact": CONTACT, "now": now, "seen": 1}
    outcomes = at_once(
        partial(submit_matter, matter_id=mine.pk, actor=CHAIR, **send),
        partial(submit_matter, matter_id=other.pk, actor=WINDOW, **send),
    )
    assert sum(isinstance(one, MatterAlreadyOpen) for one in outcomes) == 1
    assert Matter.objects.filter(state="submitted").count() == 1


def test_a_file_sent_twice_at_once_is_there_once(begin, now, uploads):
    matter = begin()
    send = partial(
        add_material,
        matter_id=matter.pk,
        key="form",
        file=NewFile("a.pdf", PDF),
        actor=CHAIR,
        now=now,
    )
    assert len({one.pk for one in at_once(send, send)}) == 1
    assert MatterMaterial.objects.count() == len(list((uploads / "kept").iterdir()))


def test_what_two_take_at_once_is_in_one_hand(submit, now):
    matter = submit()
    take = partial(take_matter, matter_id=matter.pk, seen=matter.version, now=now)
    twin = replace(COLLEAGUE, account_id=UNREACHED + 24)
    outcomes = at_once(partial(take, actor=WINDOW), partial(take, actor=twin))
    assert sum(isinstance(one, PageStale | InOtherHands) for one in outcomes) == 1
    assert fresh(matter).assigned_account_id in {WINDOW.account_id, twin.account_id}
