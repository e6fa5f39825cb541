"""Finding people by whatever somebody types into the one box.

Each word may mean several things: a name, its pinyin or initials, an employer, a number.
Every meaning is a look-up in one index, so that a word is answered about as quickly
among 300,000 people as among 300; docs/explanation/search.md has the measurements.
"""

import re
from collections.abc import Iterator

from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.lookups import Exact

from jiangxin.foundation.db import AfterFirst
from jiangxin.foundation.ids.phone import check_phone
from jiangxin.foundation.ids.problems import IdProblem
from jiangxin.foundation.ids.typing_habits import plain
from jiangxin.foundation.sealing import blind_index
from jiangxin.kernel.register.models import Employment, Organisation, Person
from jiangxin.kernel.register.models.person import (
    ID_NUMBER_PURPOSE,
    ID_TAIL_PURPOSE,
    PHONE_PURPOSE,
)
from jiangxin.kernel.register.queries.lookup import organisations_matching
from jiangxin.kernel.register.queries.merged import numbers_now

PERSON_NUMBER_LENGTH = 12
# One character of an employer's name says nothing: nearly all have it.
SHORTEST_EMPLOYER = 2

_ID_NUMBER = re.compile(r"\d{17}[\dX]", re.ASCII)
_ID_TAIL = re.compile(r"\d{3}[\dX]", re.ASCII)
_DIGITS = re.compile(r"\+?[\d-]+", re.ASCII)


def people_matching(people: QuerySet[Person], word: str) -> QuerySet[Person]:
    """Narrow people to those whom one typed word may mean.

    A whole identity number, phone or person number, the last four of an identity
    number; a name by its beginning or its given name; pinyin and initials by their
    beginning; the employer by its code or a part of its name. Only when nobody of
    `people` is meant so, any part of a name. A number of a merged record means the
    record that it was merged into.
    """
    text = plain(word)
    if not text:
        return people.none()
    ways = [way for way in _ways(word, text) if people.filter(way).exists()]
    if not ways:
        return people.filter(name__icontains=word)
    if len(ways) == 1:
        return people.filter(ways[0])
    # Each asked for apart: an OR of several indexes is often answered by reading all.
    found = [Person.objects.filter(way).order_by().values("pk") for way in ways]
    return people.filter(pk__in=found[0].union(*found[1:]))


def _ways(word: str, text: str) -> Iterator[Q]:
    """Yield what the word may mean. text: the same in plain capitals."""
    if _ID_NUMBER.fullmatch(text):
        yield _numbered(id_index=blind_index(text, purpose=ID_NUMBER_PURPOSE))
        return
    if _ID_TAIL.fullmatch(text):
        yield Q(id_tail_index=blind_index(text, purpose=ID_TAIL_PURPOSE))
    if _DIGITS.fullmatch(text):
        yield from _by_digits(text)
        return
    if text.isascii() and text.isalpha():
        letters = text.lower()
        yield _range("name_pinyin", letters)
        if len(letters) > 1:  # one initial begins what one letter of pinyin begins
            yield _range("name_initials", letters)
    else:
        yield _name_begins(word)
        yield Q(Exact(AfterFirst("name"), word))  # the given name
    yield from _by_employer(word)


def _by_digits(text: str) -> Iterator[Q]:
    if text.isdecimal() and len(text) <= PERSON_NUMBER_LENGTH:
        yield _numbered(pk=int(text))
    try:
        phone = check_phone(text).number
    except IdProblem:
        return
    yield Q(phone_index=blind_index(phone, purpose=PHONE_PURPOSE))


def _numbered(**number: object) -> Q:
    return Q(pk__in=numbers_now(Person.every.filter(**number)))


def _by_employer(word: str) -> Iterator[Q]:
    if len(word) < SHORTEST_EMPLOYER:
        return
    named = organisations_matching(Organisation.objects.all(), word)
    if named.exists():
        jobs = Employment.objects.filter(
            valid_to__isnull=True, organisation__in=named.values("pk")
        )
        yield Q(pk__in=jobs.values("person"))


def _name_begins(word: str) -> Q:
    if connection.vendor == "postgresql":
        return Q(name__startswith=word)  # its index is of the kind that LIKE reads
    return _range("name", word)


def _range(field: str, beginning: str) -> Q:
    """Return the condition that a field begins so.

    A range, not `startswith`: SQLite's LIKE folds case and so reads no index. Of Latin
    letters every collation of PostgreSQL makes the same range.
    """
    *same, last = beginning
    after = "".join([*same, chr(ord(last) + 1)])
    return Q((f"{field}__gte", beginning), (f"{field}__lt", after))
