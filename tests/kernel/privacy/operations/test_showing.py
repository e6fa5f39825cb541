from datetime import timedelta

import pytest

from jiangxin.foundation.errors import NotFound, NotPermitted
from jiangxin.foundation.trail.queries import events_of
from jiangxin.kernel.privacy.models import PersonalDataView
from jiangxin.kernel.privacy.operations import showing
from jiangxin.kernel.privacy.operations.showing import (
    NoPurpose,
    NothingToShow,
    TooManyViews,
    show_value,
)
from tests.kernel.register.cast import OFFICER, SOUTH, STRANGER, Somebody
from tests.kernel.register.cast import Scope as Place
from tests.unreached import UNREACHED

pytestmark = pytest.mark.django_db


@pytest.fixture
def show(person, now):
    def shown(*, actor=OFFICER, at=now, **given):
        given = {
            "value": "phone",
            "purpose": "contact",
            "note": "missed payment",
            **given,
        }
        return show_value(person_id=person.pk, **given, actor=actor, now=at)

    return shown


def refused_changes_nothing(person):
    assert not PersonalDataView.objects.exists()
    kinds = {event.kind for event in events_of(f"person:{person.pk}")}
    assert "privacy.personal_data_shown" not in kinds


def test_value_is_shown_and_recorded(show, person, now):
    shown = show()
    assert shown.plain == "13800138000"
    view = PersonalDataView.objects.get()
    assert (view.person_id, view.value, view.purpose) == (person.pk, "phone", "contact")
    assert (view.seen_by, view.seen_by_label) == (1, "somebody")
    assert (view.note, view.seen_at) == ("missed payment", now)


def test_trail_of_the_person_says_so_without_the_value(show, person):
    show(value="id_number")
    event = events_of(f"person:{person.pk}").first()
    assert event.kind == "privacy.personal_data_shown"
    assert person.id_number not in event.payload


def test_nobody_out_of_scope_learns_that_there_is_such_a_person(show, person):
    for actor in (STRANGER, Somebody((Place(SOUTH),))):
        with pytest.raises(NotFound):
            show(actor=actor)
    refused_changes_nothing(person)


def test_seeing_people_is_not_enough(show, person):
    viewer = Somebody((Place(""),), permissions=frozenset({"register.view_people"}))
    with pytest.raises(NotPermitted):
        show(actor=viewer)
    refused_changes_nothing(person)


@pytest.mark.parametrize(
    "given", [{"purpose": ""}, {"purpose": "curiosity"}, {"note": "  "}]
)
def test_purpose_and_words_are_needed(show, person, given):
    with pytest.raises(NoPurpose) as refusal:
        show(**given)
    assert "choose a purpose" in refusal.value.message
    refused_changes_nothing(person)


def test_only_what_is_sealed_can_be_asked_for(show):
    with pytest.raises(NotFound):
        show(value="name")


def test_nothing_is_recorded_where_nothing_is_known(make_person, firms, now):
    nobody = make_person(2, employer=firms.north)
    with pytest.raises(NothingToShow):
        show_value(
            person_id=nobody.pk,
            value="phone",
            purpose="contact",
            note="to call",
            actor=OFFICER,
            now=now,
        )
    refused_changes_nothing(nobody)


def test_day_has_a_bound_for_each_viewer(show, now, monkeypatch):
    monkeypatch.setattr(showing, "limit", lambda key, on: 2)
    show()
    show()
    with pytest.raises(TooManyViews) as refusal:
        show()
    assert "2 values" in refusal.value.message
    show(actor=Somebody((Place(""),), account_id=UNREACHED + 2))
    show(at=now + timedelta(days=1))
    assert PersonalDataView.objects.count() == 4


def test_day_is_the_federations(show, now, monkeypatch):
    monkeypatch.setattr(showing, "limit", lambda key, on: 1)
    midnight = now.replace(hour=16, minute=0)  # in Zhejiang
    show(at=midnight - timedelta(seconds=1))
    show(at=midnight)
    with pytest.raises(TooManyViews):
        show(at=midnight + timedelta(hours=23))
