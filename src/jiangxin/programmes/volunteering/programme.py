"""What the volunteering programme brings."""

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.parts import Part
from jiangxin.kernel.policy.registry import PolicyFolder

PROGRAMME = Part(
    key="volunteering",
    title=_("Volunteering"),
    purpose=_("Stars of volunteers and what they bring."),
    brings=(PolicyFolder(Path(__file__).parent / "policy"),),
)
