"""What the service window programme brings."""

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.parts import Part
from jiangxin.kernel.matters.registry import ServiceFolder
from jiangxin.kernel.policy.registry import PolicyFolder

PROGRAMME = Part(
    key="service_window",
    title=_("Service window"),
    purpose=_("Legal-person certificates of grassroots unions."),
    brings=(
        PolicyFolder(Path(__file__).parent / "policy"),
        ServiceFolder(Path(__file__).parent / "services"),
    ),
)
