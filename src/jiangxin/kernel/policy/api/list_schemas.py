"""Pages of people, and dry runs."""

from datetime import date
from typing import Annotated

from ninja import Schema
from pydantic import ConfigDict, Field

from jiangxin.kernel.policy.api.answer_schemas import GrantOut
from jiangxin.kernel.policy.api.figures import Yuan
from jiangxin.kernel.policy.enums import Verdict

# No more than leave in one file without a reason (privacy/data/limits.yaml).
MOST_ROWS = 200
# The largest number that a database keeps for a person.
LARGEST_ID = 2**63 - 1

PersonId = Annotated[int, Field(ge=1, le=LARGEST_ID)]
Limit = Annotated[int, Field(ge=1, le=MOST_ROWS, description="Rows of a page.")]
After = Annotated[
    int,
    Field(
        ge=0,
        le=LARGEST_ID,
        description="What the page before gave as next; 0: the first page.",
    ),
]
Next = Annotated[
    int | None,
    Field(description="To be sent as after for the next page; null: the last."),
]


Day = Annotated[
    date | None,
    Field(
        ge=date(1990, 1, 1),
        le=date(2100, 12, 31),
        description="As of which day, from 1990 to 2100; today when it is left out.",
    ),
]


class In(Schema):
    """What is sent: a word that nobody knows is a mistake, not decoration."""

    model_config = ConfigDict(extra="forbid")


class PersonIn(Schema):
    person_id: PersonId


class DayIn(In):
    on: Day = None


class PageIn(In):
    after: After = 0
    limit: Limit = 100


class ServedOut(Schema):
    person_id: int
    name: str
    employer: str | None
    region_code: str | None
    region: str | None
    since: date
    version: str = Field(description="Version of the policy that found the person.")
    row: int | None
    amount: Yuan | None


class ServedPage(Schema):
    items: list[ServedOut]
    next: Next


# In JSON a number is written as one; only an address has no other way than text.
Strict = Field(strict=True)


class MatchIn(In):
    person_ids: list[Annotated[PersonId, Strict]] | None = Field(
        default=None,
        min_length=1,
        max_length=MOST_ROWS,
        description="Whom to look at; null: everybody in the token's places, by pages.",
    )
    on: Day = None
    after: Annotated[After, Strict] = 0
    limit: Annotated[Limit, Strict] = 100


class MatchedOut(Schema):
    person_id: int
    verdict: Verdict
    missing: list[str]
    grant: GrantOut | None


class MatchPage(Schema):
    policy: str
    version: str
    on: date
    items: list[MatchedOut]
    not_found: list[int] = Field(
        description="Asked for and not there, or not in the token's places."
    )
    next: Next


class DryRunIn(In):
    text: str = Field(max_length=100_000, description="A policy file: YAML.")
    on: Day = None
    with_people: bool = Field(
        default=False,
        strict=True,
        description="Also the numbers of up to 100 people each, or of organisations, "
        "who would be added and dropped.",
    )


class DraftFaultOut(Schema):
    line: int
    where: str = Field(description="The way to it, such as conditions[1].value.")
    problem: str = Field(description="What is wrong, in the language asked for.")


class FindingOut(Schema):
    """What the check of a readable draft found."""

    code: str
    is_error: bool = Field(
        description="Whether it keeps the draft from being approved."
    )
    where: str = Field(description="The place in the file, such as conditions[1].")
    text: str


class RowReachOut(Schema):
    row: int | None
    people: int
    amount: Yuan


class StepOut(Schema):
    says: str = Field(description="The condition; empty for the policy's region.")
    alone: int = Field(description="How many meet it.")
    only: int = Field(description="How many fail it and meet all others.")


class CountOut(Schema):
    on: date
    snapshot_on: date | None = Field(
        description="Of which day the register was counted; null: as it is now."
    )
    register_size: int = Field(
        description="How many people, or organisations, were looked at."
    )
    people: int = Field(description="How many of them would be served.")
    amount: Yuan | None = Field(
        description="What that would cost; null for a policy about organisations."
    )
    rows: list[RowReachOut]
    adds: int = Field(description="Of them, not served by the policy of this code now.")
    drops: int = Field(description="Served now and no longer.")
    funnel: list[StepOut]
    added_ids: list[int]
    dropped_ids: list[int]


class DryRunOut(Schema):
    is_readable: bool
    faults: list[DraftFaultOut]
    findings: list[FindingOut] = Field(
        description="Contradictions, gaps and limits without cases; none while unreadable."
    )
    code: str
    version: str
    count: CountOut | None = Field(description="Null when there is a fault.")
