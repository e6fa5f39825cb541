"""Checking a bundle: its list, every file against it, and every credential in it."""

from collections.abc import Mapping
from datetime import datetime

from jiangxin.kernel.credentials.proofs import bundle
from jiangxin.kernel.credentials.proofs.checking import (
    check_document,
    verify_credential,
)
from jiangxin.kernel.credentials.proofs.known import Known
from jiangxin.kernel.credentials.proofs.problems import ProofProblem
from jiangxin.kernel.credentials.proofs.reading import LARGEST_FILE, Carried
from jiangxin.kernel.credentials.proofs.report import Check, Outcome, Report, Verdict
from jiangxin.kernel.credentials.proofs.strict_json import read_object

PASSED, FAILED, UNKNOWN = Outcome.PASSED, Outcome.FAILED, Outcome.UNKNOWN

# Of all credentials of a bundle together: each takes its time to check.
LARGEST_CONTENTS = 1_000_000


def verify(data: bytes, *, at: datetime, known: Known) -> Report:
    """Check a file of any kind, a bundle too; never raises for what is in the file."""
    if data.startswith(bundle.START) and len(data) <= LARGEST_FILE:
        return _verify_bundle(data, at, known)
    return verify_credential(data, at=at, known=known)


def _verify_bundle(data: bytes, at: datetime, known: Known) -> Report:
    report = Report(form="bundle")
    try:
        files = bundle.unpack(data)
        document = read_object(bundle.taken_out(files))
    except ProofProblem as problem:
        report.add(Check.FILE, FAILED, problem.code, problem.detail)
        return report
    report.add(Check.FILE, PASSED, "form_bundle", str(len(files)))
    is_signed = check_document(report, Carried("bundle", document), at=at, known=known)
    if not is_signed:
        return report
    try:
        bundle.check_files(document, files)
    except ProofProblem as problem:
        report.add(Check.BUNDLE, FAILED, problem.code, problem.detail)
        return report
    report.add(Check.BUNDLE, PASSED, "bundle_good", str(len(files)))
    _check_contents(report, files, at, known)
    return report


def _check_contents(
    report: Report, files: Mapping[str, bytes], at: datetime, known: Known
) -> None:
    """Check each credential; the PDFs are as the bundle's signer sealed them."""
    credentials = {name: one for name, one in files.items() if name.endswith(".json")}
    if sum(map(len, credentials.values())) > LARGEST_CONTENTS:
        report.add(Check.CONTENTS, UNKNOWN, "contents_large")
        return
    worst: tuple[Outcome, str] = (PASSED, "")
    for name, content in credentials.items():
        # Another file under this name would be read by what is made for such files.
        is_text = content.startswith(b"{")
        verdict = (
            verify_credential(content, at=at, known=known).verdict
            if is_text
            else Verdict.BAD
        )
        if verdict == Verdict.BAD:
            worst = (FAILED, name)
            break
        if verdict != Verdict.GOOD:
            worst = (UNKNOWN, name)
    outcome, name = worst
    code = {PASSED: "contents_good", FAILED: "contents_bad", UNKNOWN: "contents_open"}
    report.add(Check.CONTENTS, outcome, code[outcome], name)
