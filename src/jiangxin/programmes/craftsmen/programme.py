"""What the craftsmen programme brings."""

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.parts import Part
from jiangxin.kernel.policy.registry import PolicyFolder

PROGRAMME = Part(
    key="craftsmen",
    title=_("Craftsmen"),
    purpose=_("Workers become craftsmen: grades, tiers and star technicians."),
    brings=(PolicyFolder(Path(__file__).parent / "policy"),),
)
