"""What the access part brings."""

from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.parts import Part

PART = Part(
    key="access",
    title=_("Access"),
    purpose=_("Accounts, roles and the places they are held for."),
)
