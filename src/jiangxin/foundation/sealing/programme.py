"""What the sealing brings."""

from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.parts import Part
from jiangxin.foundation.sealing import jobs
from jiangxin.foundation.sealing.events import KeyAdded, KeyRetired

PART = Part(
    key="sealing",
    title=_("Sealing"),
    purpose=_("Personal data unreadable at rest, and the keys that open it."),
    brings=(KeyAdded, KeyRetired, jobs.reseal_all),
)
