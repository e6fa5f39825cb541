"""A person's notices are let through to that person alone, whatever a query forgets."""

import pytest

from jiangxin.foundation.wall.visits import admit, behind_the_wall
from jiangxin.kernel.access import queries
from jiangxin.kernel.notices.models import Notice, NoticeChoice
from jiangxin.kernel.notices.operations import tell_account, tell_person
from tests.kernel.notices.conftest import DECIDED, WORK

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql_only]


@pytest.fixture
def seen_by(make_account, person, make_person, now):
    officer = make_account("officer", "federation_officer", region_code="330726")
    worker = make_account("worker", "worker", person=person)
    for one in (person, make_person(2)):
        tell_person(DECIDED, person_id=one.pk, subject="matter:1", now=now)
        NoticeChoice.objects.create(person=one, kind="a", is_wanted=False, at=now)
    tell_account(
        WORK, account_id=officer.pk, subject="run:1", facts={"count": 1}, now=now
    )

    def seen(who):
        with behind_the_wall():
            admit(queries.actor_for({"officer": officer, "worker": worker}[who], now))
            people = Notice.objects.values_list("person", flat=True)
            return set(people), NoticeChoice.objects.count()

    return seen


def test_worker_sees_their_own_alone(seen_by, person):
    assert seen_by("worker") == ({person.pk, None}, 1)


def test_officer_sees_who_refuses_in_the_place_and_nobodys_notices(seen_by, person):
    people, refusing = seen_by("officer")
    assert people == {None}
    assert refusing == 1  # the other is counted nowhere
