from django.contrib.auth.decorators import login_required
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from jiangxin.foundation.ui.components import Crumb, Empty
from jiangxin.foundation.web import Request
from jiangxin.foundation.web.listing import (
    ChoiceFilter,
    Column,
    DateRangeFilter,
    Listing,
    Search,
    listing_page,
)
from jiangxin.kernel.access import queries
from jiangxin.kernel.access.enums import SignInAct
from jiangxin.kernel.access.rules import device_name
from jiangxin.kernel.access.views.frames import frame_of

_AT = Column("at", gettext_lazy("Time"), sort=("at", "pk"))
_ACT = Column("act", gettext_lazy("Event"), value="get_act_display")
_ADDRESS = Column("address", gettext_lazy("Network address"))
_DEVICE = Column(
    "device",
    gettext_lazy("Device"),
    value=lambda row: device_name(row.device),
    export="device",
)
_ACTS = ChoiceFilter("act", gettext_lazy("Event"), SignInAct.choices)
_TIMES = DateRangeFilter("at", gettext_lazy("Time"), field="at__date")

OWN_SIGN_INS = Listing(
    key="my-sign-ins",
    columns=[_AT, _ACT, _ADDRESS, _DEVICE],
    filters=[_ACTS, _TIMES],
    sort="-at",
)
SIGN_INS = Listing(
    key="sign-ins",
    columns=[
        _AT,
        _ACT,
        Column("username", gettext_lazy("Sign-in name"), value="account.username"),
        Column("name", gettext_lazy("Name"), value="account.display_name"),
        _ADDRESS,
        _DEVICE,
    ],
    filters=[
        Search(("account__username__contains", "account__display_name__contains")),
        _ACTS,
        _TIMES,
    ],
    sort="-at",
    export=True,
)


@login_required
@require_safe
def own_sign_ins(request: Request) -> HttpResponseBase:
    return listing_page(
        request,
        OWN_SIGN_INS,
        queryset=queries.own_sign_ins(request.actor),
        title=_("My sign-ins"),
        purpose=_("If one of these was not you, change your password at once."),
        crumbs=[
            Crumb(_("My account"), reverse("access:account")),
            Crumb(_("My sign-ins")),
        ],
        empty=Empty(_("No sign-ins yet"), icon="login"),
        context={"frame_template": frame_of(request)},
    )


@login_required
@require_safe
def sign_in_list(request: Request) -> HttpResponseBase:
    return listing_page(
        request,
        SIGN_INS,
        queryset=queries.sign_ins_visible_to(request.actor),
        title=_("Sign-in log"),
        purpose=_("Who came in or failed to, when and from where."),
        empty=Empty(_("No sign-ins yet"), icon="login"),
    )
