"""What an actor may do is asked of the region that the hall lies in."""

from jiangxin.foundation.actor import Actor, allows, may
from jiangxin.foundation.errors import NotPermitted
from jiangxin.kernel.counter.models import Hall

SERVE = "counter.serve"
MANAGE = "counter.manage"
ANSWER = "counter.answer_questions"
VIEW_BOARD = "counter.view_board"


def check_at_hall(actor: Actor, permission: str, hall: Hall) -> None:
    """Raise NotPermitted unless the actor holds `permission` where the hall lies."""
    if not may(actor, permission, region_code=hall.region_code):
        raise NotPermitted(permission)


can_at_hall = allows(check_at_hall)
