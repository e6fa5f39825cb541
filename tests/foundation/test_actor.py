import pytest
from django.utils import translation

from jiangxin.foundation.actor import (
    EVERYWHERE,
    SYSTEM,
    Scope,
    allows,
    holds,
    label_of,
    may,
)
from jiangxin.foundation.errors import NotPermitted


class Someone:
    account_id = 1
    label = "someone"
    person_id = None

    def __init__(self, *scopes):
        self._scopes = scopes

    def scopes(self, permission):
        return self._scopes if permission == "things.do" else ()


@pytest.mark.parametrize(
    ("scope", "place", "covered"),
    [
        (Scope("3307"), {"region_code": "330726100"}, True),
        (Scope("3307"), {"region_code": "3307"}, True),
        (Scope("330726"), {"region_code": "3307"}, False),
        (Scope("3307"), {"region_code": "330826"}, False),
        (Scope(organisation_code="A"), {"organisation_code": "A"}, True),
        (Scope(organisation_code="A"), {"organisation_code": "B"}, False),
        (
            Scope(organisation_code="A"),
            {"region_code": "33", "organisation_code": ""},
            False,
        ),
        (EVERYWHERE, {}, True),
        (EVERYWHERE, {"region_code": "11", "organisation_code": "X"}, True),
    ],
)
def test_a_scope_covers_its_region_downwards_or_its_one_organisation(
    scope, place, covered
):
    assert scope.covers(**place) is covered


def test_one_scope_that_covers_the_place_is_enough():
    actor = Someone(Scope("11"), Scope("33"))
    assert may(actor, "things.do", region_code="3307")
    assert not may(actor, "things.do", region_code="4403")


def test_another_permission_gives_nothing():
    assert not may(Someone(EVERYWHERE), "things.undo")
    assert not holds(Someone(EVERYWHERE), "things.undo")


def test_a_scope_without_its_permission_holds_nothing():
    assert not holds(Someone(), "things.do")


def test_the_platform_itself_acts_everywhere():
    assert may(SYSTEM, "anything.at_all", region_code="65")


def test_a_question_is_made_from_its_rule():
    def check_do(actor, thing):
        """Do it."""
        if thing != actor.label:
            raise NotPermitted("things.do")

    can_do = allows(check_do)
    assert can_do(Someone(), "someone")
    assert not can_do(Someone(), "other")
    assert can_do.__doc__ == "Do it."


def test_the_platform_is_named_in_words_and_an_account_by_its_own_name():
    with translation.override("en"):
        assert label_of(None, SYSTEM.label) == "the platform itself"
        assert label_of(1, SYSTEM.label) == SYSTEM.label
        assert label_of(None, "somebody") == "somebody"
