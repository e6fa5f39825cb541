"""The states of a job and their allowed moves."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class JobState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Cancelled")


# A running job waits again when its worker died or was stopped.
MOVES = {
    JobState.WAITING: {JobState.RUNNING, JobState.FAILED, JobState.CANCELLED},
    JobState.RUNNING: {
        JobState.WAITING,
        JobState.DONE,
        JobState.FAILED,
        JobState.CANCELLED,
    },
}
FINISHED = (JobState.DONE, JobState.FAILED, JobState.CANCELLED)
