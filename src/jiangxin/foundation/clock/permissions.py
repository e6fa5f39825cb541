from jiangxin.foundation.actor import Actor, allows, may
from jiangxin.foundation.errors import NotPermitted

LOAD_NOTICES = "clock.load_notices"


def check_load_notice(actor: Actor) -> None:
    """Whoever holds the permission everywhere: the calendar is one for all."""
    if not may(actor, LOAD_NOTICES):
        raise NotPermitted(LOAD_NOTICES)


can_load_notice = allows(check_load_notice)
