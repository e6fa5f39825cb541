"""The address at which a matter is rated: signed, so that nobody can guess another's."""

from django.core.signing import BadSignature, Signer

from jiangxin.foundation.errors import NotFound
from jiangxin.foundation.wall.visits import for_the_platform
from jiangxin.kernel.matters.models import Matter
from jiangxin.kernel.matters.registry import guard_of

_SIGNER = "ratings.invitation"


def token_of(matter: Matter) -> str:
    return Signer(salt=_SIGNER).sign(str(matter.pk))


def matter_of(token: str) -> Matter:
    """Return the matter that whoever holds the token may rate. Raises NotFound."""
    try:
        pk = int(Signer(salt=_SIGNER).unsign(token))
    except (BadSignature, ValueError) as wrong:
        raise NotFound from wrong
    # Whoever holds the token need not sign in, and so stands before the second wall.
    with for_the_platform():
        found = Matter.objects.select_related("rating__follow_up").filter(pk=pk).first()
    if found is None or guard_of(found.service):
        raise NotFound
    return found
