"""Grades, and how a follow-up goes. Values are stored: never renamed."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Grade(IntegerChoices):
    """Five stars to one, as GB/T 39734-2020 and 39735-2020 name them."""

    VERY_SATISFIED = 5, pgettext_lazy("grade", "Very satisfied")
    SATISFIED = 4, pgettext_lazy("grade", "Satisfied")
    FAIRLY_SATISFIED = 3, pgettext_lazy("grade", "Fairly satisfied")
    DISSATISFIED = 2, pgettext_lazy("grade", "Dissatisfied")
    VERY_DISSATISFIED = 1, pgettext_lazy("grade", "Very dissatisfied")


GOOD = (Grade.VERY_SATISFIED, Grade.SATISFIED, Grade.FAIRLY_SATISFIED)
BAD = (Grade.DISSATISFIED, Grade.VERY_DISSATISFIED)


class RatingWay(TextChoices):
    """Where the matter was handled, and so which dimensions are asked about."""

    ONLINE = "online", _("Online")
    COUNTER = "counter", _("At the window")


class AppealVerdict(TextChoices):
    """What became of a window's appeal against a rating."""

    UPHELD = "upheld", pgettext_lazy("appeal", "Upheld: the rating is left out")
    REJECTED = "rejected", pgettext_lazy("appeal", "Rejected: the rating stands")
