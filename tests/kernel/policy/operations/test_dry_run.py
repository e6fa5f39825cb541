"""The dry run says the same of the register and of its snapshot."""

from dataclasses import replace

import pytest

from jiangxin.foundation.actor import SYSTEM
from jiangxin.kernel.policy.operations import dry_run, match_on_snapshot
from jiangxin.kernel.policy.operations.dry_run import moved_people
from jiangxin.kernel.policy.registry import policy
from jiangxin.kernel.policy.snapshot.store import NoSnapshot
from tests.kernel.policy import making
from tests.kernel.policy.making import NOW, TODAY

CODE = "craftsmen.highly_skilled_worker"
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def people():
    """One at each of three grades, and one without a certificate."""
    made = [making.person(number) for number in range(4)]
    for who, grade in zip(made, (2, 3, 4), strict=False):
        making.certify(who, grade)
    return made


def asking_for(grade):
    one = policy(CODE)
    return replace(one, conditions=(replace(one.conditions[0], given=grade),))


def told(one):
    run = dry_run.dry_run(one, on=TODAY, actor=SYSTEM)
    steps = [(step.condition, step.alone, step.only) for step in run.steps]
    counts = (run.register, run.now, run.people, run.adds, run.drops)
    moved = [
        moved_people(one, which, on=TODAY, actor=SYSTEM) for which in ("adds", "drops")
    ]
    return run.snapshot_on, counts, steps, moved


@pytest.mark.parametrize("grade", [2, 3, 4])
def test_the_register_and_its_snapshot_answer_alike(people, grade):
    match_on_snapshot(actor=SYSTEM, now=NOW, reason="tests")
    draft = asking_for(grade)
    on, *by_snapshot = told(draft)
    assert on == TODAY
    run = dry_run._of_register(draft, TODAY, SYSTEM)
    assert by_snapshot[0] == (run.register, run.now, run.people, run.adds, run.drops)
    assert by_snapshot[1] == [(one.condition, one.alone, one.only) for one in run.steps]
    for which, ids in zip(("adds", "drops"), by_snapshot[2], strict=True):
        assert ids == dry_run._moved_in_register(draft, which, TODAY, SYSTEM)


def test_a_large_register_without_a_snapshot_is_not_asked(people, monkeypatch):
    monkeypatch.setattr(dry_run, "MOST_ASKED", 3)
    with pytest.raises(NoSnapshot):
        dry_run.dry_run(asking_for(4), on=TODAY, actor=SYSTEM)
