"""What the account of people's data brings."""

from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.parts import MenuItem, Part, Permission, WaitingItem
from jiangxin.foundation.web.listing import ExportKeeper
from jiangxin.kernel.privacy import permissions
from jiangxin.kernel.privacy.events import EVENTS
from jiangxin.kernel.privacy.models import Consent, DataRequest, PersonalDataView
from jiangxin.kernel.privacy.operations.exports import keep_export, rows_without_reason
from jiangxin.kernel.privacy.queries.outdated import ERASURES
from jiangxin.kernel.privacy.queries.own import OWN_DATA
from jiangxin.kernel.privacy.queries.requests import count_requests_waiting
from jiangxin.kernel.privacy.views.panels import desk_panel, own_panel
from jiangxin.kernel.register.registry import (
    MovesWithPerson,
    OwnRecordPanel,
    PersonPanel,
)

PART = Part(
    key="privacy",
    title=_("Personal data"),
    purpose=_("What is shown, taken out, agreed to, asked for and deleted."),
    urls="jiangxin.kernel.privacy.urls",
    brings=(
        Permission(
            permissions.VIEW_USES,
            _("See who used personal data"),
            _("Who was shown identity numbers and phones, and who exported lists."),
        ),
        Permission(
            permissions.ANSWER_REQUESTS,
            _("Answer requests about data"),
            _("Corrections and deletions that people of the place ask for."),
            opens_people=True,
        ),
        Permission(
            permissions.RECORD_REQUESTS,
            _("Record requests about data"),
            _("What somebody asks about their own data at the counter; never answers."),
        ),
        MenuItem(
            "desk",
            _("Requests about data"),
            "privacy:request-list",
            "inbox",
            permissions.ANSWER_REQUESTS,
            order=80,
        ),
        MenuItem(
            "desk",
            _("Who was shown personal data"),
            "privacy:view-list",
            "eye",
            permissions.VIEW_USES,
            order=910,
        ),
        MenuItem(
            "desk",
            _("Exported lists of people"),
            "privacy:export-list",
            "download",
            permissions.VIEW_USES,
            order=920,
        ),
        WaitingItem(
            "privacy.requests_waiting",
            _("Requests about data waiting for an answer"),
            "inbox",
            "privacy:request-list",
            count_requests_waiting,
            permissions.ANSWER_REQUESTS,
        ),
        ExportKeeper(rows_without_reason, keep_export),
        PersonPanel("privacy/_person_panel.html", desk_panel, order=10),
        OwnRecordPanel("privacy/_own_panel.html", own_panel, order=10),
        MovesWithPerson(PersonalDataView),
        MovesWithPerson(Consent),
        MovesWithPerson(DataRequest),
        *OWN_DATA,
        *ERASURES,
        *EVENTS,
    ),
)
