"""`jiangxin logs verify FILE`: check the trail's chains in shipped JSON lines."""

from argparse import FileType
from typing import Any, TextIO

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from jiangxin.foundation.i18n import grouped
from jiangxin.foundation.logs.verification import verify_lines


class Command(BaseCommand):
    help = "Check that nothing is missing or changed in a file of shipped events."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=FileType(encoding="utf-8"), help="JSON lines")

    def handle(self, *, file: TextIO, **options: Any) -> None:
        try:
            with file:
                report = verify_lines(file)
        except (ValueError, KeyError, TypeError) as problem:
            text = _("%(path)s does not hold shipped events: %(problem)s")
            raise CommandError(
                text % {"path": file.name, "problem": problem}
            ) from problem
        for found in report.breaks:
            self.stdout.write(
                _("BREAK %(place)s: %(problem)s")
                % {
                    "place": f"{found.subject} #{found.sequence}",
                    "problem": found.problem,
                }
            )
        counted = _("%(events)s events of %(subjects)s subjects, %(breaks)s breaks.")
        self.stdout.write(
            counted
            % {
                "events": grouped(report.event_count),
                "subjects": grouped(report.subject_count),
                "breaks": grouped(report.break_count),
            }
        )
        if not report.is_sound:
            raise CommandError(
                _("The trail was tampered with or damaged; see the breaks above.")
            )
