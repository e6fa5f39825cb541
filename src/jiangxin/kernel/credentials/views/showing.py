"""Credentials in a row, in words that fit a worker and a stranger alike."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jiangxin.foundation.ui.components import Tone
from jiangxin.kernel.credentials.enums import CredentialStatus
from jiangxin.kernel.credentials.models import Credential, IssuedCredential
from jiangxin.kernel.credentials.queries.passport import Held

SOON_DAYS = 90


@dataclass(frozen=True)
class HeldRow:
    credential: Credential
    issue: IssuedCredential | None
    word: str
    tone: Tone
    outlook: str


def held_rows(held: Iterable[Held], on: date) -> list[HeldRow]:
    return [_row(each, on) for each in held]


def _row(held: Held, on: date) -> HeldRow:
    credential = held.credential
    word, tone = str(credential.get_status_display()), "off"
    if held.counts:
        word, tone = _("Valid"), "ok"
    elif credential.status == CredentialStatus.SUSPENDED:
        tone = "wait"
    elif credential.status == CredentialStatus.REVOKED:
        tone = "bad"
    elif credential.status == CredentialStatus.VALID:
        word = _("Expired") if credential.valid_from <= on else _("Not yet valid")
    outlook = ""
    if held.counts and credential.valid_to is not None:
        days = (credential.valid_to - on).days
        if days <= SOON_DAYS:
            tone = "warn"
            outlook = ngettext(
                "Ends in %(days)s day", "Ends in %(days)s days", days
            ) % {"days": days}
    return HeldRow(credential, held.issue, word, _tone(tone), outlook)


def _tone(name: str) -> Tone:
    tones: dict[str, Tone] = {
        "ok": "ok",
        "wait": "wait",
        "bad": "bad",
        "off": "off",
        "warn": "warn",
    }
    return tones[name]
