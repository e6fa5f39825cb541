"""From a signed document to what its certificate says on paper.

The document is read, not the record: paper and proof say the same, whatever became of
the record since.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from jiangxin.kernel.credentials.printing.days import in_words
from jiangxin.kernel.credentials.printing.facts import CertificateFacts, Line, Sheet
from jiangxin.kernel.credentials.rules import last_day


@dataclass(frozen=True)
class Issue:
    """One issue of a credential, as far as paper is concerned.

    kind: a key of wording.yaml. code: what a person types at `address`.
    zone: of the days on the certificate.
    """

    document: str
    kind: str
    address: str
    code: str
    issued_at: datetime
    zone: ZoneInfo
    is_of_organisation: bool = False
    is_demonstration: bool = False
    copy_number: int = 1


def certificate_of(issue: Issue) -> CertificateFacts:
    """Return what the certificate of an issue says."""
    said = said_in(issue.document, issue.zone)
    facts = asdict(said)
    words = _wording()
    kind = words["kinds"][issue.kind]
    is_own = said.awarded_by in {"", said.federation}
    form = kind["own" if is_own else "attested"]
    issued_on = issue.issued_at.astimezone(issue.zone).date()
    holder = "organisation" if issue.is_of_organisation else "person"
    is_list = kind["sheet"] == Sheet.SKILL
    return CertificateFacts(
        sheet=Sheet(kind["sheet"]),
        heading=form["heading"],
        holder=said.holder,
        issuer=said.federation,
        # Of its own award the day it was given; of another's the day it is attested.
        issued_on=(said.awarded_on or issued_on) if is_own else issued_on,
        address=issue.address,
        code=issue.code,
        salutation="" if is_list else words["salutations"][holder].format(**facts),
        sentence=form["sentence"].format(**facts),
        lines=_lines(kind, facts, issue) if is_list else (),
        number=said.number,
        valid_to=None if is_list else said.valid_to,
        copy_number=issue.copy_number,
        is_demonstration=issue.is_demonstration,
        document=issue.document.encode(),
    )


@dataclass(frozen=True)
class Said:
    """What a signed document says; "" or None for what it does not say."""

    holder: str
    title: str
    grade: str
    occupation: str
    number: str
    awarded_by: str
    awarded_on: date | None
    valid_to: date | None
    federation: str


def said_in(document: str, zone: ZoneInfo) -> Said:
    """Read one of our own documents."""
    content = json.loads(document)
    subject = content["credentialSubject"]
    achievement = subject["achievement"]
    results = subject.get("result") or [{}]
    until = content.get("validUntil")
    awarded = content.get("awardedDate")
    return Said(
        holder=subject["identifier"][0]["identityHash"],
        title=achievement["name"],
        grade=results[0].get("value", ""),
        occupation=achievement.get("fieldOfStudy", ""),
        number=subject.get("licenseNumber", ""),
        awarded_by=achievement["creator"]["name"],
        # Midnight in UTC stands for a day, see proofs.badge.
        awarded_on=date.fromisoformat(awarded[:10]) if awarded else None,
        valid_to=last_day(datetime.fromisoformat(until), zone) if until else None,
        federation=content["issuer"]["name"],
    )


def _lines(
    kind: Mapping[str, Any], facts: Mapping[str, Any], issue: Issue
) -> tuple[Line, ...]:
    labels = {**_wording()["labels"], **kind.get("labels", {})}
    if issue.is_of_organisation:
        labels["holder"] = labels["organisation"]
    return tuple(
        Line(labels[name], in_words(value) if isinstance(value, date) else value)
        for name in kind["lines"]
        if (value := facts[name])
    )


@cache
def _wording() -> dict[str, Any]:
    text = Path(__file__).with_name("wording.yaml").read_text(encoding="utf-8")
    words: dict[str, Any] = yaml.safe_load(text)
    return words
