"""`jiangxin trail verify`: walk the chains and name every break."""

import json
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from jiangxin.foundation.trail.models import TrailCheckpoint
from jiangxin.foundation.trail.verification import Break, verify


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
        self.stdout.write(
            f"{report.event_count} events of {report.subject_count} subjects, "
            f"{report.break_count} breaks."
        )
        if report.checkpoint:
            self.stdout.write(
                f"Compared with the checkpoint of {report.checkpoint.taken_at:%F %R} "
                f"({report.checkpoint.event_count} events)."
            )
        if not report.is_sound:
            message = "The trail was tampered with or damaged; see the breaks above."
            raise CommandError(message)

    def _print_break(self, found: Break) -> None:
        place = f"{found.subject} #{found.sequence}" if found.subject else "trail"
        self.stdout.write(f"BREAK {place}: {found.problem}")


def _read(path: Path) -> TrailCheckpoint:
    try:
        content = json.loads(path.read_text())
        checkpoint = TrailCheckpoint(**content)
        checkpoint.clean_fields(exclude=["id"])
    except (OSError, ValueError, TypeError, ValidationError) as error:
        message = f"{path} does not hold a checkpoint: {error}"
        raise CommandError(message) from error
    return checkpoint
