"""What the service window tells people."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.i18n import table_date
from jiangxin.kernel.notices.registry import NoticeKind, NoticeText, Told


def _renewal(told: Told) -> NoticeText:
    ends = {"day": table_date(date.fromisoformat(told.facts["valid_to"]))}
    return NoticeText(
        title=_("The certificate of your union ends on %(day)s") % ends,
        text=_(
            "Hold the election of the new committee, then renew the certificate: within"
            " the thirty days before it ends."
        ),
        url=reverse("service_window:certificate-renew", args=[told.about]),
    )


RENEWAL = NoticeKind(
    "service_window.renewal_invited",
    _("Renewal of the union's certificate"),
    _("90, 60 and 30 days before the certificate of your union ends."),
    _renewal,
    to="account",
    facts=frozenset({"valid_to"}),
)
