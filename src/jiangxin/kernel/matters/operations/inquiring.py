"""Telling a stranger where a matter stands, by its number and its code; guessing ends soon."""

from datetime import datetime
from hashlib import sha256

from django.core.cache import cache
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.errors import Refused
from jiangxin.foundation.wall.visits import for_the_platform
from jiangxin.kernel.matters.models import Matter

# A code has a million values; ten tries an hour find none.
MOST_FAILURES = 10
FORGOTTEN_AFTER_SECONDS = 3600


class NoSuchMatter(Refused):
    code = "matters.no_such_matter"
    text = _("No matter has this number and this code. Both are on the receipt.")


class TooManyInquiries(Refused):
    code = "matters.too_many_inquiries"
    text = _("The code of this matter was wrong too often. Try again in an hour.")


def inquire(*, number: str, code: str, now: datetime) -> Matter:
    """Return the matter. Raises NoSuchMatter, TooManyInquiries."""
    del now  # the cache reckons its hour by itself
    key = f"matters.inquiry.{sha256(number.encode()).hexdigest()}"
    if cache.get(key, 0) >= MOST_FAILURES:
        raise TooManyInquiries
    with for_the_platform():
        found = (
            Matter.objects.select_related("organisation", "person")
            .filter(number=number)
            .first()
        )
    if found is None or not constant_time_compare(found.inquiry_code, code):
        cache.add(key, 0, FORGOTTEN_AFTER_SECONDS)
        cache.incr(key)
        raise NoSuchMatter
    return found
