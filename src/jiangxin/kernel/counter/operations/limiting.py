"""So that nobody floods a page that needs no sign-in: so many from one address an hour."""

from django.core.cache import cache
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.errors import Refused

HOUR = 60 * 60
NUMBERS, BOOKINGS, QUESTIONS = "numbers", "bookings", "questions"
# A kiosk gives many numbers from one address.
MOST = {NUMBERS: 200, BOOKINGS: 20, QUESTIONS: 10}


class TooMany(Refused):
    code = "counter.too_many"
    text = _("That was asked too often from here. Try again in an hour, or call us.")


def charge(what: str, *, address: str) -> None:
    """Count one more from an address. Raises TooMany."""
    digest = salted_hmac("jiangxin.counter", address, algorithm="sha256").hexdigest()
    key = f"counter:{what}:{digest}"
    count = cache.get(key, 0)
    if count >= MOST[what]:
        raise TooMany
    # The hour begins with the first; between two at once one may not be counted.
    if count:
        cache.incr(key)
    else:
        cache.set(key, 1, HOUR)
