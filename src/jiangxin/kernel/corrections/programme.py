"""What corrections bring."""

from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.parts import (
    Erasure,
    MenuItem,
    Part,
    Permission,
    WaitingItem,
)
from jiangxin.foundation.sealing.files import SealedFiles
from jiangxin.kernel.corrections import permissions
from jiangxin.kernel.corrections.events import EVENTS
from jiangxin.kernel.corrections.models import Correction
from jiangxin.kernel.corrections.operations.asking import keep_conflicts
from jiangxin.kernel.corrections.operations.papers import (
    delete_outdated_papers,
    outdated_papers,
    sealed_papers,
)
from jiangxin.kernel.corrections.queries.corrections import count_waiting
from jiangxin.kernel.corrections.queries.own import rows_of
from jiangxin.kernel.corrections.views.panels import desk_panel, own_panel
from jiangxin.kernel.privacy.registry import AsksCorrections, OwnData
from jiangxin.kernel.register.registry import (
    MovesWithPerson,
    OnRosterConflicts,
    OwnRecordPanel,
    PersonPanel,
)

PART = Part(
    key="corrections",
    title=_("Corrections"),
    purpose=_("What people or rosters say is wrong on record, and settling it."),
    urls="jiangxin.kernel.corrections.urls",
    brings=(
        Permission(
            permissions.DECIDE,
            _("Decide about corrections"),
            _("Approve or refuse what people of the place ask to be corrected."),
            opens_people=True,
        ),
        MenuItem(
            "desk",
            _("Corrections"),
            "corrections:correction-list",
            "pencil",
            permissions.DECIDE,
            order=36,
        ),
        WaitingItem(
            "corrections.waiting",
            _("Corrections waiting for your decision"),
            "pencil",
            "corrections:correction-list",
            count_waiting,
            permissions.DECIDE,
            unit=_("requests"),
        ),
        AsksCorrections(_("My corrections"), "corrections:own-list"),
        OnRosterConflicts(keep_conflicts),
        OwnRecordPanel("corrections/_own_panel.html", own_panel, order=5),
        PersonPanel("corrections/_person_panel.html", desk_panel, order=5),
        OwnData("corrections", _("What I asked to be corrected"), rows_of),
        MovesWithPerson(Correction),
        SealedFiles(sealed_papers),
        Erasure(
            "corrections.papers",
            "correction_papers",
            _("Papers of settled corrections"),
            count=lambda before: len(outdated_papers(before)),
            erase=delete_outdated_papers,
        ),
        *EVENTS,
    ),
)
