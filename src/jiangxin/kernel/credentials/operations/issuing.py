"""Issuing what is on record as documents that anyone can check."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import uuid4

from django.utils import translation
from django.utils.translation import gettext, gettext_lazy

from jiangxin.foundation.actor import Actor
from jiangxin.foundation.clock.working_days import today
from jiangxin.foundation.db import needs_transaction, opens_transaction
from jiangxin.foundation.errors import NotFound, NotPermitted, Refused
from jiangxin.foundation.trail.operations import record_many
from jiangxin.kernel.credentials import permissions
from jiangxin.kernel.credentials.claims import claim_of
from jiangxin.kernel.credentials.enums import CredentialStatus, IssueStatus
from jiangxin.kernel.credentials.events import CredentialIssued
from jiangxin.kernel.credentials.federation import (
    OFFICIAL_LANGUAGE,
    Federation,
    federation,
)
from jiangxin.kernel.credentials.models import Credential, IssuedCredential, SigningKey
from jiangxin.kernel.credentials.models.issued import LIVE
from jiangxin.kernel.credentials.operations.keys import signing_key
from jiangxin.kernel.credentials.operations.moving import move_issue
from jiangxin.kernel.credentials.operations.places import new_code, take_places
from jiangxin.kernel.credentials.operations.records import HolderDiffers
from jiangxin.kernel.credentials.operations.subjects import subject_of
from jiangxin.kernel.credentials.proofs import multikey
from jiangxin.kernel.credentials.proofs.badge import (
    REVOCATION,
    SUSPENSION,
    Claim,
    Issuer,
    StatusPlace,
    Wording,
    badge,
)
from jiangxin.kernel.credentials.proofs.data_integrity import secure, timestamp
from jiangxin.kernel.credentials.queries import credentials_within
from jiangxin.kernel.register.models import Organisation, Person

LANGUAGE_TAG = "zh-CN"


class RecordNotInForce(Refused):
    code = "credentials.record_not_in_force"
    text = gettext_lazy(
        "Only what is valid today can be issued. This record is suspended, revoked, "
        "replaced, over, or not yet begun."
    )


class IssuedDiffers(Refused):
    code = "credentials.issued_differs"
    text = gettext_lazy(
        "This credential was issued already, and its record reads differently now. Issue "
        "it anew in the place of the earlier one, with a reason."
    )


@dataclass
class Issuing:
    """What became of each record, by its key."""

    issued: list[IssuedCredential] = field(default_factory=list)
    already: list[IssuedCredential] = field(default_factory=list)
    refused: dict[int, Refused | NotFound | NotPermitted] = field(default_factory=dict)


@opens_transaction
def issue_credential(
    *, credential_id: int, actor: Actor, now: datetime
) -> IssuedCredential:
    """Issue a credential, or return the issue that says the same already.

    Raises NotFound, NotPermitted, RecordNotInForce, IssuedDiffers.
    """
    done = _issue([credential_id], actor=actor, now=now)
    if problem := done.refused.get(credential_id):
        raise problem
    return (done.issued or done.already)[0]


@opens_transaction
def issue_credentials(
    *, credential_ids: Sequence[int], actor: Actor, now: datetime
) -> Issuing:
    """Issue many at once, a few hundred a call; one that is refused stops no other.

    Raises IntegrityError when somebody wrote to the same history meanwhile: do it again.
    """
    return _issue(credential_ids, actor=actor, now=now)


@opens_transaction
def reissue_credential(
    *,
    issue_id: int,
    reason: str,
    actor: Actor,
    now: datetime,
    credential_id: int | None = None,
) -> IssuedCredential:
    """Issue anew in the place of an issue, which does not count from now on.

    credential_id: the record that stands in the place of the one issued then, if
    another does: of the same holder and kind. Raises NotFound, NotPermitted,
    RecordNotInForce, HolderDiffers, IssueMoveNotAllowed (replaced already), IssuedDiffers.
    """
    earlier = (
        IssuedCredential.objects.select_for_update(of=("self",))
        .select_related("credential__person", "credential__organisation")
        .filter(pk=issue_id)
        .first()
    )
    if earlier is None:
        raise NotFound
    permissions.check_issue_credential(actor, earlier.credential)
    wanted = credential_id or earlier.credential_id
    later = Credential.objects.filter(pk=wanted).first()
    if later is None:
        raise NotFound
    if _holding(later) != _holding(earlier.credential):
        raise HolderDiffers
    if earlier.status in LIVE or hasattr(earlier, "superseded_by"):
        move_issue(earlier, IssueStatus.SUPERSEDED, reason=reason, actor=actor, now=now)
    done = _issue([wanted], actor=actor, now=now, supersedes=earlier)
    if problem := done.refused.get(wanted):
        raise problem
    if done.already:
        raise IssuedDiffers
    return done.issued[0]


@needs_transaction
def issue_record(
    credential: Credential,
    *,
    supersedes: IssuedCredential | None = None,
    actor: Actor,
    now: datetime,
) -> IssuedCredential:
    """The step of `issue_credential` that deciding a matter shares.

    Whoever decided was allowed to; nothing of the record was issued yet.
    supersedes: what was issued of the record that it stands in the place of.
    Raises RecordNotInForce.
    """
    if not _counts(credential, now):
        raise RecordNotInForce
    records = {credential.pk: credential}
    claims = {credential.pk: claim_of(credential)}
    (issued,) = _write(records, claims, supersedes, actor, now)
    return issued


@needs_transaction
def _issue(
    credential_ids: Sequence[int],
    *,
    actor: Actor,
    now: datetime,
    supersedes: IssuedCredential | None = None,
) -> Issuing:
    done = Issuing()
    records = _lock(credential_ids)
    may_issue = credentials_within(actor, permissions.ISSUE, records)
    live = IssuedCredential.objects.filter(credential__in=records, status__in=LIVE)
    issued_of = {one.credential_id: one for one in live}
    claims: dict[int, Claim] = {}
    for pk in dict.fromkeys(credential_ids):
        if pk not in records:
            done.refused[pk] = NotFound()
        elif pk not in may_issue:
            done.refused[pk] = NotPermitted(permissions.ISSUE)
        elif not _counts(records[pk], now):
            done.refused[pk] = RecordNotInForce()
        else:
            claim = claim_of(records[pk])
            if pk not in issued_of:
                claims[pk] = claim
            elif issued_of[pk].claim_digest == claim.digest():
                done.already.append(issued_of[pk])
            else:
                done.refused[pk] = IssuedDiffers()
    done.issued = _write(records, claims, supersedes, actor, now)
    return done


def _write(
    records: Mapping[int, Credential],
    claims: Mapping[int, Claim],
    supersedes: IssuedCredential | None,
    actor: Actor,
    now: datetime,
) -> list[IssuedCredential]:
    if not claims:
        return []
    key = signing_key(actor=actor, now=now)
    issuer = federation()
    sign = _Signer(key, issuer, now)
    places = take_places(len(claims), now=now)
    rows = []
    for (pk, claim), (places_of, index) in zip(claims.items(), places, strict=True):
        code = new_code()
        rows.append(
            IssuedCredential(
                credential=records[pk],
                public_id=code,
                issuer=issuer.did,
                key=key,
                document=sign(claim, code, places_of.number, index),
                claim_digest=claim.digest(),
                valid_from=claim.valid_from,
                valid_until=claim.valid_until,
                status_at=now,
                status_list=places_of,
                status_index=index,
                supersedes=supersedes,
                issued_at=now,
                issued_by=actor.account_id,
                issued_by_label=actor.label,
            )
        )
    issued = IssuedCredential.objects.bulk_create(rows)
    before = supersedes.pk if supersedes else None
    events = [
        (
            subject_of(one.credential),
            CredentialIssued(one.credential_id, one.pk, before),
        )
        for one in issued
    ]
    record_many(events, actor=actor, at=now)
    return issued


class _Signer:
    """Writes documents with one key; about a millisecond each."""

    def __init__(self, key: SigningKey, issuer: Federation, now: datetime) -> None:
        self._key = multikey.private_key(key.private_part)
        self._method = f"{issuer.did}#{key.public_part}"
        self._federation = issuer
        self._created = timestamp(now)
        with translation.override(OFFICIAL_LANGUAGE):
            self._words = Wording(
                criteria=gettext("As it stands on record at %(federation)s.")
                % {"federation": issuer.name},
                grade=gettext("Grade"),
                language=LANGUAGE_TAG,
            )
            description = gettext(
                "A demonstration: what it issues is made up and proves nothing."
            )
        self._issuer = Issuer(
            did=issuer.did,
            name=issuer.name,
            url=issuer.address,
            description=description if issuer.is_demonstration else "",
        )

    def __call__(self, claim: Claim, code: str, list_number: str, index: int) -> str:
        lists = {
            purpose: self._federation.status_url(list_number, purpose)
            for purpose in (REVOCATION, SUSPENSION)
        }
        document = badge(
            claim,
            id=self._federation.verify_url(code),
            subject=f"urn:uuid:{uuid4()}",
            issuer=self._issuer,
            status=StatusPlace(index, lists),
            words=self._words,
        )
        signed = secure(
            document, key=self._key, method=self._method, created=self._created
        )
        return json.dumps(signed, ensure_ascii=False)


def _lock(credential_ids: Sequence[int]) -> dict[int, Credential]:
    """Return the records with their holders, none of whom changes meanwhile."""
    records = {
        one.pk: one
        for one in Credential.objects.select_for_update(of=("self",))
        .filter(pk__in=credential_ids)
        .select_related("person", "organisation")
        .order_by("pk")
    }
    # Their histories are written to in one go: nobody else does so meanwhile.
    people = [one.person_id for one in records.values() if one.person_id]
    organisations = [
        one.organisation_id for one in records.values() if one.organisation_id
    ]
    for model, keys in ((Person, people), (Organisation, organisations)):
        chosen = model.objects.filter(pk__in=keys).order_by("pk")
        list(chosen.select_for_update().values_list("pk", flat=True))
    return records


def _counts(credential: Credential, now: datetime) -> bool:
    day = today(now)
    return (
        credential.status == CredentialStatus.VALID
        and credential.valid_from <= day
        and (credential.valid_to is None or credential.valid_to > day)
    )


def _holding(credential: Credential) -> tuple[int | None, int | None, str]:
    return credential.person_id, credential.organisation_id, credential.kind
