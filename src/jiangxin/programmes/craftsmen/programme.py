"""What the craftsmen programme brings."""

from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.parts import Part

PROGRAMME = Part(
    key="craftsmen",
    title=_("Craftsmen"),
    purpose=_("Workers become craftsmen: grades, tiers and star technicians."),
)
