"""What the register brings."""

from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.parts import Part

PART = Part(
    key="register",
    title=_("Register"),
    purpose=_("Regions, organisations, people, employment, membership and sites."),
)
