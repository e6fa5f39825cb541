"""What notices bring."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.parts import (
    HomePanel,
    MenuItem,
    Part,
    WaitingItem,
    erasure_of_rows,
)
from jiangxin.kernel.access.permissions import USE_DESK, USE_PORTAL
from jiangxin.kernel.notices.events import NoticeChosen
from jiangxin.kernel.notices.models import Notice, NoticeChoice
from jiangxin.kernel.notices.operations.merging import keep_apart
from jiangxin.kernel.notices.queries.inbox import (
    count_unread_of_account,
    count_unread_of_person,
)
from jiangxin.kernel.notices.queries.own import choices_of, rows_of
from jiangxin.kernel.notices.views.panels import portal_panel
from jiangxin.kernel.privacy.registry import OwnData
from jiangxin.kernel.register.registry import MovesWithPerson


def _made_before(before: datetime) -> QuerySet[Notice]:
    return Notice.objects.filter(made_at__lt=before)


PART = Part(
    key="notices",
    title=_("Notices"),
    purpose=_("What people are told, and what they do not want to be told."),
    urls="jiangxin.kernel.notices.urls",
    brings=(
        NoticeChosen,
        MenuItem(
            "portal",
            _("Notices"),
            "notices:portal-list",
            "bell",
            USE_PORTAL,
            order=16,
            count=count_unread_of_person,
        ),
        MenuItem(
            "desk",
            _("Notices"),
            "notices:desk-list",
            "bell",
            USE_DESK,
            order=15,
            count=count_unread_of_account,
        ),
        WaitingItem(
            "notices.unread",
            _("Notices you have not read"),
            "bell",
            "notices:desk-list",
            count_unread_of_account,
            USE_DESK,
            unit=_("notices"),
        ),
        HomePanel(
            "portal",
            "notices/_portal_panel.html",
            portal_panel,
            permission=USE_PORTAL,
            order=5,
        ),
        OwnData("notices", _("What I was told"), rows_of),
        OwnData("notice_choices", _("What I want to be told"), choices_of),
        MovesWithPerson(Notice, changing=("key",), settle=keep_apart),
        MovesWithPerson(NoticeChoice),
        erasure_of_rows("notices.notices", "notices", _("Notices"), _made_before),
    ),
)
