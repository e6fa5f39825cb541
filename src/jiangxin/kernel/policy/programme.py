"""What the policy part brings."""

from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.parts import Part

PART = Part(
    key="policy",
    title=_("Policy"),
    purpose=_("Policies as data, matched against the register and explained."),
)
