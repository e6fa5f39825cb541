"""A piece of work done in the background, and how far it is."""

from typing import ClassVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.jobs.enums import FINISHED, JobState
from jiangxin.foundation.jobs.registry import title_of


class Job(models.Model):
    """The truth about one job; the rows of django-tasks only tell workers to look.

    A worker that takes the job writes its name and counts the attempt; whatever it
    writes later counts only while both are still so. Neither `args` nor `result` holds
    personal data in the clear: refer to records by number. language: of whoever began
    it; stage and problem are written in it.
    """

    kind = models.CharField(_("Kind"), max_length=64)
    args = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    state = models.CharField(
        _("State"), max_length=10, choices=JobState, default=JobState.WAITING
    )
    stage = models.CharField(_("Stage"), max_length=200, blank=True)
    progress_done = models.PositiveBigIntegerField(default=0)
    progress_total = models.PositiveBigIntegerField(default=0)
    result = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    problem_code = models.CharField(max_length=64, blank=True)
    problem = models.TextField(_("Problem"), blank=True)
    created_by = models.BigIntegerField(null=True)
    created_by_label = models.CharField(_("Begun by"), max_length=150)
    language = models.CharField(max_length=10)
    created_at = models.DateTimeField(_("Begun at"))
    started_at = models.DateTimeField(_("Started at"), null=True)
    finished_at = models.DateTimeField(_("Finished at"), null=True)
    cancel_asked_at = models.DateTimeField(null=True)
    worker = models.CharField(max_length=200, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    heartbeat_at = models.DateTimeField(null=True)

    class Personal:
        fields: ClassVar = {
            "created_by": "to show people their own jobs",
            "created_by_label": "to show whose work is running",
        }
        retention = "jobs"

    class Meta:
        verbose_name = _("Job")
        indexes: ClassVar = [
            models.Index(fields=["created_by", "-created_at"], name="jobs_by_creator"),
            models.Index(
                fields=["state"],
                name="jobs_unfinished",
                condition=~Q(state__in=FINISHED),
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=FINISHED, finished_at__isnull=False)
                | (~Q(state__in=FINISHED) & Q(finished_at__isnull=True)),
                name="jobs_finished_has_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state=JobState.RUNNING) | ~Q(worker=""),
                name="jobs_running_has_a_worker",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} #{self.pk} {self.state}"

    @property
    def title(self) -> str | Promise:
        return title_of(self.kind)

    @property
    def is_finished(self) -> bool:
        return self.state in FINISHED
