"""Who may decide about corrections, and look at the papers."""

from jiangxin.foundation.actor import Actor, allows
from jiangxin.kernel.corrections.models import Correction
from jiangxin.kernel.register.permissions import (
    check_at,
    check_unmask_person,
    place_of_person,
)

DECIDE = "corrections.decide"


def check_decide(actor: Actor, correction: Correction) -> None:
    """Where the person is counted, or works, or is a member."""
    check_at(actor, DECIDE, [place_of_person(correction.person)])


def check_open_paper(actor: Actor, correction: Correction) -> None:
    """Those who decide, if they may be shown what is masked: papers are not."""
    check_decide(actor, correction)
    check_unmask_person(actor, correction.person)


can_decide = allows(check_decide)
can_open_paper = allows(check_open_paper)
