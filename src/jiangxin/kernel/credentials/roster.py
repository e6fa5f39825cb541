"""The skill certificate that a roster's row may bring with a person."""

from pathlib import Path
from typing import Any

import polars as pl
from django.db.models import F, QuerySet, Value
from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.db import Among, bulk_insert, for_database
from jiangxin.foundation.ids.certificate_number import (
    CENTURY,
    RANK_BY_LEVEL,
    check_certificate_number,
)
from jiangxin.foundation.ids.problems import IdProblem
from jiangxin.kernel.credentials.enums import CredentialKind, CredentialStatus, Ladder
from jiangxin.kernel.credentials.models import Credential
from jiangxin.kernel.register import classifications
from jiangxin.kernel.register.roster.checking import check_date, check_length
from jiangxin.kernel.register.roster.columns import read_columns
from jiangxin.kernel.register.roster.context import RosterContext
from jiangxin.kernel.register.roster.problems import Problems, register_texts
from jiangxin.kernel.register.roster.reading import ROW

ISSUER_LENGTH = 128

register_texts(
    {
        "grade_unknown": _(
            "This is no skill grade. Write one of the eight grades of the template."
        ),
        "grade_missing": _("A certificate number needs its grade beside it."),
        "certificate_repeated": _(
            "The same certificate number stands in row %(other_row)s already."
        ),
        "certificate_of_another": _(
            "The register has this certificate number for another person."
        ),
        "certificate_differs": _(
            "The register has this certificate with another grade. Correct the row, or"
            " correct the credential on the person's page."
        ),
        "certificate_not_valid": _(
            "The register has this certificate as suspended, revoked or replaced, and"
            " leaves it so."
        ),
    }
)

_KNOWN = {
    "certificate": pl.String,
    "known_holder": pl.Int64,
    "known_grade": pl.Int64,
    "is_known": pl.Boolean,
}
_HELD = {"person_id": pl.Int64, "grade": pl.Int64, "status": pl.String}
_LAPSED = {"person_id": pl.Int64, "certificate": pl.String, "lapsed": pl.Boolean}


class SkillCertificateFacet:
    """Reads grade, number, date and issuer; writes one credential a row.

    With a number, the certificate is known by it; without, a person holds a grade once.
    """

    key = "skill_certificate"
    columns = read_columns(Path(__file__).with_name("roster_columns.yaml"))

    def check(
        self, rows: pl.DataFrame, problems: Problems, context: RosterContext
    ) -> pl.DataFrame:
        """Add grade (rank 0-7), certificate and issued."""
        rows = _check_grade(rows, problems)
        rows = check_date(rows, problems, context, "certificate_issued_on", "issued")
        check_length(rows, problems, "certificate_issuer", ISSUER_LENGTH)
        rows = _check_number(rows, problems)
        _check_repeated(rows, problems)
        return rows

    def compare(
        self, rows: pl.DataFrame, problems: Problems, context: RosterContext
    ) -> pl.DataFrame:
        del context  # the same for every organisation
        rows = (
            rows.join(
                _known_certificates(rows),
                on="certificate",
                how="left",
                maintain_order="left",
            )
            .join(
                _lapsed_certificates(rows),
                on=["person_id", "certificate"],
                how="left",
                maintain_order="left",
            )
            .join(
                _held_grades(rows),
                on=["person_id", "grade"],
                how="left",
                maintain_order="left",
            )
        )
        numbered = pl.col("certificate").is_not_null()
        known, lapsed = pl.col("is_known").is_not_null(), pl.col("lapsed").is_not_null()
        # Null for those who are new, and where an organisation holds it: not theirs.
        is_theirs = (pl.col("known_holder") == pl.col("person_id")).fill_null(
            value=False
        )
        problems.add(
            rows.filter(known & ~is_theirs),
            "certificate_number",
            "certificate_of_another",
        )
        problems.add(
            rows.filter(known & is_theirs & (pl.col("known_grade") != pl.col("grade"))),
            "skill_grade",
            "certificate_differs",
        )
        problems.add(
            rows.filter(
                pl.when(numbered)
                .then(lapsed & ~known)
                .otherwise(~pl.col("holds_valid"))
            ),
            "skill_grade",
            "certificate_not_valid",
            is_warning=True,
        )
        is_new = (
            pl.when(numbered)
            .then(~known & ~lapsed)
            .otherwise(pl.col("grade").is_not_null() & pl.col("holds_valid").is_null())
        )
        return rows.with_columns(is_new.alias(f"{self.key}_is_new"))

    def load(self, rows: pl.DataFrame, context: RosterContext) -> None:
        day = pl.coalesce("issued", pl.lit(context.on)).dt.to_string()
        rows = rows.with_columns(
            day.alias("since"),
            pl.col("issued").dt.to_string(),
            pl.col("certificate", "certificate_issuer", "occupation_code").fill_null(
                ""
            ),
        )
        count = rows.height
        recorded_at = for_database(Credential, "recorded_at")(context.now)
        fixed: dict[str, Any] = {
            "kind": CredentialKind.SKILL_CERTIFICATE.value,
            "title": "",
            "ladder": Ladder.SKILL.value,
            "status": CredentialStatus.VALID.value,
            "evidence": "",
            "recorded_at": recorded_at,
        }
        read = {
            "person_id": "person_id",
            "grade": "grade",
            "occupation": "occupation_code",
            "number": "certificate",
            "issuer": "certificate_issuer",
            "issued_on": "issued",
            "valid_from": "since",
        }
        bulk_insert(
            Credential,
            [*fixed, *read],
            zip(
                *([value] * count for value in fixed.values()),
                *(rows[name] for name in read.values()),
                strict=True,
            ),
        )


