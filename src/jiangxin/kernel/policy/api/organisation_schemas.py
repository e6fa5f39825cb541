"""Pages of organisations, and what policies say of one."""

from datetime import date
from typing import Annotated

from ninja import Schema
from pydantic import Field

from jiangxin.kernel.policy.api.answer_schemas import AnswerOut, GrantOut
from jiangxin.kernel.policy.api.figures import Yuan
from jiangxin.kernel.policy.api.list_schemas import (
    LARGEST_ID,
    MOST_ROWS,
    After,
    Day,
    In,
    Limit,
    Next,
    Strict,
)
from jiangxin.kernel.policy.enums import Verdict

OrganisationId = Annotated[int, Field(ge=1, le=LARGEST_ID)]


class OrganisationIn(Schema):
    organisation_id: OrganisationId


class ServedOrganisationOut(Schema):
    organisation_id: int
    code: str
    name: str
    region_code: str | None
    since: date
    version: str = Field(description="Version of the policy that found it.")
    row: int | None
    amount: Yuan | None


class ServedOrganisationPage(Schema):
    items: list[ServedOrganisationOut]
    next: Next


class MatchOrganisationsIn(In):
    organisation_ids: list[Annotated[OrganisationId, Strict]] | None = Field(
        default=None,
        min_length=1,
        max_length=MOST_ROWS,
        description="Which to look at; null: all in the token's places, by pages.",
    )
    on: Day = None
    after: Annotated[After, Strict] = 0
    limit: Annotated[Limit, Strict] = 100


class MatchedOrganisationOut(Schema):
    organisation_id: int
    verdict: Verdict
    missing: list[str]
    grant: GrantOut | None


class OrganisationMatchPage(Schema):
    policy: str
    version: str
    on: date
    items: list[MatchedOrganisationOut]
    not_found: list[int] = Field(
        description="Asked for and not there, or not in the token's places."
    )
    next: Next


class OrganisationAnswersOut(Schema):
    organisation_id: int
    on: date
    answers: list[AnswerOut]
