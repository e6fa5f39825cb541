"""What the training programme brings."""

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.parts import Part
from jiangxin.kernel.policy.registry import PolicyFolder

PROGRAMME = Part(
    key="training",
    title=_("Training"),
    purpose=_("Apprenticeships, subsidies for skills, study and classes."),
    brings=(PolicyFolder(Path(__file__).parent / "policy"),),
)
