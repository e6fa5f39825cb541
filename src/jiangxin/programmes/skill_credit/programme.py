"""What the skill credit programme brings."""

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.parts import Part
from jiangxin.kernel.policy.registry import PolicyFolder

PROGRAMME = Part(
    key="skill_credit",
    title=_("Skill credit"),
    purpose=_("Loans whose limit follows skill grade and enterprise rating."),
    brings=(PolicyFolder(Path(__file__).parent / "policy"),),
)
