"""What the honours programme brings."""

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.parts import Part
from jiangxin.kernel.policy.registry import PolicyFolder

PROGRAMME = Part(
    key="honours",
    title=_("Honours"),
    purpose=_(
        "Who may be put forward for honours, and the care of those who hold them."
    ),
    brings=(PolicyFolder(Path(__file__).parent / "policy"),),
)
