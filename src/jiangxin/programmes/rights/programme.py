"""What the rights and care programme brings."""

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.parts import Part
from jiangxin.kernel.policy.registry import PolicyFolder

PROGRAMME = Part(
    key="rights",
    title=_("Rights and care"),
    purpose=_("Legal aid, relief in hardship and mutual aid."),
    brings=(PolicyFolder(Path(__file__).parent / "policy"),),
)
