"""What the pre-shift ten minutes programme brings."""

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.parts import Part
from jiangxin.kernel.policy.registry import PolicyFolder

PROGRAMME = Part(
    key="pre_shift",
    title=_("Pre-shift ten minutes"),
    purpose=_("Team meetings before the shift: whom they reach and who speaks."),
    brings=(PolicyFolder(Path(__file__).parent / "policy"),),
)
