"""What the talent pools programme brings."""

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.parts import Part
from jiangxin.kernel.policy.registry import PolicyFolder

PROGRAMME = Part(
    key="talent_pools",
    title=_("Talent pools"),
    purpose=_("Registers of talent by criteria, such as makers of the countryside."),
    brings=(PolicyFolder(Path(__file__).parent / "policy"),),
)
