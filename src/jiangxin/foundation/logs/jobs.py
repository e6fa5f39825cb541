"""Shipping by the platform itself, to the targets of JIANGXIN_LOG_TARGET."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.jobs.context import JobContext
from jiangxin.foundation.jobs.registry import job
from jiangxin.foundation.logs.operations import ship


@job("logs.ship", title=_("Ship logs out"))
def ship_logs(context: JobContext) -> dict[str, Any]:
    """Ship to every target; one that cannot be reached holds up those after it."""
    return {
        address: ship(address, now=context.now).events
        for address in settings.JIANGXIN_LOG_TARGET
    }


def pause() -> timedelta | None:
    """Return how long to wait between two shippings; None when there is no target."""
    if not settings.JIANGXIN_LOG_TARGET:
        return None
    return timedelta(minutes=settings.JIANGXIN_LOG_MINUTES)
