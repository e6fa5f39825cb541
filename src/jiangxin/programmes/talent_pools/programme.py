"""What the talent pools programme brings."""

from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.parts import Part

PROGRAMME = Part(
    key="talent_pools",
    title=_("Talent pools"),
    purpose=_("Registers of talent by criteria, such as makers of the countryside."),
)
