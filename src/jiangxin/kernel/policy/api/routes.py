"""The operations of the API about policies. Their descriptions are its documentation."""

from typing import Any, cast

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Path, Query, Router

from jiangxin.foundation.clock.working_days import today
from jiangxin.foundation.web import Request
from jiangxin.kernel.access.api.declaring import operation
from jiangxin.kernel.access.queries import TokenActor
from jiangxin.kernel.policy import permissions
from jiangxin.kernel.policy.api import dry_runs
from jiangxin.kernel.policy.api.answer_schemas import (
    AnswersOut,
    answer_out,
    grant_out,
)
from jiangxin.kernel.policy.api.figures import yuan_or_none
from jiangxin.kernel.policy.api.list_schemas import (
    DayIn,
    DryRunIn,
    DryRunOut,
    MatchedOut,
    MatchIn,
    MatchPage,
    PageIn,
    PersonIn,
    ServedOut,
    ServedPage,
)
from jiangxin.kernel.policy.api.policy_schemas import (
    PolicyDetailOut,
    PolicyOut,
    policy_detail_out,
    policy_out,
)
from jiangxin.kernel.policy.api.scopes import EXPLAIN, MATCH, READ
from jiangxin.kernel.policy.enums import Subject
from jiangxin.kernel.policy.models import PolicyMatch
from jiangxin.kernel.policy.operations.showing import (
    note_answers_shown,
    note_list_shown,
)
from jiangxin.kernel.policy.queries import explanations, organisations, pages, timelines
from jiangxin.kernel.policy.queries.matches import Reach
from jiangxin.kernel.policy.registry import policies, policies_about, policy
from jiangxin.kernel.policy.registry.wording import say

router = Router(tags=["policy"])


@router.get("policies", **operation(READ, list[PolicyOut]))
def list_policies(request: HttpRequest) -> Any:
    """Every policy, with how many of the token's places it serves: people or organisations."""
    ours = _allowed(request)
    reached = organisations.reach_of_all(ours.actor, today(ours.now))
    return [policy_out(one, reached.get(one.code, Reach())) for one in policies()]


# Before the others, whose `{code}` would take its name for a policy's.
@router.post("policies/dry-run", **operation(MATCH, DryRunOut))
def dry_run_policy(request: HttpRequest, draft: DryRunIn) -> Any:
    """What a policy file would do: its faults, or whom it would serve and at what cost.

    Counted on the snapshot of the register; nothing is kept. Person numbers, when they
    are asked for, are recorded as an export of personal data.
    """
    ours = _allowed(request)
    answer = dry_runs.dry_run(draft, actor=ours.actor, now=ours.now)
    if answer.count and answer.count.snapshot_on:  # people, by number
        rows = len(answer.count.added_ids) + len(answer.count.dropped_ids)
        title = _("Dry run: %(policy)s") % {"policy": answer.code}
        _note(ours, "api-policy-dry-run", title, rows)
    return answer


@router.get("policies/{code}", **operation(READ, PolicyDetailOut))
def read_policy(request: HttpRequest, code: str) -> Any:
    """One policy as data and as the text of its file, with the limits of today."""
    ours = _allowed(request)
    chosen, on = policy(code), today(ours.now)
    reached = organisations.reach_of_all(ours.actor, on).get(code, Reach())
    return policy_detail_out(chosen, reached, on)


@router.get("policies/{code}/people", **operation(MATCH, ServedPage))
def list_served_people(
    request: HttpRequest,
    code: str,
    asked: Query[PageIn],
) -> Any:
    """Whom a policy serves by the last matching, in order of person number.

    Each page is recorded as an export of personal data.
    """
    ours = _allowed(request)
    chosen = policy(code)
    page = pages.served_people(ours.actor, code, after=asked.after, limit=asked.limit)
    title = _("Served by: %(policy)s") % {"policy": say(chosen.title)}
    _note(ours, "api-policy-people", title, len(page.matches))
    return ServedPage(items=[_served(one) for one in page.matches], next=page.next)


@router.post("policies/{code}/match", **operation(MATCH, MatchPage))
def match_policy(request: HttpRequest, code: str, asked: MatchIn) -> Any:
    """What a policy says of the people named, or of everybody in the token's places.

    Nothing is written into the register. Each page is recorded as an export of personal
    data.
    """
    ours = _allowed(request)
    chosen = policy(code)
    on = asked.on or today(ours.now)
    if asked.person_ids is None:
        page = pages.asked_people(
            ours.actor, chosen, on=on, after=asked.after, limit=asked.limit
        )
    else:
        page = pages.asked_of(ours.actor, chosen, asked.person_ids, on=on)
    title = _("Asked about people: %(policy)s") % {"policy": say(chosen.title)}
    _note(ours, "api-policy-match", title, len(page.answers))
    return MatchPage(
        policy=chosen.code,
        version=chosen.version,
        on=on,
        items=[
            MatchedOut(
                person_id=person_id,
                verdict=each.verdict,
                missing=list(each.missing),
                grant=grant_out(each),
            )
            for person_id, each in page.answers.items()
        ],
        not_found=sorted(set(asked.person_ids or ()) - page.answers.keys()),
        next=page.next,
    )


@router.get("people/{person_id}/answers", **operation(EXPLAIN, AnswersOut))
def explain_person(
    request: HttpRequest, path: Path[PersonIn], asked: Query[DayIn]
) -> Any:
    """What every policy says about one person, and why, condition by condition.

    It is recorded in the person's history.
    """
    ours = _allowed(request)
    person = explanations.get_person(path.person_id, visible_to=ours.actor)
    day = asked.on or today(ours.now)
    found = explanations.explanations_of(person.pk, on=day)
    turns = timelines.turns_of(person.pk, policies_about(Subject.PERSON), day)
    settled = explanations.settled(found, on=day)
    note_answers_shown(
        person.pk,
        on=day,
        token_id=cast("TokenActor", ours.actor).token.pk,
        actor=ours.actor,
        now=ours.now,
    )
    answers = [
        answer_out(
            one,
            turn=turns.get(one.policy.code),
            settled=settled.get(one.policy.code),
        )
        for one in found
    ]
    return AnswersOut(person_id=person.pk, on=day, answers=answers)


def _allowed(request: HttpRequest) -> Request:
    ours = cast("Request", request)
    permissions.check_view_policies(ours.actor)
    return ours


def _note(request: Request, key: str, title: str, rows: int) -> None:
    note_list_shown(key, title, rows=rows, actor=request.actor, now=request.now)


def _served(match: PolicyMatch) -> ServedOut:
    named: Any = match  # with what `open_matches` adds
    return ServedOut(
        person_id=match.person_id,
        name=match.person.name,
        employer=named.employer,
        region_code=named.region_code,
        region=named.region,
        since=match.valid_from,
        version=match.policy_version,
        row=match.grant_row,
        amount=yuan_or_none(match.amount_fen),
    )
