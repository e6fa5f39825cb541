"""Who sees what of ratings, and who may give one.

Whoever rated is protected: the office sees grades by service and month, without the
matter. Those who follow bad ratings up see the matter and the words, unless they had a
hand in that very matter.
"""

from jiangxin.foundation.actor import SYSTEM, Actor, allows, may
from jiangxin.foundation.errors import NotPermitted
from jiangxin.kernel.matters.enums import ActBy, ActKind
from jiangxin.kernel.matters.models import Matter
from jiangxin.kernel.matters.permissions import HANDLE
from jiangxin.kernel.matters.rules.moves import MOVES
from jiangxin.kernel.ratings.models import MatterRating

VIEW = "ratings.view"
FOLLOW = "ratings.follow"

BY_THE_OFFICE = [
    str(kind) for kind, move in MOVES.items() if move.by is ActBy.OFFICE
] + [str(ActKind.BEGUN)]


def _may_at(actor: Actor, permission: str, place: Matter | MatterRating) -> bool:
    return may(
        actor,
        permission,
        region_code=place.region_code,
        organisation_code=place.organisation_code,
    )


def is_of_the_office(actor: Actor, matter: Matter) -> bool:
    """Whether the actor works where the matter was handled, and so rates nothing of it."""
    return any(_may_at(actor, one, matter) for one in (HANDLE, VIEW, FOLLOW))


def had_a_hand(actor: Actor, matter: Matter) -> bool:
    """Whether the actor did anything to the matter on the office's side."""
    if actor.account_id is None:
        return False
    if actor.account_id == matter.assigned_account_id:
        return True
    acts = matter.acts.filter(account_id=actor.account_id, kind__in=BY_THE_OFFICE)
    # Beginning is the office's act only when it was done for the applicant.
    own = actor.account_id == matter.applicant_account_id
    return acts.exists() and not own


def check_follow(actor: Actor, rating: MatterRating) -> None:
    """Raise NotPermitted also for those whose own work was rated."""
    if not _may_at(actor, FOLLOW, rating):
        raise NotPermitted(FOLLOW)
    if actor is not SYSTEM and had_a_hand(actor, rating.matter):
        raise NotPermitted(FOLLOW)


def check_view(actor: Actor, rating: MatterRating) -> None:
    """Whether the actor sees the grade, without the matter."""
    if not _may_at(actor, VIEW, rating):
        raise NotPermitted(VIEW)


def check_answer(actor: Actor, rating: MatterRating) -> None:
    """Whether the actor may put right or appeal, for the window."""
    if not _may_at(actor, HANDLE, rating):
        raise NotPermitted(HANDLE)


can_follow = allows(check_follow)
can_view = allows(check_view)
can_answer = allows(check_answer)
