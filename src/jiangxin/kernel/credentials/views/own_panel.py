from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from jiangxin.foundation.ui.components import Moment, Tone
from jiangxin.kernel.credentials.enums import CredentialStatus
from jiangxin.kernel.credentials.models import Credential
from jiangxin.kernel.register.registry import PanelFor

TONES: dict[str, Tone] = {
    CredentialStatus.VALID: "ok",
    CredentialStatus.SUSPENDED: "wait",
    CredentialStatus.REVOKED: "bad",
    CredentialStatus.SUPERSEDED: "off",
}


def own_panel(panel: PanelFor) -> Mapping[str, Any]:
    """What the worker holds, newest first, for their own record in the portal."""
    held = Credential.objects.filter(person=panel.id).order_by("-valid_from", "-pk")
    return {"moments": [_moment(each) for each in held]}


def _moment(credential: Credential) -> Moment:
    words = [
        credential.grade_label,
        credential.quantity_label,
        _("No. %(number)s") % {"number": credential.number}
        if credential.number
        else "",
        credential.get_status_display(),
    ]
    return Moment(
        at=credential.valid_from,
        title=str(credential),
        by=credential.issuer,
        text=" · ".join(filter(None, words)),
        tone=TONES.get(credential.status, "info"),
    )
