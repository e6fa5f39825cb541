"""What the wage accords programme brings."""

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.parts import Part
from jiangxin.kernel.policy.registry import PolicyFolder

PROGRAMME = Part(
    key="wage_accords",
    title=_("Wage accords"),
    purpose=_("Wages bargained by skill grade."),
    brings=(PolicyFolder(Path(__file__).parent / "policy"),),
)
