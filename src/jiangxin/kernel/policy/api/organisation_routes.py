"""The operations of the API about organisations. They name no person."""

from typing import Any, cast

from django.http import HttpRequest
from ninja import Path, Query, Router

from jiangxin.foundation.clock.working_days import today
from jiangxin.foundation.web import Request
from jiangxin.kernel.access.api.declaring import operation
from jiangxin.kernel.policy import permissions
from jiangxin.kernel.policy.api.answer_schemas import answer_out, grant_out
from jiangxin.kernel.policy.api.figures import yuan_or_none
from jiangxin.kernel.policy.api.list_schemas import DayIn, PageIn
from jiangxin.kernel.policy.api.organisation_schemas import (
    MatchedOrganisationOut,
    MatchOrganisationsIn,
    OrganisationAnswersOut,
    OrganisationIn,
    OrganisationMatchPage,
    ServedOrganisationOut,
    ServedOrganisationPage,
)
from jiangxin.kernel.policy.api.scopes import EXPLAIN, MATCH
from jiangxin.kernel.policy.models import OrganisationMatch
from jiangxin.kernel.policy.queries import (
    explanations,
    organisation_pages,
    organisations,
)
from jiangxin.kernel.policy.registry import policy

router = Router(tags=["policy"])


@router.get("policies/{code}/organisations", **operation(MATCH, ServedOrganisationPage))
def list_served_organisations(
    request: HttpRequest, code: str, asked: Query[PageIn]
) -> Any:
    """Which organisations a policy serves by the last matching, in order of number."""
    ours = _allowed(request)
    page = organisation_pages.served_organisations(
        ours.actor, policy(code), after=asked.after, limit=asked.limit
    )
    items = [_served(one) for one in page.matches]
    return ServedOrganisationPage(items=items, next=page.next)


@router.post(
    "policies/{code}/match-organisations", **operation(MATCH, OrganisationMatchPage)
)
def match_organisations(
    request: HttpRequest, code: str, asked: MatchOrganisationsIn
) -> Any:
    """What a policy says of the organisations named, or of all in the token's places.

    Nothing is written into the register.
    """
    ours = _allowed(request)
    chosen, on = policy(code), asked.on or today(ours.now)
    if asked.organisation_ids is None:
        page = organisation_pages.asked_organisations(
            ours.actor, chosen, on=on, after=asked.after, limit=asked.limit
        )
    else:
        page = organisation_pages.asked_of_organisations(
            ours.actor, chosen, asked.organisation_ids, on=on
        )
    return OrganisationMatchPage(
        policy=chosen.code,
        version=chosen.version,
        on=on,
        items=[
            MatchedOrganisationOut(
                organisation_id=number,
                verdict=each.verdict,
                missing=list(each.missing),
                grant=grant_out(each),
            )
            for number, each in page.answers.items()
        ],
        not_found=sorted(set(asked.organisation_ids or ()) - page.answers.keys()),
        next=page.next,
    )


@router.get(
    "organisations/{organisation_id}/answers",
    **operation(EXPLAIN, OrganisationAnswersOut),
)
def explain_organisation(
    request: HttpRequest, path: Path[OrganisationIn], asked: Query[DayIn]
) -> Any:
    """What every policy says about one organisation, and why, condition by condition."""
    ours = _allowed(request)
    found = organisations.get_organisation(path.organisation_id, visible_to=ours.actor)
    day = asked.on or today(ours.now)
    answers = explanations.explanations_of_organisation(found.pk, on=day)
    settled = explanations.settled(answers, on=day)
    return OrganisationAnswersOut(
        organisation_id=found.pk,
        on=day,
        answers=[
            answer_out(one, turn=None, settled=settled.get(one.policy.code))
            for one in answers
        ],
    )


def _allowed(request: HttpRequest) -> Request:
    ours = cast("Request", request)
    permissions.check_view_policies(ours.actor)
    return ours


def _served(match: OrganisationMatch) -> ServedOrganisationOut:
    return ServedOrganisationOut(
        organisation_id=match.organisation_id,
        code=match.organisation.code,
        name=match.organisation.name,
        region_code=match.organisation.region_id,
        since=match.valid_from,
        version=match.policy_version,
        row=match.grant_row,
        amount=yuan_or_none(match.amount_fen),
    )
