"""`jiangxin trail verify`: walk the chains and name every break."""

import json
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from jiangxin.foundation.i18n import grouped, table_moment
from jiangxin.foundation.trail.models import TrailCheckpoint
from jiangxin.foundation.trail.verification import Break, VerifyReport, verify


class Command(BaseCommand):
    help = "Check that nothing in the trail was changed, put in or taken out."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--subject", default="", help="one chain: person:12")
        parser.add_argument(
            "--checkpoint",
            type=Path,
            help="a file that holds what `jiangxin trail checkpoint` printed",
        )

    def handle(self, *, subject: str, checkpoint: Path | None, **options: Any) -> None:
        kept = _read(checkpoint) if checkpoint else None
        report = verify(subject=subject, checkpoint=kept, on_break=self._print_break)
        if subject and not report.event_count:
            raise CommandError(
                _(
                    "There are no events of this subject: %(subject)s. Write it as in person:12."
                )
                % {"subject": subject}
            )
        self.stdout.write(_counted(report))
        if report.checkpoint:
            self.stdout.write(_compared(report.checkpoint))
        if not report.is_sound:
            raise CommandError(
                _("The trail was tampered with or damaged; see the breaks above.")
            )

    def _print_break(self, found: Break) -> None:
        place = f"{found.subject} #{found.sequence}" if found.subject else _("trail")
        self.stdout.write(
            _("BREAK %(place)s: %(problem)s")
            % {"place": place, "problem": found.problem}
        )


def _counted(report: VerifyReport) -> str:
    text = _("%(events)s events of %(subjects)s subjects, %(breaks)s breaks.")
    return text % {
        "events": grouped(report.event_count),
        "subjects": grouped(report.subject_count),
        "breaks": grouped(report.break_count),
    }


def _compared(checkpoint: TrailCheckpoint) -> str:
    text = _("Compared with the checkpoint of %(moment)s (%(events)s events).")
    return text % {
        "moment": table_moment(checkpoint.taken_at),
        "events": grouped(checkpoint.event_count),
    }


def _read(path: Path) -> TrailCheckpoint:
    try:
        content = json.loads(path.read_text())
        checkpoint = TrailCheckpoint(**content)
        checkpoint.clean_fields(exclude=["id"])
    except (OSError, ValueError, TypeError, ValidationError) as error:
        text = _("%(path)s does not hold a checkpoint: %(problem)s")
        raise CommandError(text % {"path": path, "problem": error}) from error
    return checkpoint
