"""`jiangxin sealing status`: the keys, and how much each still seals."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from jiangxin.foundation.jobs.models import Job
from jiangxin.foundation.jobs.queries import progress_of
from jiangxin.foundation.sealing import ring
from jiangxin.foundation.sealing.jobs import RESEAL_ALL
from jiangxin.foundation.sealing.rotation import files_by_key, values_by_key


class Command(BaseCommand):
    help = "Show the keys of the ring, what each seals, and how far sealing anew is."

    def handle(self, *args: Any, **options: Any) -> None:
        keys, values, files = ring.current(), values_by_key(), files_by_key()
        for key_id, key in sorted(keys.keys.items()):
            line = _("Key %(key_id)s (%(suite)s): %(values)s values, %(files)s files")
            numbers = {"values": values[key_id], "files": files[key_id]}
            shown = line % {"key_id": key_id, "suite": key.suite_name, **numbers}
            mark = "* " if key is keys.active else "  "
            self.stdout.write(mark + shown)
        job = Job.objects.filter(kind=RESEAL_ALL).order_by("pk").last()
        if job:
            reached = progress_of(job)
            self.stdout.write(
                _("Sealing anew: %(state)s, %(done)s of %(total)s")
                % {
                    "state": job.get_state_display(),
                    "done": reached.done,
                    "total": reached.total,
                }
            )
