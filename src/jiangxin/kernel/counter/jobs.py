"""What time does to bookings, in the background."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.jobs.context import JobContext
from jiangxin.foundation.jobs.registry import job
from jiangxin.kernel.counter.operations.booking import miss_bookings


@job("counter.miss_bookings", title=_("Mark bookings that nobody came for"))
def mark_missed_bookings(context: JobContext) -> dict[str, Any]:
    """Run again it changes nothing."""
    return {"missed": miss_bookings(context.now)}
