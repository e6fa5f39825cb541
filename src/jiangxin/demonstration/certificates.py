"""Certificates issued, shared and ending soon, by the platform's own acts.

What people hold beside the figures of the stories is recorded like at the desk, then
issued: some one by one, some as a batch of the officer, whose file lies ready.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

import yaml

from jiangxin.demonstration.acting import AtTheWindow
from jiangxin.demonstration.chance import DATA
from jiangxin.demonstration.corrections import MadeUpWorker
from jiangxin.foundation.actor import SYSTEM, Actor, Scope
from jiangxin.foundation.clock.working_days import today
from jiangxin.foundation.jobs.operations import start
from jiangxin.foundation.jobs.running import run
from jiangxin.kernel.access.models import Account
from jiangxin.kernel.credentials.enums import (
    BatchForm,
    CredentialKind,
    CredentialStatus,
    SkillGrade,
)
from jiangxin.kernel.credentials.jobs import ISSUE_BATCH
from jiangxin.kernel.credentials.models import Credential, IssuedCredential
from jiangxin.kernel.credentials.operations import (
    CredentialFacts,
    record_credential,
    reissue_credential,
    revoke_issue,
    suspend_issue,
)
from jiangxin.kernel.credentials.operations.batches import issue_batch
from jiangxin.kernel.credentials.operations.sharing import (
    note_view,
    share_passport,
    withdraw_share,
)
from jiangxin.kernel.notices.operations import telling_nobody
from jiangxin.kernel.register.models import Person
from jiangxin.kernel.register.registry import announcing_once


@cache
def listed() -> Mapping[str, Any]:
    text = (DATA / "certificates.yaml").read_text("utf-8")
    found: Mapping[str, Any] = yaml.safe_load(text)
    return found


def issue_certificates(*, now: datetime) -> int:
    """Record, issue and share what the list says; return how many were issued."""
    account = Account.objects.get(username=listed()["account"])
    officer = _officer()
    assert account.person_id is not None  # noqa: S101 -- accounts.yaml says so
    once = announcing_once(on=today(now), at=now, actor=SYSTEM, reason="demonstration")
    with telling_nobody(), once:
        for entry in listed()["passport"]:
            _record(entry, entry.get("ends_in"), account.person_id, now)
        for entry, person_id in _turns(account.person_id):
            _record(entry, entry["ends_in"], person_id, now)
    own = Credential.objects.filter(person=account.person_id)
    _issue([*own.values_list("pk", flat=True)], officer, now)
    for entry in listed()["issue"]:
        _issue(_chosen(entry), SYSTEM, now)
    _afterwards(account.person_id, now)
    _issue_as_a_batch(officer, now)
    worker = MadeUpWorker(account.person_id, account.display_name, account.pk)
    for entry in listed()["shares"]:
        _share(entry, worker, own, now)
    return IssuedCredential.objects.count()


def _officer() -> AtTheWindow:
    account = Account.objects.get(username=listed()["officer"])
    return AtTheWindow(account.display_name, account.pk, Scope(listed()["place"]))


def _turns(but: int) -> Iterator[tuple[Mapping[str, Any], int]]:
    """Yield each entry with each of its days, and a person of their own for it."""
    skilled = Person.objects.filter(
        employments__organisation__region__code__startswith=listed()["place"],
        employments__valid_to__isnull=True,
        credentials__grade__gte=SkillGrade.SENIOR,
    )
    entries = [
        {**entry, "ends_in": days}
        for entry in listed()["others"]
        for days in entry["ends_in"]
    ]
    people = skilled.exclude(pk=but).order_by("-pk").values_list("pk", flat=True)
    yield from zip(entries, people[: len(entries)], strict=False)


def _record(
    entry: Mapping[str, Any], ends_in: int | None, person_id: int, now: datetime
) -> None:
    begins, ends = term(entry, ends_in, today(now))
    facts = CredentialFacts(
        kind=entry["kind"],
        title=entry["title"],
        grade=entry.get("grade"),
        issuer=entry["issuer"],
        issued_on=begins,
        valid_to=ends,
    )
    record_credential(
        facts=facts, person_id=person_id, valid_from=begins, actor=SYSTEM, now=now
    )


def term(
    entry: Mapping[str, Any], ends_in: int | None, on: date
) -> tuple[date, date | None]:
    """Return from when until when it counts, seen from a day."""
    if ends_in is None:
        return on - timedelta(days=entry["ago"]), None
    ends = on + timedelta(days=ends_in)
    # The 29th of February has no like in most years.
    return ends.replace(year=ends.year - entry["years"], day=min(ends.day, 28)), ends


def _chosen(entry: Mapping[str, Any]) -> Sequence[int]:
    """Return credentials of a kind that people of a county hold, the latest first."""
    found = Credential.objects.filter(
        kind=CredentialKind(entry["kind"]),
        status=CredentialStatus.VALID,
        person__employments__organisation__region__code__startswith=entry["region"],
        person__employments__valid_to__isnull=True,
    )
    return list(found.order_by("-pk").values_list("pk", flat=True)[: entry["count"]])


def _issue(credential_ids: Sequence[int], actor: Actor, now: datetime) -> None:
    """What has ended is refused, as at the desk, and left as it is."""
    issue_batch(credential_ids, actor=actor, now=now, report=lambda _done, _all: None)


def _issue_as_a_batch(officer: Actor, now: datetime) -> None:
    """Issue skill certificates of the place, and make their file, as the worker would."""
    entry = {
        "region": listed()["place"],
        "kind": CredentialKind.SKILL_CERTIFICATE,
        "count": listed()["batch"],
    }
    args = {"credential_ids": _chosen(entry), "form": BatchForm.FILES.value}
    run(start(ISSUE_BATCH, args, actor=officer, now=now).pk)


def _afterwards(but: int, now: datetime) -> None:
    """Of others than the worker of the account: their own are all good."""
    place = listed()["place"]
    issues = (
        IssuedCredential.objects.filter(
            credential__kind=CredentialKind.MENTORSHIP,
            credential__person__employments__organisation__region__code__startswith=place,
        )
        .exclude(credential__person=but)
        .order_by("pk")
    )
    acts = {
        "suspend": suspend_issue,
        "revoke": revoke_issue,
        "reissue": reissue_credential,
    }
    for entry, issue in zip(listed()["afterwards"], issues, strict=False):
        act = acts[entry["act"]]
        act(issue_id=issue.pk, reason=entry["reason"], actor=SYSTEM, now=now)


def _share(
    entry: Mapping[str, Any], worker: MadeUpWorker, own: Any, now: datetime
) -> None:
    share = share_passport(
        credential_ids=[*own.order_by("pk").values_list("pk", flat=True)[:3]],
        purpose=entry["purpose"],
        days=entry["days"],
        actor=worker,
        now=now - timedelta(days=entry["ago"]),
    )
    for hour, ago in enumerate(entry["opened"]):
        note_view(share_id=share.pk, now=now - timedelta(days=ago, hours=hour))
    if "withdrawn" in entry:
        moment = now - timedelta(days=entry["withdrawn"])
        withdraw_share(share_id=share.pk, actor=worker, now=moment)
