"""Where a value comes from, as the small text beside it."""

from django.utils.translation import gettext as _

from jiangxin.foundation.i18n import table_date
from jiangxin.kernel.register.enums import Source
from jiangxin.kernel.register.models import (
    BankAccount,
    Employment,
    Membership,
    PersonDetails,
)
from jiangxin.kernel.register.rules.sources import origin_of


def beside(version: PersonDetails, field: str, *more: str) -> str:
    """Return what stands beside a value: `more`, who says so, and since when."""
    origin = origin_of(version.sources, field)
    said = _said(origin.source, table_date(origin.on)) if origin else ""
    return " · ".join(filter(None, (*more, said)))


def beside_tie(tie: Employment | Membership | None, *more: str) -> str:
    """Return the same for an employment or a membership, which says its day itself."""
    said = Source(tie.source).label if tie is not None and tie.source else ""
    source = _("Source: %(source)s") % {"source": said} if said else ""
    return " · ".join(filter(None, (*more, source)))


def beside_account(account: BankAccount | None) -> str:
    if account is None:
        return ""
    return _said(Source(account.source), table_date(account.recorded_at))


def _said(source: Source, day: str) -> str:
    return _("Source: %(source)s, %(day)s") % {"source": source.label, "day": day}
