"""The answers a policy gives, and the closed lists its file is written in."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Verdict(TextChoices):
    ELIGIBLE = "eligible", _("Eligible")
    NOT_ELIGIBLE = "not_eligible", _("Not eligible")
    NEED_INFORMATION = "need_information", _("Information needed")
    NOT_APPLICABLE = "not_applicable", _("Not applicable")


class Finding(TextChoices):
    """What became of one condition."""

    MET = "met", _("Met")
    NOT_MET = "not_met", _("Not met")
    UNKNOWN = "unknown", _("Not known")


class WhyNotApplicable(TextChoices):
    NOT_IN_FORCE = "not_in_force", _("Not in force on this date")
    OTHER_REGION = "other_region", _("For another region")


class Tier(TextChoices):
    """How one comes to be served."""

    WITHOUT_APPLICATION = "without_application", _("Granted without application")
    QUICK = "quick", _("Quick confirmation")
    BY_APPLICATION = "by_application", _("By application")


class AttributeType(TextChoices):
    DATE = "date", _("Date")
    INTEGER = "integer", _("Whole number")
    DECIMAL = "decimal", _("Decimal number")
    BOOLEAN = "boolean", _("Yes or no")
    CODE = "code", _("Code")
    TEXT = "text", _("Text")


class Absence(TextChoices):
    """What it means that a record holds no value."""

    UNKNOWN = "unknown", _("It is not known")
    NONE = "none", _("There is none")


class Sensitivity(TextChoices):
    ORDINARY = "ordinary", _("Ordinary")
    PERSONAL = "personal", _("Personal")


class Comparison(TextChoices):
    """The closed vocabulary. What each does is in rules/vocabulary.py."""

    AT_LEAST = "at_least", _("at least")
    AT_MOST = "at_most", _("at most")
    BETWEEN = "between", _("between")
    EQUALS = "equals", _("is")
    NOT_EQUALS = "not_equals", _("is not")
    ONE_OF = "one_of", _("one of")
    NONE_OF = "none_of", _("none of")
    STARTS_WITH_ONE_OF = "starts_with_one_of", _("within")
    IS_TRUE = "is_true", _("is so")
    AGE_AT_LEAST = "age_at_least", _("aged at least")
    AGE_AT_MOST = "age_at_most", _("aged at most")


class Junction(TextChoices):
    ANY_OF = "any_of", _("any of these")
    ALL_OF = "all_of", _("all of these")
