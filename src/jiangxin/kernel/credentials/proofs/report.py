"""What checking a file found, check by check, in codes that pages put into words."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Check(StrEnum):
    """In the order in which they are made. SEAL, PAPER: of a PDF. BUNDLE, CONTENTS: of several."""

    FILE = "file"
    STRUCTURE = "structure"
    CONTEXT = "context"
    KEY = "key"
    SIGNATURE = "signature"
    ISSUER = "issuer"
    VALIDITY = "validity"
    SEAL = "seal"
    PAPER = "paper"
    BUNDLE = "bundle"
    CONTENTS = "contents"
    STATUS = "status"


class Outcome(StrEnum):
    PASSED = "passed"
    FAILED = "failed"
    UNKNOWN = "unknown"


class Verdict(StrEnum):
    """What all checks together come to.

    RESERVED: nothing is wrong and the signature is good, but something could not be
    known, such as who stands behind the key. UNCHECKED: not even the signature.
    """

    GOOD = "good"
    RESERVED = "reserved"
    UNCHECKED = "unchecked"
    BAD = "bad"


@dataclass(frozen=True)
class Finding:
    """code: a stable key. detail: a value of the file, shortened; never trusted."""

    check: Check
    outcome: Outcome
    code: str
    detail: str = ""


@dataclass
class Report:
    """form: how the file carries the credential. claim: what it says, if it is readable."""

    form: str = ""
    claim: dict[str, Any] | None = None
    findings: list[Finding] = field(default_factory=list)

    @property
    def verdict(self) -> Verdict:
        outcomes = {finding.outcome for finding in self.findings}
        if Outcome.FAILED in outcomes or not self.findings:
            return Verdict.BAD
        signature = self.of(Check.SIGNATURE)
        if signature is None or signature.outcome is not Outcome.PASSED:
            return Verdict.UNCHECKED
        return Verdict.RESERVED if Outcome.UNKNOWN in outcomes else Verdict.GOOD

    def of(self, check: Check) -> Finding | None:
        """Return what a check found; None when it was not reached."""
        return next((one for one in self.findings if one.check == check), None)

    def add(self, check: Check, outcome: Outcome, code: str, detail: str = "") -> None:
        self.findings.append(Finding(check, outcome, code, detail[:LONGEST_DETAIL]))


LONGEST_DETAIL = 200
