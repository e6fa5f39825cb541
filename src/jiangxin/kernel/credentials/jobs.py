"""A contest's thousand certificates, in the background."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.jobs.context import JobContext
from jiangxin.foundation.jobs.registry import job
from jiangxin.kernel.credentials.enums import BatchForm
from jiangxin.kernel.credentials.operations.batches import issue_batch, write_batch

ISSUE_BATCH = "credentials.issue_batch"


@job(ISSUE_BATCH, title=_("Issue credentials and make their certificates"))
def issue_many(
    context: JobContext, *, credential_ids: list[int], form: str
) -> dict[str, Any]:
    """Issue, then make one file. Done again, it issues nothing twice."""

    def issuing(done: int, total: int) -> None:
        context.raise_if_cancelled()
        # Not the end of the job: the certificates come after.
        context.progress(done, total + 1, _("Issuing"))

    def making(done: int, total: int) -> None:
        context.raise_if_cancelled()
        context.progress(done, total, _("Making certificates"))

    done = issue_batch(
        credential_ids, actor=context.actor, now=context.now, report=issuing
    )
    issue_ids = [each.pk for each in [*done.issued, *done.already]]
    made = write_batch(
        context.job_id,
        issue_ids,
        BatchForm(form),
        actor=context.actor,
        now=context.now,
        report=making,
    )
    return {
        "url": reverse("credentials:batch", args=[context.job_id]),
        "issue_ids": issue_ids,
        "issued": len(done.issued),
        "already": len(done.already),
        "made": made,
        "refused": {
            str(pk): getattr(problem, "code", "not_found")
            for pk, problem in done.refused.items()
        },
    }
