"""What the shipping of logs brings."""

from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.jobs.daily import Repeated
from jiangxin.foundation.logs.jobs import pause, ship_logs
from jiangxin.foundation.logs.trail import TRAIL
from jiangxin.foundation.parts import Part

PART = Part(
    key="logs",
    title=_("Logs"),
    purpose=_("The trail and the sign-in log, kept also outside the platform."),
    brings=(TRAIL, ship_logs, Repeated(ship_logs, pause)),
)
