"""What time does to matters, in the background."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.jobs.context import JobContext
from jiangxin.foundation.jobs.registry import job
from jiangxin.kernel.matters.operations.sweeping import sweep

SWEEP = "matters.sweep"


@job(SWEEP, title=_("Look through matters for lapses and delays"))
def sweep_matters(context: JobContext) -> dict[str, Any]:
    """Killed, another attempt does what is left."""
    return {"counts": sweep(context.now)}
