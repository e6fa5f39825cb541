"""What the credentials part brings."""

from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.parts import Part

PART = Part(
    key="credentials",
    title=_("Credentials"),
    purpose=_("Skill grades, titles, honours and certificates as records."),
)
