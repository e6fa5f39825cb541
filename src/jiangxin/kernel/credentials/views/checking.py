"""The public page on which anyone checks a file, ours or another's."""

from collections.abc import Callable
from datetime import date, datetime, tzinfo

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from jiangxin.foundation.clock.working_days import FEDERATION_ZONE
from jiangxin.foundation.i18n import listed
from jiangxin.foundation.ui.components import Fact
from jiangxin.foundation.web import Request, page
from jiangxin.kernel.credentials.forms import FileCheck
from jiangxin.kernel.credentials.proofs.report import (
    Check,
    Finding,
    Outcome,
    Report,
    Verdict,
)
from jiangxin.kernel.credentials.rules import first_day, last_day
from jiangxin.kernel.credentials.verification import verify_file
from jiangxin.kernel.credentials.verification.words import (
    CHECKS,
    OUTCOMES,
    VERDICTS,
    explained,
)

TONES = {Outcome.PASSED: "ok", Outcome.FAILED: "bad", Outcome.UNKNOWN: "wait"}
VERDICT_TONES = {
    Verdict.GOOD: "ok",
    Verdict.RESERVED: "warn",
    Verdict.UNCHECKED: "warn",
    Verdict.BAD: "bad",
}
# What helps who made the file, or tells who signed it.
_SHOWN_DETAILS = {
    Check.BUNDLE,
    Check.CONTENTS,
    Check.CONTEXT,
    Check.ISSUER,
    Check.KEY,
    Check.PAPER,
    Check.SEAL,
    Check.STRUCTURE,
}
_SHOWN_CODES = {"proof_unknown"}  # which kind of signature it is


@require_http_methods(["GET", "HEAD", "POST"])
def file_check(request: Request) -> HttpResponse:
    """Check an uploaded file; it is read in memory and kept nowhere."""
    is_sent = request.method == "POST"
    form = FileCheck(request.POST, request.FILES) if is_sent else FileCheck()
    context: dict[str, object] = {"title": _("Check a certificate"), "form": form}
    if is_sent and form.is_valid():
        given = form.cleaned_data
        report = verify_file(
            given["file"].read(),
            at=request.now,
            keys=_contents(given["keys"]),
            status_lists=_contents(given["status_list"]),
        )
        context |= _shown(report) | {"file_name": form.cleaned_data["file"].name}
    return page(request, "credentials/file_check.html", context)


def _contents(file: "UploadedFile[bytes] | None") -> list[bytes]:
    return [file.read()] if file else []


def _shown(report: Report) -> dict[str, object]:
    title, meaning = VERDICTS[report.verdict]
    return {
        "report": report,
        "verdict": title,
        "meaning": meaning,
        "tone": VERDICT_TONES[report.verdict],
        "facts": _facts(report),
        "findings": [_row(finding) for finding in report.findings],
    }


def _row(finding: Finding) -> dict[str, object]:
    may_be_told = finding.check in _SHOWN_DETAILS or finding.code in _SHOWN_CODES
    is_told = may_be_told and finding.outcome != Outcome.PASSED
    return {
        "check": CHECKS[finding.check],
        "outcome": OUTCOMES[finding.outcome],
        "tone": TONES[finding.outcome],
        "text": explained(finding),
        "detail": finding.detail if is_told else "",
    }


def _facts(report: Report) -> list[Fact]:
    """What the file says of itself, as far as it says it."""
    claim = report.claim or {}
    rows = [
        (_("Holder"), listed(claim.get("holders", []))),
        (_("Achievement"), listed(claim.get("achievements", []))),
        (_("Grade"), listed(claim.get("results", []))),
        (_("Number"), listed(claim.get("numbers", []))),
        (_("Issuer"), claim.get("issuer_name") or claim.get("issuer", "")),
        (_("Valid from"), _day(claim.get("valid_from", ""), first_day)),
        (_("Valid to"), _day(claim.get("valid_until", ""), last_day)),
    ]
    return [Fact(label, value) for label, value in rows if value]


def _day(moment: str, read: Callable[[datetime, tzinfo], date]) -> date | str:
    """Return the federation's day of a moment that the file says."""
    try:
        return read(datetime.fromisoformat(moment), FEDERATION_ZONE)
    except (ValueError, OverflowError):  # none, or beyond the calendar
        return moment
