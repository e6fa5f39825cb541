from datetime import date, timedelta

import pytest

from jiangxin.foundation.clock.working_days import today
from jiangxin.foundation.errors import NotFound
from jiangxin.foundation.trail.queries import events_of
from jiangxin.kernel.privacy import declared
from jiangxin.kernel.privacy.enums import ConsentPurpose
from jiangxin.kernel.privacy.models import Consent
from jiangxin.kernel.privacy.operations.consents import change_consent
from jiangxin.kernel.privacy.queries import consents
from jiangxin.kernel.privacy.queries.consents import has_consent, standings
from tests.kernel.register.cast import STRANGER, Somebody
from tests.kernel.register.cast import Scope as Place

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker(person):
    return Somebody((Place(""),), person_id=person.pk)


@pytest.fixture
def say(worker, now):
    def said(is_given, *, purpose="bank", at=now):
        return change_consent(purpose=purpose, is_given=is_given, actor=worker, now=at)

    return said


def test_nobody_has_agreed_before_saying_so(person, now):
    assert not has_consent(person.pk, "bank", today(now))
    assert [each.is_given for each in standings(person.pk, now)] == [False] * 4


def test_consent_holds_from_its_day_until_withdrawn(say, person, now):
    say(True)
    say(False, at=now + timedelta(days=3))
    on = today(now)
    held = [
        has_consent(person.pk, "bank", on + timedelta(days=n)) for n in range(-1, 5)
    ]
    assert held == [False, True, True, True, False, False]


def test_purposes_are_separate(say, person, now):
    say(True, purpose="general")
    assert has_consent(person.pk, "general", today(now))
    assert not has_consent(person.pk, "bank", today(now))
    assert not has_consent(person.pk, "federation", today(now))


def test_each_word_is_added_with_its_version_and_recorded(say, person, now):
    say(True)
    say(False, at=now + timedelta(hours=1))
    assert [
        (each.is_given, each.version) for each in Consent.objects.order_by("pk")
    ] == [
        (True, "1"),
        (False, "1"),
    ]
    kinds = [event.kind for event in events_of(f"person:{person.pk}")[:2]]
    assert kinds == ["privacy.consent_withdrawn", "privacy.consent_given"]


def test_saying_it_twice_changes_nothing(say):
    assert say(True)
    assert say(True) is None
    assert Consent.objects.count() == 1


def test_withdrawing_what_was_never_given_changes_nothing(say):
    assert say(False) is None
    assert not Consent.objects.exists()


def test_recorded_consent_cannot_be_changed(say):
    consent = say(True)
    consent.is_given = False
    with pytest.raises(TypeError, match="only ever added to"):
        consent.save()


def test_only_the_person_agrees_and_only_to_known_purposes(say, now):
    with pytest.raises(NotFound):
        change_consent(purpose="bank", is_given=True, actor=STRANGER, now=now)
    with pytest.raises(NotFound):
        say(True, purpose="advertising")
    assert not Consent.objects.exists()


@pytest.mark.parametrize(
    ("is_asked_anew", "still_holds"), [(True, False), (False, True)]
)
def test_new_notice_may_ask_anew(
    say, person, now, monkeypatch, is_asked_anew, still_holds
):
    say(True)
    old = declared.notices()[ConsentPurpose.BANK]
    new = declared.Notice(
        since=date(2027, 1, 1),
        purpose=ConsentPurpose.BANK,
        version="2",
        is_asked_anew=is_asked_anew,
        texts=old[0].texts,
    )
    monkeypatch.setattr(consents, "notices", lambda: {ConsentPurpose.BANK: [*old, new]})
    assert has_consent(person.pk, "bank", date(2026, 12, 31))
    assert has_consent(person.pk, "bank", date(2027, 1, 1)) is still_holds
