"""The list of people who may be registered twice."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.sealing import mask_id_number
from jiangxin.foundation.web.listing import ChoiceFilter, Column, Listing, Search
from jiangxin.kernel.register.enums import DuplicateRule, DuplicateState
from jiangxin.kernel.register.models import DuplicatePair


def _url(pair: DuplicatePair) -> str:
    return reverse("register:duplicate-detail", args=[pair.pk])


DUPLICATES = Listing(
    key="duplicates",
    columns=[
        Column(
            "person",
            _("First record"),
            value="person.name",
            sort=("person__name_pinyin",),
            link=_url,
        ),
        Column(
            "person_id_number",
            _("Identity number"),
            value=lambda pair: mask_id_number(pair.person.id_number),
        ),
        Column("other", _("Second record"), value="other.name"),
        Column(
            "other_id_number",
            _("Identity number"),
            value=lambda pair: mask_id_number(pair.other.id_number),
        ),
        Column("birth_on", _("Date of birth"), value="person.birth_on"),
        Column("rule", _("Found by"), value="get_rule_display", sort=("rule",)),
        Column("state", _("State"), value="get_state_display"),
        Column("found_at", _("Found at"), sort=("found_at",)),
    ],
    filters=[
        Search(
            (
                "person__name__contains",
                "person__name_pinyin__startswith",
                "other__name__contains",
            ),
            hint=_("Name or pinyin"),
        ),
        ChoiceFilter("rule", _("Found by"), DuplicateRule.choices),
        ChoiceFilter("state", _("State"), DuplicateState.choices),
    ],
    sort="-found_at",
    noun=_("pairs"),
)
