"""The list of what one was told, in the portal and at the desk alike."""

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jiangxin.foundation.parts import Text
from jiangxin.foundation.web.listing import (
    ChoiceFilter,
    Column,
    DateRangeFilter,
    Listing,
)
from jiangxin.kernel.notices.models import Notice
from jiangxin.kernel.notices.queries.reading import kind_label, text_of
from jiangxin.kernel.notices.registry import kinds

STATES = (
    ("new", pgettext_lazy("notice", "New")),
    ("read", pgettext_lazy("notice", "Read")),
)


def _narrow_state(rows: QuerySet[Notice], state: str) -> QuerySet[Notice]:
    return rows.filter(read_at__isnull=state == "new")


def _kinds(request: HttpRequest) -> list[tuple[str, Text]]:
    """Those that can be read at this door."""
    reader = "account" if request.path.startswith("/desk/") else "person"
    return [(one.key, one.label) for one in kinds().values() if one.to == reader]


NOTICES = Listing(
    key="notices",
    columns=[
        Column("notice", _("Notice"), text_of, template="notices/_notice.html"),
        Column("kind", _("Kind"), kind_label),
        Column("made_at", _("Received"), sort=("made_at",)),
        Column("acts", _("What to do"), "pk", template="notices/_acts.html"),
    ],
    filters=[
        ChoiceFilter("state", _("State"), STATES, narrow=_narrow_state),
        ChoiceFilter("kind", _("Kind"), _kinds),
        DateRangeFilter("made", _("Received"), field="made_at__date"),
    ],
    sort="-made_at",
    noun=_("notices"),
)
