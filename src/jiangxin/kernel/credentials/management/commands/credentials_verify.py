"""`jiangxin credentials verify`: say whether a file is genuine, or what is wrong."""

import json
import sys
from argparse import ArgumentParser
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from jiangxin.kernel.credentials.proofs.reading import LARGEST_FILE
from jiangxin.kernel.credentials.proofs.report import Report, Verdict
from jiangxin.kernel.credentials.verification import verify_file
from jiangxin.kernel.credentials.verification.words import (
    CHECKS,
    OUTCOMES,
    VERDICTS,
    explained,
)

SIGNED = {Verdict.GOOD, Verdict.RESERVED}


class Command(BaseCommand):
    help = (
        "Check a credential: JSON, JWT, a baked PNG or SVG, a PDF with one attached, or a "
        "skills passport (ZIP). "
        "Nothing is fetched. Ends with 1 when it is not in order or was not checked."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--keys",
            type=Path,
            action="append",
            default=[],
            help="a DID document, key set, key or certificate (PEM) of another issuer; "
            "may be repeated",
        )
        parser.add_argument(
            "--trust",
            action="append",
            default=[],
            metavar="ISSUER",
            help="identifier of an issuer whom you vouch for; may be repeated",
        )
        parser.add_argument(
            "--status-list",
            type=Path,
            action="append",
            default=[],
            metavar="FILE",
            help="a status list of another issuer, as signed; may be repeated",
        )
        parser.add_argument("--at", help="the moment to check for; now when not given")
        parser.add_argument("--json", action="store_true", help="the report as JSON")

    def handle(
        self,
        *args: Any,
        file: Path,
        keys: list[Path],
        trust: list[str],
        at: str | None,
        **options: Any,
    ) -> None:
        report = verify_file(
            _read(file),
            at=_moment(at),
            keys=[_read(one) for one in keys],
            trusted=trust,
            status_lists=[_read(one) for one in options["status_list"]],
        )
        if options["json"]:
            self.stdout.write(json.dumps(as_json(report), ensure_ascii=False, indent=2))
        else:
            self._tell(report)
        if report.verdict not in SIGNED:
            sys.exit(1)

    def _tell(self, report: Report) -> None:
        title, meaning = VERDICTS[report.verdict]
        self.stdout.write(f"{title}. {meaning}\n")
        for finding in report.findings:
            detail = f" ({finding.detail})" if finding.detail else ""
            self.stdout.write(
                f"  {CHECKS[finding.check]}: {OUTCOMES[finding.outcome]}. "
                f"{explained(finding)}{detail}"
            )


def as_json(report: Report) -> dict[str, Any]:
    """Return a report for programs: codes, and the words beside them."""
    return {
        "verdict": report.verdict,
        "form": report.form,
        "claim": report.claim,
        "checks": [
            {
                "check": finding.check,
                "outcome": finding.outcome,
                "code": finding.code,
                "text": str(explained(finding)),
                "detail": finding.detail,
            }
            for finding in report.findings
        ],
    }


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LARGEST_FILE + 1)
    except OSError as problem:
        message = _("%(path)s cannot be read: %(problem)s.")
        values = {"path": path, "problem": problem.strerror}
        raise CommandError(message % values) from None


def _moment(given: str | None) -> datetime:
    if given is None:
        return timezone.now()
    try:
        moment = datetime.fromisoformat(given)
    except ValueError:
        message = _("%(given)s is no moment such as 2026-11-22T10:00:00+08:00.")
        raise CommandError(message % {"given": given}) from None
    return moment if moment.tzinfo else timezone.make_aware(moment)
