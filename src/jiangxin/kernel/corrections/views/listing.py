"""The list of corrections."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.i18n import listed
from jiangxin.foundation.web.listing import (
    ChoiceFilter,
    Column,
    DateRangeFilter,
    Listing,
    Search,
)
from jiangxin.kernel.corrections.enums import (
    AskedBy,
    CorrectedField,
    CorrectionState,
)
from jiangxin.kernel.corrections.models import Correction


def _url(correction: Correction) -> str:
    return reverse("corrections:correction-detail", args=[correction.pk])


def _fields(correction: Correction) -> str:
    return listed(each.get_field_display() for each in correction.values.all())


CORRECTIONS = Listing(
    key="corrections",
    columns=[
        Column(
            "person",
            _("Person"),
            "person.name",
            sort=("person__name_pinyin",),
            link=_url,
        ),
        Column("fields", _("Values"), _fields),
        Column("asked_by", _("Asked by"), "get_asked_by_display"),
        Column("asked_at", _("Asked at"), sort=("asked_at",)),
        Column("state", _("State"), "get_state_display", sort=("state",)),
        Column("decided_by", _("Decided by"), "decided_by_label"),
    ],
    filters=[
        Search(
            ("person__name__contains", "person__name_pinyin__startswith"),
            hint=_("Name or pinyin"),
        ),
        ChoiceFilter("state", _("State"), CorrectionState.choices),
        ChoiceFilter("asked_by", _("Asked by"), AskedBy.choices),
        ChoiceFilter(
            "field",
            _("Field"),
            CorrectedField.choices,
            narrow=lambda rows, value: rows.filter(values__field=value),
        ),
        DateRangeFilter("asked", _("Asked at"), field="asked_at__date"),
    ],
    sort="asked_at",
    export=True,
    is_personal=True,
    noun=_("requests"),
)
