"""How long notices are kept, in whose copy they are, and whose they are after a merge."""

from datetime import timedelta

import pytest

from jiangxin.foundation.parts import Erasure, brought
from jiangxin.kernel.notices.models import Notice
from jiangxin.kernel.notices.operations import tell_person
from jiangxin.kernel.notices.operations.choosing import choose
from jiangxin.kernel.notices.queries.choices import refusing
from jiangxin.kernel.privacy.queries.own import copy_of
from jiangxin.kernel.register.models import Person
from tests.kernel.notices.conftest import FOUND
from tests.kernel.register.operations.test_merging import merge, two, undo

__all__ = ["two"]

pytestmark = pytest.mark.django_db


def tell(person_id, now, subject="policy:a"):
    facts = {"since": "2026-11-23"}
    tell_person(FOUND, person_id=person_id, subject=subject, facts=facts, now=now)


def test_notices_are_deleted_at_the_end_of_their_time(person, now):
    tell(person.pk, now - timedelta(days=9), "policy:old")
    tell(person.pk, now)
    erasure = next(one for one in brought(Erasure) if one.key == "notices.notices")
    before = now - timedelta(days=5)
    assert erasure.count(before) == 1
    assert erasure.erase(before) == 1
    assert Notice.objects.get().subject == "policy:a"


def test_copy_of_ones_own_data_has_notices_and_choices(person, worker, now):
    tell(person.pk, now)
    choose(wanted={"tests.found|": False}, actor=worker, now=now)
    tables = {table.key: list(rows) for table, rows in copy_of(person.pk)}
    assert tables["notices"][0]["title"] == "a serves you since 2026-11-23"
    assert [row["is_wanted"] for row in tables["notice_choices"]] == [False]


def test_notices_follow_a_merge_and_come_back(two, now):
    kept, merged = two
    tell(kept.pk, now)
    tell(merged.pk, now)
    tell(merged.pk, now, "policy:b")
    done = merge(kept, merged, now)
    mine = Notice.objects.filter(person=kept, kind="tests.found")
    assert sorted(mine.values_list("subject", flat=True)) == [
        *("policy:a", "policy:a", "policy:b")
    ]
    undo(done, now)
    theirs = Notice.objects.filter(person=merged.pk, kind="tests.found")
    assert sorted(theirs.values_list("subject", "key")) == [
        ("policy:a", ""),
        ("policy:b", ""),
    ]


def test_refusal_of_either_record_counts_for_the_kept_one(two, now):
    kept, merged = two
    from jiangxin.kernel.notices.models import NoticeChoice

    NoticeChoice.objects.create(
        person=merged, kind="tests.found", is_wanted=False, at=now
    )
    merge(kept, merged, now)
    assert refusing("tests.found", "policy:a") == {kept.pk}
    assert Person.every.count() == 2
