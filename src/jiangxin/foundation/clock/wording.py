"""What is said beside a date that was computed without a holiday notice."""

from collections.abc import Sequence

from django.utils.translation import ngettext

from jiangxin.foundation.i18n import listed


def provisional_notice(unknown_years: Sequence[int]) -> str:
    """Return the sentence to show beside the date; "" when every year is known."""
    if not unknown_years:
        return ""
    years = listed(unknown_years)
    return ngettext(
        "Computed without the published holiday notice of %(years)s; it may move.",
        "Computed without the published holiday notices of %(years)s; it may move.",
        len(unknown_years),
    ) % {"years": years}
