"""Who may see whom policies serve, and who what they themselves are entitled to."""

from jiangxin.foundation.actor import Actor, allows, holds, may
from jiangxin.foundation.errors import NotPermitted

VIEW = "policy.view"
VIEW_OWN = "policy.view_own"
EDIT = "policy.edit"
PUBLISH = "policy.publish"
DECIDE = "policy.decide"


def check_view_policies(actor: Actor) -> None:
    """Anyone who may see matches somewhere; the people shown are filtered by place."""
    if not holds(actor, VIEW):
        raise NotPermitted(VIEW)


def check_view_own(actor: Actor) -> None:
    """A registered person, for themselves."""
    if actor.person_id is None or not holds(actor, VIEW_OWN):
        raise NotPermitted(VIEW_OWN)


def check_edit(actor: Actor, region: str) -> None:
    """Where the policy holds: nobody writes what is meant for a larger place."""
    if not may(actor, EDIT, region_code=region):
        raise NotPermitted(EDIT)


def check_publish(actor: Actor, region: str) -> None:
    """Where the policy holds. That it be a second person is asked of the draft."""
    if not may(actor, PUBLISH, region_code=region):
        raise NotPermitted(PUBLISH)


def check_decide(actor: Actor, region: str) -> None:
    """Where the person is counted whom the decision is about."""
    if not may(actor, DECIDE, region_code=region):
        raise NotPermitted(DECIDE)


def check_see_drafts(actor: Actor) -> None:
    if not holds(actor, EDIT) and not holds(actor, PUBLISH):
        raise NotPermitted(EDIT)


can_decide = allows(check_decide)
can_edit = allows(check_edit)
can_publish = allows(check_publish)
can_see_drafts = allows(check_see_drafts)
can_view_own = allows(check_view_own)
