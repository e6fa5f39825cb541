"""What the service window programme brings."""

from datetime import time
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.jobs.daily import Daily
from jiangxin.foundation.parts import MenuItem, Part
from jiangxin.kernel.matters.enums import ServiceSubject
from jiangxin.kernel.matters.permissions import VIEW
from jiangxin.kernel.matters.registry import (
    Known,
    MatterPanel,
    OnGranted,
    OtherService,
    ServiceFolder,
)
from jiangxin.kernel.policy.registry import PolicyFolder
from jiangxin.kernel.privacy.permissions import RECORD_REQUESTS
from jiangxin.programmes.service_window import jobs
from jiangxin.programmes.service_window.declared import read_local_rules
from jiangxin.programmes.service_window.events import EVENTS
from jiangxin.programmes.service_window.operations.certificates import (
    cancel_certificate,
    issue_certificate,
)
from jiangxin.programmes.service_window.operations.memberships import (
    join_union,
    move_membership,
)
from jiangxin.programmes.service_window.queries import known
from jiangxin.programmes.service_window.registry import (
    CANCELLATION,
    ISSUES,
    JOIN,
    MOVE,
)
from jiangxin.programmes.service_window.telling import RENEWAL
from jiangxin.programmes.service_window.views.numbers import certificate_panel

_UNION = ServiceSubject.ORGANISATION

# What people ask about their own data is kept and answered apart (ADR 0029).
OWN_DATA = (
    OtherService(
        "portal",
        _("My own data: copy, correction, deletion"),
        _(
            "See who was shown your data, take a copy, have it put right or deleted. You"
            " are told the day by which you are answered."
        ),
        _("To my data"),
        "privacy:own-data",
    ),
    OtherService(
        "desk",
        _("A person's own data: copy, correction, deletion"),
        _(
            "For somebody who has come to the counter. Recorded here, answered by whoever"
            " looks after personal data, by a day that the person is told."
        ),
        _("Record a request"),
        "privacy:request-record",
        RECORD_REQUESTS,
    ),
)

KNOWN = (
    Known("certificate_number", _("Certificate number"), _UNION, known.number),
    Known(
        "certificate_legal_representative",
        _("Legal representative"),
        _UNION,
        known.legal_representative,
    ),
    Known("certificate_domicile", _("Domicile"), _UNION, known.domicile),
    Known(
        "certificate_authority", _("Registration authority"), _UNION, known.authority
    ),
    Known("certificate_valid_to", _("Valid to"), _UNION, known.valid_to),
)

PROGRAMME = Part(
    key="service_window",
    title=_("Service window"),
    purpose=_(
        "Certificates of unions, joining a union and moving between unions: handed in"
        " once, done by the window."
    ),
    urls="jiangxin.programmes.service_window.urls",
    brings=(
        PolicyFolder(Path(__file__).parent / "policy"),
        ServiceFolder(Path(__file__).parent / "services"),
        *KNOWN,
        *read_local_rules(),
        *(OnGranted(code, issue_certificate) for code in ISSUES),
        OnGranted(CANCELLATION, cancel_certificate),
        OnGranted(JOIN, join_union),
        OnGranted(MOVE, move_membership),
        MatterPanel(
            tuple(ISSUES), "service_window/_certificate_panel.html", certificate_panel
        ),
        *OWN_DATA,
        MenuItem(
            "desk",
            _("Union certificates"),
            "service_window:certificate-list",
            "certificate",
            VIEW,
            30,
        ),
        MenuItem(
            "desk",
            _("Election calendar"),
            "service_window:election-list",
            "calendar",
            VIEW,
            31,
        ),
        RENEWAL,
        jobs.invite_renewals,
        Daily(jobs.invite_renewals, at=time(6, 30)),
        *EVENTS,
    ),
)
