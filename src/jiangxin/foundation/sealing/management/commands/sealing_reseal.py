"""`jiangxin sealing reseal`: go on sealing anew what is left of older keys."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from jiangxin.foundation.actor import SYSTEM
from jiangxin.foundation.jobs.operations import start
from jiangxin.foundation.sealing.jobs import RESEAL_ALL


class Command(BaseCommand):
    help = "Seal anew, in the background, what older keys still seal."

    def handle(self, *args: Any, **options: Any) -> None:
        job = start(RESEAL_ALL, {}, actor=SYSTEM, now=timezone.now())
        self.stdout.write(_("Job %(job_id)s has begun.") % {"job_id": job.pk})
