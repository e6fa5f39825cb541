"""What a certificate says, ready to be set."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Sheet(StrEnum):
    """The layouts, by the name of their file."""

    HONOUR = "honour"  # A4 lying: a sentence that honours its holder
    SKILL = "skill"  # A4 standing: facts of a skill grade
    LEGAL_PERSON = "legal_person"  # A4 lying: a union's standing in law


@dataclass(frozen=True)
class Line:
    """One fact of a certificate: what it is, and what it says."""

    label: str
    value: str


@dataclass(frozen=True)
class CertificateFacts:
    """All texts are Chinese and final; nothing is looked up while setting.

    address: what the QR code leads to. code: what a person types there instead.
    salutation, sentence: of a sheet that speaks; lines: of a sheet that lists.
    copy_number: 1 for the first print; later ones say so.
    document: the signed credential as JSON, attached to the PDF; b"" for none.
    """

    sheet: Sheet
    heading: str
    holder: str
    issuer: str
    issued_on: date
    address: str
    code: str
    salutation: str = ""
    sentence: str = ""
    lines: tuple[Line, ...] = ()
    number: str = ""
    valid_to: date | None = None
    copy_number: int = 1
    is_demonstration: bool = False
    document: bytes = field(default=b"", repr=False)
