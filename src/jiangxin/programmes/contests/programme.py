"""What the contests programme brings."""

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.parts import Part
from jiangxin.kernel.policy.registry import PolicyFolder

PROGRAMME = Part(
    key="contests",
    title=_("Contests"),
    purpose=_("Skills contests and what winners may claim by their place."),
    brings=(PolicyFolder(Path(__file__).parent / "policy"),),
)
