"""May this actor? Certificates go with the matters of the place they belong to."""

from jiangxin.foundation.actor import Actor, allows
from jiangxin.kernel.matters.permissions import HANDLE
from jiangxin.kernel.register.models import Organisation
from jiangxin.kernel.register.permissions import check_at, place_of_organisation


def check_look_after(actor: Actor, union: Organisation) -> None:
    """Whether to enter, print and invite: whoever handles matters where the union is."""
    check_at(actor, HANDLE, [place_of_organisation(union)])


can_look_after = allows(check_look_after)