def _check_grade(rows: pl.DataFrame, problems: Problems) -> pl.DataFrame:
    distinct = rows["skill_grade"].drop_nulls().unique().to_list()
    ranks = {text: classifications.skill_grade_from_text(text) for text in distinct}
    rows = rows.with_columns(
        pl.col("skill_grade")
        .replace_strict(ranks, default=None, return_dtype=pl.Int64)
        .alias("grade")
    )
    said, rank = pl.col("skill_grade").is_not_null(), pl.col("grade")
    problems.add(rows.filter(said & rank.is_null()), "skill_grade", "grade_unknown")
    problems.add(
        rows.filter(~said & pl.col("certificate_number").is_not_null()),
        "skill_grade",
        "grade_missing",
    )
    return rows


def _check_number(rows: pl.DataFrame, problems: Problems) -> pl.DataFrame:
    """Add `certificate`: what is plainly right as it stands, the rest by the rule."""
    rows = rows.with_columns(_plainly_right().alias("certificate"))
    doubtful = rows.filter(
        pl.col("certificate").is_null() & pl.col("certificate_number").is_not_null()
    )
    found: list[tuple[int, str, dict[str, Any]]] = []
    numbers: list[str | None] = []
    columns = doubtful.select(ROW, "certificate_number", "grade", "issued")
    for row, text, rank, issued_on in columns.iter_rows():
        number = None
        try:
            number = check_certificate_number(
                text, rank=rank, issued_on=issued_on
            ).number
        except IdProblem as problem:
            found.append((row, problem.code, problem.values))
        numbers.append(number)
    problems.add_listed("certificate_number", found)
    by_the_rule = doubtful.select(ROW).with_columns(
        pl.Series("certificate", numbers, pl.String)
    )
    return rows.update(by_the_rule, on=ROW)


def _plainly_right() -> pl.Expr:
    """Numbers of the national form that agree with the grade and date beside them.

    The rule has the last word on all others; it takes ten times as long.
    """
    text = pl.col("certificate_number")
    rank = text.str.slice(15, 1).replace_strict(
        RANK_BY_LEVEL, default=None, return_dtype=pl.Int64
    )
    year = CENTURY + text.str.slice(13, 2).cast(pl.Int64, strict=False)
    grade, issued = pl.col("grade"), pl.col("issued")
    return pl.when(
        text.str.contains("^[YS][0-9]{21}$")
        & rank.is_not_null()
        & (grade.is_null() | (grade == rank))
        & (issued.is_null() | (year <= issued.dt.year()))
    ).then(text)


def _check_repeated(rows: pl.DataFrame, problems: Problems) -> None:
    repeated = (
        rows.filter(pl.col("certificate").is_not_null())
        .with_columns(
            pl.col(ROW).min().over("certificate").alias("first"),
            pl.col("id_index").first().over("certificate").alias("holder"),
        )
        # A person who stands twice is told so already.
        .filter(
            (pl.col(ROW) != pl.col("first"))
            & pl.col("id_index").ne_missing(pl.col("holder"))
        )
    )
    problems.add(
        repeated,
        "certificate_number",
        "certificate_repeated",
        values=[{"other_row": first} for first in repeated["first"]],
    )


def _known_certificates(rows: pl.DataFrame) -> pl.DataFrame:
    """Return whose the valid certificates are; a number is valid once."""
    numbers = rows["certificate"].drop_nulls().unique()
    known = _certificates().filter(
        Among(F("number"), numbers), status=CredentialStatus.VALID
    )
    found = known.values_list("number", "person_id", "grade", Value(value=True))
    return pl.DataFrame(list(found), schema=_KNOWN, orient="row")


def _lapsed_certificates(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the numbers that the rows' people hold, or held, without their counting.

    Those must not come back with the next roster.
    """
    asked = rows.filter(pl.col("certificate").is_not_null())["person_id"].drop_nulls()
    lapsed = _certificates().filter(Among(F("person_id"), asked.unique()))
    found = lapsed.exclude(status=CredentialStatus.VALID).exclude(number="")
    numbers = found.values_list("person_id", "number", Value(value=True)).distinct()
    return pl.DataFrame(list(numbers), schema=_LAPSED, orient="row")


def _held_grades(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the grades of people whose rows give a grade without a number.

    holds_valid: whether one of that grade counts; false where all have lapsed.
    """
    asked = rows.filter(
        pl.col("certificate").is_null() & pl.col("grade").is_not_null()
    )["person_id"].drop_nulls()
    held = _certificates().filter(Among(F("person_id"), asked.unique()))
    found = held.values_list("person_id", "grade", "status").distinct()
    is_valid = pl.col("status") == CredentialStatus.VALID.value
    return (
        pl.DataFrame(list(found), schema=_HELD, orient="row")
        .group_by("person_id", "grade")
        .agg(is_valid.any().alias("holds_valid"))
    )


def _certificates() -> QuerySet[Credential]:
    return Credential.objects.filter(kind=CredentialKind.SKILL_CERTIFICATE)
