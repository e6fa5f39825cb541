"""Telling people something, in the transaction in which it happened.

Sent twice, with the same kind, subject and key, a notice is one notice; so whatever is
done again after a crash tells nobody twice. Whoever refused is not told. Nobody is told
what was so before the platform was there: `telling_nobody`, JIANGXIN_NOTICES_FROM.
"""

import json
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from typing import Any, cast

from django.conf import settings
from django.db import connection
from django.db.models import CharField

from jiangxin.foundation.clock.working_days import today
from jiangxin.foundation.db import after_commit, needs_transaction
from jiangxin.foundation.parts import brought
from jiangxin.kernel.notices.models import Notice
from jiangxin.kernel.notices.queries.choices import refusing
from jiangxin.kernel.notices.registry import Channel, NoticeKind, Sent

# A fact is a key, a number or a day; a longer text would be somebody's words.
LONGEST_FACT = 200

Facts = Mapping[str, str | int | bool | date | None]

_nobody: ContextVar[bool] = ContextVar("telling_nobody", default=False)


@contextmanager
def telling_nobody() -> Iterator[None]:
    """Tell nobody what happens inside: for loading what was so already."""
    token = _nobody.set(True)
    try:
        yield
    finally:
        _nobody.reset(token)


def tells(now: datetime) -> bool:
    """Return whether anybody is told anything."""
    begins: date | None = settings.JIANGXIN_NOTICES_FROM
    return not _nobody.get() and (begins is None or today(now) >= begins)


@needs_transaction
def tell_person(
    kind: NoticeKind,
    *,
    person_id: int,
    subject: str,
    key: str = "",
    facts: Facts | None = None,
    now: datetime,
) -> bool:
    """Tell one person; return whether they are told now: not before, nor if they refuse.

    subject: what about, as in the trail ("matter:12"). key: which occasion of it, when
    there may be several ("decided"). facts: what `kind.facts` names.
    """
    told = tell_people(
        kind, person_ids=[person_id], subject=subject, key=key, facts=facts, now=now
    )
    return bool(told)


@needs_transaction
def tell_people(
    kind: NoticeKind,
    *,
    person_ids: Collection[int],
    subject: str,
    key: str = "",
    facts: Facts | None = None,
    now: datetime,
) -> int:
    """Tell many people the same, in one statement; return how many are told now."""
    if not person_ids or not tells(now):
        return 0
    people = set(person_ids)
    if kind.is_optional:
        people -= refusing(kind.key, subject)
    return _insert("person", people, kind, subject, key, facts or {}, now)


@needs_transaction
def tell_account(
    kind: NoticeKind,
    *,
    account_id: int,
    subject: str,
    key: str = "",
    facts: Facts | None = None,
    now: datetime,
) -> bool:
    """Tell one account of the staff, at the desk; return whether it is told now."""
    told = _insert("account", {account_id}, kind, subject, key, facts or {}, now)
    return bool(told)


@needs_transaction
def _insert(
    reader: str,
    numbers: Collection[int],
    kind: NoticeKind,
    subject: str,
    key: str,
    facts: Facts,
    now: datetime,
) -> int:
    _check(reader, kind, subject, key, facts)
    if not tells(now):
        return 0
    values = [kind.key, subject, key, _as_json(facts), _moment(now)]
    with connection.cursor() as cursor:
        cursor.execute(_statement(reader), [*values, _many(numbers)])
        told: int = cursor.rowcount
    if told:
        sent = Sent(kind.key, subject, key)
        after_commit(lambda: _carry(sent))
    return told


def _statement(reader: str) -> str:
    """Return the statement that tells many: whoever has the notice keeps theirs.

    One statement with the readers as one parameter, where a row each would send the
    same kind, subject and facts a hundred thousand times.
    """
    is_postgres = connection.vendor == "postgresql"
    facts = "CAST(%s AS jsonb)" if is_postgres else "%s"
    readers = (
        "unnest(%s::bigint[]) AS r(value)" if is_postgres else "json_each(%s) AS r"
    )
    return (
        f"INSERT INTO {Notice._meta.db_table}"  # noqa: S608 -- our own names
        f" (kind, subject, key, facts, made_at, {reader}_id)"
        f" SELECT %s, %s, %s, {facts}, %s, r.value FROM {readers} WHERE true"
        " ON CONFLICT DO NOTHING"
    )


def _many(numbers: Collection[int]) -> Any:
    ordered = sorted(numbers)
    return ordered if connection.vendor == "postgresql" else json.dumps(ordered)


def _moment(now: datetime) -> Any:
    return Notice._meta.get_field("made_at").get_db_prep_value(now, connection)


def _as_json(facts: Facts) -> str:
    return json.dumps(
        {
            name: value.isoformat() if isinstance(value, date) else value
            for name, value in facts.items()
        },
        ensure_ascii=False,
    )


def _check(reader: str, kind: NoticeKind, subject: str, key: str, facts: Facts) -> None:
    """Refuse what only a fault of the calling code can be."""
    problem = ""
    if kind.to != reader:
        problem = f"is for a {kind.to}"
    elif set(facts) != kind.facts:
        problem = f"is written from {sorted(kind.facts)}, not from {sorted(facts)}"
    elif any(len(str(value)) > LONGEST_FACT for value in facts.values()):
        problem = "holds a fact that is somebody's words"
    elif len(subject) > _length("subject") or len(key) > _length("key"):
        problem = "has too long a subject or key"
    if problem:
        message = f"notice {kind.key!r} {problem}"
        raise ValueError(message)


def _length(name: str) -> int:
    field = cast("CharField[str, str]", Notice._meta.get_field(name))
    return field.max_length or 0


def _carry(sent: Sent) -> None:
    for channel in brought(Channel):
        channel.carry(sent)
