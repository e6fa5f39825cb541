"""Keeping an answer as it was given, so that a decision can point to it for ever."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from django.utils import translation

from jiangxin.foundation.actor import Actor
from jiangxin.foundation.db import needs_transaction
from jiangxin.foundation.trail import operations as trail
from jiangxin.kernel.policy.enums import Decision, Subject
from jiangxin.kernel.policy.events import AnswerFrozen
from jiangxin.kernel.policy.models import FrozenAnswer
from jiangxin.kernel.policy.operations.policy_texts import keep_texts
from jiangxin.kernel.policy.queries.one_profile import profile_of
from jiangxin.kernel.policy.registry.wording import limit_of, value_read
from jiangxin.kernel.policy.rules.explaining import Explanation, explain
from jiangxin.kernel.policy.rules.looking import Found
from jiangxin.kernel.policy.rules.tree import Policy, Sentence

LANGUAGES = ("zh-hans", "en")


@dataclass(frozen=True)
class Decided:
    decision: Decision
    remark: str


@needs_transaction
def freeze_answer(
    policy: Policy,
    *,
    subject_id: int,
    on: date,
    actor: Actor,
    now: datetime,
    reason: str,
    decided: Decided | None = None,
) -> FrozenAnswer:
    """Ask the policy about one person, or organisation, and keep all of the answer.

    reason: a stored key of what it is for, such as "matter:12". What is kept can be
    shown when the policy and the record have long become others. decided: what an
    officer decides by it, where it is not a matter that does. Raises NotFound.
    """
    profile = profile_of(subject_id, [policy], on, policy.subject)
    answer = explain(policy, profile, on)
    content = content_of(answer, profile)
    frozen = FrozenAnswer.objects.create(
        text=keep_texts([policy], now=now)[policy.code],
        person_id=subject_id if policy.subject is Subject.PERSON else None,
        organisation_id=(
            subject_id if policy.subject is Subject.ORGANISATION else None
        ),
        on=on,
        at=now,
        reason=reason,
        verdict=answer.verdict,
        content=content,
        digest=digest_of(content),
        decision=decided.decision if decided else "",
        remark=decided.remark if decided else "",
        decided_by=actor.label if decided else "",
    )
    trail.record(
        AnswerFrozen(
            policy=policy.code,
            version=policy.version,
            reason=reason,
            digest=frozen.digest,
        ),
        subject=trail.subject("frozen_answer", frozen.pk),
        actor=actor,
        at=now,
    )
    return frozen


def content_of(answer: Explanation, profile: Mapping[str, Any]) -> dict[str, Any]:
    """Return all that is read, asked and answered, in plain values and in words."""
    policy, grant = answer.policy, answer.grant
    why = answer.why_not_applicable
    return {
        "title": _both(policy.title),
        "document": policy.document,
        "clause": policy.clause,
        "verdict": answer.verdict.value,
        "why_not_applicable": why.value if why else None,
        "missing": list(answer.missing),
        "inputs": {key: _plain(value) for key, value in profile.items()},
        "conditions": [_condition(one, answer.on) for one in answer.found],
        "grant": grant
        and {
            "row": grant.number,
            "fen": grant.fen,
            "rate": None if grant.rate is None else str(grant.rate),
            "says": _both(grant.row.says) if grant.row else None,
            "clause": grant.row.clause if grant.row else "",
            "conditions": [_condition(one, answer.on) for one in grant.found],
        },
    }


def digest_of(content: Mapping[str, Any]) -> str:
    plain = json.dumps(content, sort_keys=True, ensure_ascii=False)
    return sha256(plain.encode()).hexdigest()


def _condition(found: Found, on: date) -> dict[str, Any]:
    said = {language: _in_words(found, on, language) for language in LANGUAGES}
    return {
        "says": _both(found.condition.says),
        "value": {language: words[0] for language, words in said.items()},
        "limit": {language: words[1] for language, words in said.items()},
        "finding": found.finding.value,
        "clause": found.condition.clause,
        "since": found.dated and found.dated.start.isoformat(),
        "parts": [_condition(part, on) for part in found.parts],
    }


def _in_words(found: Found, on: date, language: str) -> tuple[str, str]:
    with translation.override(language):
        return value_read(found), limit_of(found.condition, on)


def _both(sentence: Sentence) -> dict[str, str]:
    return {language: sentence.in_language(language) for language in LANGUAGES}


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, bool | int | str) else str(value)
