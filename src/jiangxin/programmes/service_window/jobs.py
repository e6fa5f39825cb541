"""What the window does by itself, every night."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.jobs.context import JobContext
from jiangxin.foundation.jobs.registry import job
from jiangxin.programmes.service_window.operations.inviting import invite_all


@job("service_window.invite_renewals", title=_("Invite unions to renew certificates"))
def invite_renewals(context: JobContext) -> dict[str, Any]:
    """Killed, another attempt invites those who are left."""
    return {"invited": invite_all(context.now)}
