"""The query for one subject's profile, whose text is made once for each day.

Django takes longer to build it than a database needs to answer it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from jiangxin.foundation.errors import NotFound
from jiangxin.kernel.policy.enums import Subject
from jiangxin.kernel.policy.queries.profiles import attributes_of, profiles
from jiangxin.kernel.policy.registry import attribute
from jiangxin.kernel.policy.rules.tree import Policy
from jiangxin.kernel.register.models import Organisation, Person

# Stands in the text for the subject's number, until there is one.
ANYBODY = -7_777_777_777_777


def profile_of(
    subject_id: int,
    policies: Sequence[Policy],
    on: date,
    subject: Subject = Subject.PERSON,
) -> dict[str, Any]:
    """Return one subject's values for all that the policies read, in one query.

    Raises NotFound.
    """
    keys = tuple(one.key for one in attributes_of(policies))
    row = prepared(keys, on, subject, connection.vendor).row(subject_id)
    if row is None:
        raise NotFound
    return dict(zip(keys, row[1:], strict=True))


@dataclass(frozen=True)
class Prepared:
    """converters: by column, what makes the database's values those of Python."""

    sql: str
    parameters: tuple[Any, ...]
    converters: Mapping[int, tuple[list[Any], Any]]

    def row(self, subject_id: int) -> list[Any] | None:
        """Return number and values, or None when there is no such subject."""
        given = [subject_id if one == ANYBODY else one for one in self.parameters]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, given)
            found = cursor.fetchone()
        if found is None:
            return None
        row = list(found)
        for column, (convert, expression) in self.converters.items():
            for step in convert:
                row[column] = step(row[column], expression, connection)
        return row


@lru_cache(maxsize=64)
def prepared(
    keys: tuple[str, ...], on: date, subject: Subject, _vendor: str
) -> Prepared:
    """Return the query for these attributes. _vendor: of the database it is written for."""
    subjects: QuerySet[Any] = Person.objects.filter(pk=ANYBODY)
    if subject is Subject.ORGANISATION:
        subjects = Organisation.objects.filter(pk=ANYBODY)
    query = profiles(subjects, [attribute(key) for key in keys], on).query
    compiler = query.get_compiler(connection=connection)
    sql, parameters = compiler.as_sql()
    selected = [expression for expression, *_ in compiler.select]
    return Prepared(sql, tuple(parameters), compiler.get_converters(selected))
