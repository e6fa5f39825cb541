"""Who may see whom policies serve, and who what they themselves are entitled to."""

from jiangxin.foundation.actor import Actor, allows, holds
from jiangxin.foundation.errors import NotPermitted

VIEW = "policy.view"
VIEW_OWN = "policy.view_own"


def check_view_policies(actor: Actor) -> None:
    """Anyone who may see matches somewhere; the people shown are filtered by place."""
    if not holds(actor, VIEW):
        raise NotPermitted(VIEW)


def check_view_own(actor: Actor) -> None:
    """A registered person, for themselves."""
    if actor.person_id is None or not holds(actor, VIEW_OWN):
        raise NotPermitted(VIEW_OWN)


can_view_own = allows(check_view_own)
