"""What ratings bring."""

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.parts import MenuItem, Part, Permission, WaitingItem
from jiangxin.kernel.matters.registry import (
    Guarded,
    MatterPanel,
    OnGranted,
    ServiceFolder,
)
from jiangxin.kernel.ratings import permissions
from jiangxin.kernel.ratings.events import EVENTS
from jiangxin.kernel.ratings.operations.following import refuse_without_reply
from jiangxin.kernel.ratings.operations.rating import FOLLOW_UPS
from jiangxin.kernel.ratings.queries.ratings import count_unanswered
from jiangxin.kernel.ratings.views import panels

SERVICES = tuple(FOLLOW_UPS.values())

PART = Part(
    key="ratings",
    title=_("Ratings"),
    purpose=_("What people say of how their matter was handled, and what follows."),
    urls="jiangxin.kernel.ratings.urls",
    brings=(
        Permission(
            permissions.VIEW,
            _("See ratings"),
            _("The grades given at the place, without the matter or who gave them."),
        ),
        Permission(
            permissions.FOLLOW,
            _("Follow bad ratings up"),
            _("Call back, verify, decide about appeals and reply; never of one's own."),
            opens_people=True,
        ),
        MenuItem(
            "desk",
            _("Ratings"),
            "ratings:rating-list",
            "star",
            permissions.VIEW,
            order=44,
        ),
        WaitingItem(
            "ratings.unanswered",
            _("Bad ratings without a reply"),
            "star",
            "ratings:rating-list",
            count_unanswered,
            permissions.FOLLOW,
            unit=_("ratings"),
        ),
        ServiceFolder(Path(__file__).parent / "services"),
        *(Guarded(one, permissions.FOLLOW) for one in SERVICES),
        *(OnGranted(one, refuse_without_reply) for one in SERVICES),
        MatterPanel(
            (), "ratings/_own_panel.html", panels.applicant_panel, for_applicant=True
        ),
        MatterPanel((), "ratings/_desk_panel.html", panels.desk_panel),
        MatterPanel(SERVICES, "ratings/_follow_up_panel.html", panels.follow_up_panel),
        *EVENTS,
    ),
)
