"""Matching the whole register in the background."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.jobs.context import JobContext
from jiangxin.foundation.jobs.registry import job
from jiangxin.kernel.policy.operations import match_register
from jiangxin.kernel.policy.operations.publishing import put_due_into_effect
from jiangxin.kernel.policy.registry import look_again

MATCH_ALL = "policy.match_all"


@job(MATCH_ALL, title=_("Match all policies with the whole register"))
def match_all(context: JobContext) -> dict[str, Any]:
    """Match with what is in effect by now; killed, another attempt does what is left."""

    def report(done: int, total: int) -> None:
        context.raise_if_cancelled()
        context.progress(done, total, _("Matching policies"))

    put_due_into_effect(now=context.now)
    look_again()
    run = match_register(
        actor=context.actor, now=context.now, reason=MATCH_ALL, report=report
    )
    return {"counts": run.counts, "url": reverse("policy:policy-list")}
