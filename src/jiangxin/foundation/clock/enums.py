from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class DayKind(TextChoices):
    """Why a day is worked or is not."""

    WORKING = "working", _("Working day")
    MAKE_UP = "make_up", _("Make-up working day")
    WEEKEND = "weekend", _("Weekend")
    HOLIDAY = "holiday", _("Holiday")
