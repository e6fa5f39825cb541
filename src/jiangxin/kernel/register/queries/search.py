"""Finding people by whatever somebody types into the one box.

Each word may mean several things: a name, its pinyin or initials, an employer, a number.
Every meaning is a look-up in one index, so that a word is answered about as quickly
among 300,000 people as among 300; docs/explanation/search.md has the measurements.
"""

import re
from collections.abc import Iterator

from django.db import connection
from django.db.models import F, Q, QuerySet
from django.db.models.lookups import Exact

from jiangxin.foundation.db import AfterFirst, BeginsWith, Given, HasFour
from jiangxin.foundation.ids.phone import check_phone
from jiangxin.foundation.ids.problems import IdProblem
from jiangxin.foundation.ids.typing_habits import plain
from jiangxin.foundation.sealing import blind_index
from jiangxin.kernel.register.models import Organisation, Person
from jiangxin.kernel.register.models.person import (
    ID_NUMBER_PURPOSE,
    ID_TAIL_PURPOSE,
    PHONE_PURPOSE,
)
from jiangxin.kernel.register.queries.lookup import organisations_matching

PERSON_NUMBER_LENGTH = 12
# One character of an employer's name says nothing: nearly all have it.
SHORTEST_EMPLOYER = 2
MOST_EMPLOYERS = 200
# Of people who are found by any part of their name.
MOST_CALLED = 500

_ID_NUMBER = re.compile(r"\d{17}[\dX]", re.ASCII)
_ID_TAIL = re.compile(r"\d{3}[\dX]", re.ASCII)
_LETTER = re.compile(r"[^\W\d_]")
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
        return _called_partly(people, word)
    if len(ways) == 1:
        return people.filter(ways[0])
    # Each asked for apart: an OR of several indexes is often answered by reading all.
    found = [Person.objects.filter(way).order_by().values("pk") for way in ways]
    return people.filter(pk__in=found[0].union(*found[1:]))


def _called_partly(people: QuerySet[Person], word: str) -> QuerySet[Person]:
    """Narrow people to those who have the word anywhere in their name."""
    if not _LETTER.search(word):
        return people.none()
    part = "icontains" if word.isascii() else "contains"  # no other has capitals
    called = people.filter(**{f"name__{part}": word})
    if len(word) > 1:  # or it would be where a name begins, or the given name
        called = called.filter(HasFour("name"))
    # Read once and kept, or counting and paging would each read the names again.
    found = called.order_by().values_list("pk", flat=True)[:MOST_CALLED]
    return people.filter(pk__in=list(found))


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
        yield _read_as(text.lower())
    else:
        yield _name_begins(word)
        yield _given_name(word)
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
    return Q(pk__in=Person.every.numbers_now(**number))


def is_of_too_many(word: str) -> bool:
    """Return whether so many employers have a word in their name that it finds none."""
    return len(_employers_named(word)) > MOST_EMPLOYERS


def _by_employer(word: str) -> Iterator[Q]:
    employers = _employers_named(word)
    if 0 < len(employers) <= MOST_EMPLOYERS:
        yield Q(
            employments__organisation__in=employers,
            employments__valid_to__isnull=True,
        )


def _employers_named(word: str) -> list[int]:
    """Return the organisations that a word may mean, one more than MOST_EMPLOYERS at most.

    Beyond that many the word ("Limited") tells nobody apart, and is not taken for one.
    """
    if len(word) < SHORTEST_EMPLOYER:
        return []
    named = organisations_matching(Organisation.objects.all(), word)
    return list(named.values_list("pk", flat=True)[: MOST_EMPLOYERS + 1])


def _read_as(letters: str) -> Q:
    """Return the condition that pinyin, or initials, begin so."""
    # Either implies the first letter: so one walk through the list's own order tells.
    either = _range("name_pinyin", letters) | _range("name_initials", letters)
    return _range("name_pinyin", letters[0]) & either


def _name_begins(word: str) -> Q:
    if connection.vendor == "postgresql":
        return Q(BeginsWith(F("name"), word))
    return _range("name", word)


def _given_name(word: str) -> Q:
    if connection.vendor == "postgresql":
        return Q(Given(F("pk"), "wall_people_called", word))
    return Q(Exact(AfterFirst("name"), word))


def _range(field: str, beginning: str) -> Q:
    """Return the condition that a field begins so.

    A range, not `startswith`: SQLite's LIKE folds case and so reads no index. Of Latin
    letters every collation of PostgreSQL makes the same range.
    """
    after = beginning[:-1] + chr(ord(beginning[-1]) + 1)
    return Q((f"{field}__gte", beginning), (f"{field}__lt", after))
