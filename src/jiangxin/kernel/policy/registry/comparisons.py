"""What each comparison of the vocabulary means, in words, for reference and editor."""

from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.parts import Text
from jiangxin.kernel.policy.enums import Comparison

MEANS: dict[Comparison, Text] = {
    Comparison.AT_LEAST: _(
        "The value is the limit or more; a day is the limit or later."
    ),
    Comparison.AT_MOST: _(
        "The value is the limit or less; a day is the limit or earlier."
    ),
    Comparison.BETWEEN: _("The value lies between the two limits, both included."),
    Comparison.EQUALS: _("The value is exactly this."),
    Comparison.NOT_EQUALS: _("The value is known and is not this."),
    Comparison.ONE_OF: _("The value is one of those listed."),
    Comparison.NONE_OF: _("The value is known and is none of those listed."),
    Comparison.STARTS_WITH_ONE_OF: _(
        "The code lies in one of the classes listed, named by their first digits."
    ),
    Comparison.STARTS_WITH_NONE_OF: _(
        "The code is known and lies in none of the classes listed."
    ),
    Comparison.IS_TRUE: _("It is so."),
    Comparison.AGE_AT_LEAST: _(
        "The age in full years on the day is the limit or more."
    ),
    Comparison.AGE_AT_MOST: _("The age in full years on the day is the limit or less."),
    Comparison.YEARS_SINCE_AT_LEAST: _(
        "Since the day on record at least so many full years have passed."
    ),
    Comparison.YEARS_SINCE_AT_MOST: _(
        "Since the day on record no more than so many full years have passed."
    ),
    Comparison.WITHIN_MONTHS: _(
        "The day on record lies no more than so many months back, and not ahead."
    ),
    Comparison.WITHIN_DAYS: _(
        "The day on record lies no more than so many days back, and not ahead."
    ),
}
