"""What the clock brings."""

from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.clock.events import HolidayNoticeLoaded
from jiangxin.foundation.clock.permissions import LOAD_NOTICES
from jiangxin.foundation.parts import Part, Permission

PART = Part(
    key="clock",
    title=_("Working days"),
    purpose=_("Statutory holidays, make-up working days and the deadlines they move."),
    brings=(
        Permission(
            LOAD_NOTICES,
            _("Load holiday notices"),
            _(
                "Enter a year's holidays and make-up days as the State Council sets them."
            ),
        ),
        HolidayNoticeLoaded,
    ),
)
