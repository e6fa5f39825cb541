"""`jiangxin sealing rotate`: a new key, and everything sealed anew with it."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from jiangxin.foundation.actor import SYSTEM
from jiangxin.foundation.sealing.problems import KeyRingProblem
from jiangxin.foundation.sealing.rotation import rotate
from jiangxin.foundation.sealing.suites import SECRET_BYTES


class Command(BaseCommand):
    help = "Add a key to the ring and seal all personal data anew with it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--suite",
            choices=SECRET_BYTES,
            default=settings.JIANGXIN_CIPHER,
            help="the cipher of the new key; that of JIANGXIN_CIPHER when not given",
        )

    def handle(self, *args: Any, suite: str, **options: Any) -> None:
        try:
            key_id, job = rotate(suite_name=suite, actor=SYSTEM, now=timezone.now())
        except KeyRingProblem as problem:
            raise CommandError(str(problem)) from None
        self.stdout.write(
            _(
                "Key %(key_id)s (%(suite)s) seals from now on. Copy the key ring to its "
                "backup. Job %(job_id)s seals the rest anew; see how far it is with "
                "`jiangxin sealing status`."
            )
            % {"key_id": key_id, "suite": suite, "job_id": job.pk}
        )
