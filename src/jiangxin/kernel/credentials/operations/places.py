"""Places in the status list, drawn at random so that their order tells nothing."""

import base64
import secrets
from datetime import datetime

from jiangxin.foundation.db import needs_transaction
from jiangxin.kernel.credentials.models import IssuedCredential, StatusList
from jiangxin.kernel.credentials.proofs.status_list import SMALLEST_SIZE

# A draw hits a free place at the first or second try, as long as half of them are.
FULL_AT = 2


@needs_transaction
def take_places(count: int, *, now: datetime) -> list[tuple[StatusList, int]]:
    """Return so many places that nobody has, nor anybody else is given meanwhile."""
    taken: list[tuple[StatusList, int]] = []
    while len(taken) < count:
        places = _open_list(now)
        given = IssuedCredential.objects.filter(status_list=places).count()
        room = places.size // FULL_AT - given
        if room <= 0:
            StatusList.objects.filter(pk=places.pk).update(is_open=False)
            continue
        taken += [(places, one) for one in _draw(places, min(room, count - len(taken)))]
        if len(taken) < count:
            StatusList.objects.filter(pk=places.pk).update(is_open=False)
    return taken


def new_code() -> str:
    """Return 128 random bits in 26 characters that can be read out on the phone."""
    return base64.b32encode(secrets.token_bytes(16)).decode().rstrip("=").lower()


def _open_list(now: datetime) -> StatusList:
    found = StatusList.objects.select_for_update().filter(is_open=True).first()
    return found or StatusList.objects.create(
        number=new_code(), size=SMALLEST_SIZE, made_at=now
    )


def _draw(places: StatusList, count: int) -> set[int]:
    drawn: set[int] = set()
    while len(drawn) < count:
        tried = {secrets.randbelow(places.size) for _ in range(count - len(drawn))}
        known = IssuedCredential.objects.filter(
            status_list=places, status_index__in=tried
        )
        drawn |= tried - set(known.values_list("status_index", flat=True))
    return drawn
