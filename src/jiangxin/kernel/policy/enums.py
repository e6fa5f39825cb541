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
    # Kept in whole fen, so that every engine computes with it exactly.
    MONEY = "money", _("Amount of money")


class Why(TextChoices):
    """Because of what an answer is another than before."""

    RECORD = "record", _("The record changed")
    POLICY = "policy", _("The policy changed")
    DAY = "day", _("A day came on which something begins or ends")
    WITHDRAWN = "withdrawn", _("The policy was withdrawn")


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
    STARTS_WITH_NONE_OF = "starts_with_none_of", _("not within")
    IS_TRUE = "is_true", _("is so")
    AGE_AT_LEAST = "age_at_least", _("aged at least")
    AGE_AT_MOST = "age_at_most", _("aged at most")
    YEARS_SINCE_AT_LEAST = "years_since_at_least", _("for at least")
    YEARS_SINCE_AT_MOST = "years_since_at_most", _("for at most")
    WITHIN_MONTHS = "within_months", _("within the last")
    WITHIN_DAYS = "within_days", _("within the past")


class Junction(TextChoices):
    ANY_OF = "any_of", _("any of these")
    ALL_OF = "all_of", _("all of these")


class Subject(TextChoices):
    """Of whom a policy speaks."""

    PERSON = "person", _("Person")
    ORGANISATION = "organisation", _("Organisation")


class Period(TextChoices):
    """How often a grant is given, or in what time a quota is counted."""

    ONCE = "once", _("once")
    A_YEAR = "a_year", _("a year")
    A_MONTH = "a_month", _("a month")


class Wins(TextChoices):
    """Which of two policies that exclude each other is given."""

    LARGER_AMOUNT = "larger_amount", _("the larger amount")
    THIS = "this", _("this policy")
    OTHER = "other", _("the other policy")


class QuotaOrder(TextChoices):
    """Who is served first when not everybody can be."""

    FIRST_COME = "first_come", _("in order of arrival")
    HIGHEST_FIRST = "highest_first", _("the highest first")
    LOWEST_FIRST = "lowest_first", _("the lowest first")


class Standing(TextChoices):
    """Which of the credentials a person got count."""

    IN_FORCE = "in_force", _("In force on the day")
    EVER = "ever", _("Also lapsed ones")


class LintCode(TextChoices):
    """What the check of a policy finds. `rules/linting.py` says which are errors."""

    CONTRADICTION = "contradiction", _("Conditions contradict each other")
    NOBODY = "nobody_qualifies", _("Nobody can qualify")
    UNREACHABLE = "unreachable_condition", _("A choice that nobody can take")
    SAYS_NOTHING = "says_nothing", _("A condition that changes nothing")
    ROW_NEVER = "row_never_applies", _("A line that applies to nobody")
    ROW_COVERED = "row_covered", _("A line that an earlier line covers")
    GAP = "gap_between_rows", _("A gap between lines")
    OVERLAP = "overlap_of_rows", _("Lines that overlap")
    NO_CASES = "threshold_without_cases", _("A limit without worked cases")
    ROW_WITHOUT_CASE = "row_without_case", _("A line without a worked case")
    CASE_FAILS = "case_fails", _("A worked case that comes out otherwise")
    NO_VALUE = "parameter_without_value", _("A value that is missing on the day")
    UNKNOWN_ATTRIBUTE = "unknown_attribute", _("An unknown attribute")
    UNREADABLE = "unreadable", _("Not complete yet")


class Decision(TextChoices):
    """What an officer decided by an answer that was kept."""

    GRANTED = "granted", _("Granted")
    DECLINED = "declined", _("Declined")
    TAKEN_BACK = "taken_back", _("Taken back")


class DraftKind(TextChoices):
    """What becomes of a policy when a draft of it takes effect."""

    CHANGE = "change", _("New text")
    WITHDRAWAL = "withdrawal", _("Withdrawal")


class DraftState(TextChoices):
    DRAFT = "draft", _("Being drafted")
    SUBMITTED = "submitted", _("Waiting for approval")
    RETURNED = "returned", _("Returned to its author")
    APPROVED = "approved", _("Approved, not yet in effect")
    IN_EFFECT = "in_effect", _("In effect")
    REPLACED = "replaced", _("Replaced by a later one")
    DISCARDED = "discarded", _("Given up")
