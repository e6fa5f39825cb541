"""What the studios programme brings."""

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.parts import Part
from jiangxin.kernel.policy.registry import PolicyFolder

PROGRAMME = Part(
    key="studios",
    title=_("Studios"),
    purpose=_("Innovation studios: naming, funding and demonstration."),
    brings=(PolicyFolder(Path(__file__).parent / "policy"),),
)
