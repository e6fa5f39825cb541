"""A quarter at the service window, and its desk today, by the platform's own acts.

What was done is done again in its order, each act at the time it was done: certificates,
clocks and figures follow from the acts, nobody writes them down.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from random import Random
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from jiangxin.demonstration.accounts import pujiang_unions
from jiangxin.demonstration.acting import (
    AtTheWindow,
    ago,
    chair_of,
    clerks,
    listed,
    moment,
    region,
    working_days,
)
from jiangxin.demonstration.corrections import grey_picture
from jiangxin.demonstration.halls import (
    Counter,
    at_the_window,
    fill_the_hall,
    let_people_in,
    open_halls,
)
from jiangxin.demonstration.people import made_up_names
from jiangxin.demonstration.plan import read_plan
from jiangxin.demonstration.questions import ask_and_answer
from jiangxin.demonstration.ratings import rate_lately, rate_the_quarter
from jiangxin.foundation.actor import SYSTEM
from jiangxin.foundation.clock.working_days import today
from jiangxin.kernel.matters.enums import Channel
from jiangxin.kernel.matters.models import Matter
from jiangxin.kernel.matters.operations.accepting import accept_matter, ask_supplements
from jiangxin.kernel.matters.operations.deciding import (
    grant_matter,
    hand_out,
    refuse_matter,
)
from jiangxin.kernel.matters.operations.drafting import (
    Begun,
    Contact,
    begin_matter,
    submit_matter,
    withdraw_matter,
)
from jiangxin.kernel.matters.operations.materials import NewFile, add_material
from jiangxin.kernel.matters.operations.working import finish_step
from jiangxin.kernel.matters.registry import service
from jiangxin.kernel.register.models import Organisation
from jiangxin.kernel.register.registry import announcing_once
from jiangxin.programmes.service_window.operations.numbering import (
    STEP,
    make_up_number,
)
from jiangxin.programmes.service_window.registry import CHANGE, FIRST, REISSUE

PLAN = "window.yaml"
# Ten at a time, so that a day's matters lie apart on the clock.
APART = timedelta(minutes=20)


@dataclass(frozen=True)
class Application:
    """One application as it is acted. at: when it is handed in."""

    service: str
    union: Organisation
    channel: Channel
    at: datetime
    answers: Mapping[str, str]
    clerk: AtTheWindow
    chair: str
    papers: tuple[str, ...] = ()


def expected() -> int:
    plan = listed(PLAN)
    return int(plan["first"] + plan["changes"] + plan["reissues"])


def hold_the_window(*, now: datetime) -> int:
    """Act out the quarter and today; return how many matters there are then.

    Policies look at whoever it concerns once, at the end.
    """
    with announcing_once(on=today(now), at=now, actor=SYSTEM, reason="demonstration"):
        _hold_the_window(now)
    return Matter.objects.count()


def _hold_the_window(now: datetime) -> None:
    chance = Random(f"{read_plan().seed}:window")  # noqa: S311 -- repeatable on purpose
    unions = pujiang_unions()
    seated = clerks()
    names = iter(made_up_names(500, chance))
    counter = open_halls(seated, names)
    quarter = _quarter(unions, seated, chance, today(now))
    settled = [_carry_out(one, counter) for one in quarter]
    left = unions[listed(PLAN)["first"] :]
    for number, entry in enumerate(listed(PLAN)["open"]):
        _lay_on_the_desk(entry, left[number], seated[number % 2], chance, now)
    left = left[len(listed(PLAN)["open"]) :]
    lately = [_carry_out(one, counter) for one in _lately(left, seated, names, now)]
    let_people_in(counter, now)
    fill_the_hall(counter, now)
    ask_and_answer(counter.hall, seated[0], names, now)
    rate_the_quarter(settled, seated, now)
    rate_lately(lately, seated, now)


def _quarter(
    unions: Sequence[Organisation],
    clerks: Sequence[AtTheWindow],
    chance: Random,
    on: date,
) -> Iterator[Application]:
    """Yield the quarter's applications, in the order of time."""
    plan = listed(PLAN)
    moments = list(_moments(expected()))
    names = made_up_names(expected(), chance)
    later = [CHANGE] * plan["changes"] + [REISSUE] * plan["reissues"]
    # What follows on a first issue comes at the end of the quarter.
    codes = [FIRST] * plan["first"] + later
    for number, (code, at, chair) in enumerate(zip(codes, moments, names, strict=True)):
        union = unions[number % plan["first"]]
        yield Application(
            code,
            union,
            _channel(number),
            at,
            _answers(code, number, chair, at.date(), on),
            clerks[number % len(clerks)],
            chair,
            papers=("change_statement",) if code == CHANGE else (),
        )


def _channel(number: int) -> Channel:
    plan = listed(PLAN)
    if number % plan["proxy_every"] == 0:
        return Channel.PROXY
    return Channel.WINDOW if number % plan["online_every"] else Channel.ONLINE


def _moments(count: int) -> Iterator[datetime]:
    """Yield so many moments, spread over the working days of the quarter."""
    days = working_days(*listed(PLAN)["quarter"])
    for number in range(count):
        day = days[number * len(days) // count]
        yield moment(day) + APART * (number % 10)


def _lately(
    unions: Sequence[Organisation],
    seated: Sequence[AtTheWindow],
    names: Iterator[str],
    now: datetime,
) -> Iterator[Application]:
    """Yield what was carried out in the last weeks, the earliest first."""
    for number, days in enumerate(listed(PLAN)["lately"]):
        at = ago(days, now) + APART * (number % 3)
        chair = next(names)
        answers = _answers(FIRST, number + 300, chair, at.date(), today(now))
        answers["term_from"] = (at.date() - timedelta(days=25)).isoformat()
        clerk = seated[number % len(seated)]
        channel = _channel(number)
        yield Application(FIRST, unions[number], channel, at, answers, clerk, chair)


def _answers(code: str, number: int, chair: str, day: date, on: date) -> dict[str, str]:
    plan = listed(PLAN)
    road = plan["roads"][number % len(plan["roads"])]
    house = plan["house"].format(road=road, number=number * 3 + 8)
    if code == CHANGE:
        return {"new_domicile": house, "changed_on": day.isoformat()}
    if code == REISSUE:
        return {"lost_on": day.isoformat(), "what_happened": plan["statement"]}
    begins = _term_began(number, day, on)
    approval = plan["approval"].format(year=begins.year, number=number % 90 + 1)
    return {
        "upper_union": "",
        "member_count": str(20 + number % 60),
        "legal_representative": chair,
        "domicile": house,
        "approval_number": approval,
        "term_from": begins.isoformat(),
        "term_years": "5",
    }


def _term_began(number: int, day: date, on: date) -> date:
    """Return the first day of a term that ends when the plan says, seen from today."""
    ends = listed(PLAN)["ending_in"]
    if number < len(ends):
        last = on + timedelta(days=ends[number] + 1)
        began = last.replace(year=last.year - 5, day=min(last.day, 28))
        if began < day:
            return began
    return day - timedelta(days=30 + number * 2)


def _carry_out(one: Application, counter: Counter) -> Matter:
    """From the application to the certificate in hand, within the hour."""
    if one.channel is Channel.ONLINE:
        return _to_the_end(one)
    with at_the_window(counter, one.clerk, one.service, one.at) as left:
        matter = _to_the_end(one)
        left.append((matter.number or "", matter.touched_at))
    return matter


def _to_the_end(one: Application) -> Matter:
    matter = accepted(one)
    while matter.step:
        if matter.step == STEP:
            make_up_number(matter_id=matter.pk, actor=one.clerk, now=matter.touched_at)
        matter = _step(matter, one, 2)
    matter = grant_matter(
        matter_id=matter.pk,
        seen=matter.version,
        actor=one.clerk,
        now=matter.touched_at + timedelta(minutes=4),
    )
    return hand_out(
        matter_id=matter.pk,
        seen=matter.version,
        collector=one.chair,
        signature=one.chair,
        surrendered=True,
        actor=one.clerk,
        now=matter.touched_at + timedelta(minutes=5),
    )


def _step(matter: Matter, one: Application, minutes: int) -> Matter:
    return finish_step(
        matter_id=matter.pk,
        seen=matter.version,
        actor=one.clerk,
        now=matter.touched_at + timedelta(minutes=minutes),
    )


def submitted(one: Application) -> Matter:
    """Hand the application in, with its files when it comes online."""
    own = chair_of(one.union.code, one.chair)
    online = one.channel is Channel.ONLINE
    actor = own if online else one.clerk
    token = uuid5(NAMESPACE_URL, f"demonstration:{one.service}:{one.union.pk}")
    begun = Begun(
        one.service,
        token,
        one.channel,
        organisation_id=one.union.pk,
        agent_scope=listed(PLAN)["scope"] if one.channel is Channel.PROXY else "",
        has_consent=one.channel is Channel.PROXY,
    )
    matter = begin_matter(begun, actor=actor, now=one.at)
    if online:
        for material in service(one.service).materials:
            if material.is_needed or material.key in one.papers:
                add_material(
                    matter_id=matter.pk,
                    key=material.key,
                    file=NewFile(f"{material.label.zh_hans}.png", _picture()),
                    actor=actor,
                    now=one.at,
                )
    return submit_matter(
        matter_id=matter.pk,
        seen=matter.version,
        answers=with_upper(one),
        contact=Contact(one.chair, "13800138000"),
        actor=actor,
        now=one.at + timedelta(minutes=2),
    )


def with_upper(one: Application) -> Mapping[str, str]:
    """Return the answers with the federation, where the register knows no other."""
    if "upper_union" not in one.answers:
        return one.answers
    federation = Organisation.objects.get(code=f"F{region()}")
    return {**one.answers, "upper_union": federation.name}


@cache
def _picture() -> bytes:
    return grey_picture()


def accepted(one: Application, *, promised: Sequence[str] = ()) -> Matter:
    matter = submitted(one)
    needed = [m.key for m in service(one.service).materials if m.is_needed]
    seen = [key for key in (*needed, *one.papers) if key not in promised]
    online = one.channel is Channel.ONLINE
    return accept_matter(
        matter_id=matter.pk,
        seen=matter.version,
        papers=() if online else seen,
        promised=promised,
        actor=one.clerk,
        now=matter.touched_at + timedelta(minutes=6),
    )


def _lay_on_the_desk(
    entry: Mapping[str, Any],
    union: Organisation,
    clerk: AtTheWindow,
    chance: Random,
    now: datetime,
) -> None:
    """Bring one matter to where the plan leaves it."""
    at = ago(entry["ago"], now)
    chair = made_up_names(1, chance)[0]
    answers = _answers(FIRST, union.pk % 40 + 200, chair, at.date(), today(now))
    answers["term_from"] = (at.date() - timedelta(days=20)).isoformat()
    one = Application(FIRST, union, Channel.WINDOW, at, answers, clerk, chair)
    until = entry["until"]
    if until in {"submitted", "supplements", "withdrawn"}:
        matter = submitted(one)
    else:
        promised = ["chair_id", "agent_id"] if until == "promised" else []
        matter = accepted(one, promised=promised)
    _ENDS.get(until, _as_it_is)(matter, one, entry)


def _as_it_is(_matter: Matter, _one: Application, _entry: Mapping[str, Any]) -> None:
    """Nothing more was done to it."""


def _ask(matter: Matter, one: Application, entry: Mapping[str, Any]) -> None:
    ask_supplements(
        matter_id=matter.pk,
        seen=matter.version,
        items={"material:founding_approval": entry["what"]},
        actor=one.clerk,
        now=matter.touched_at + timedelta(minutes=9),
    )


def _withdraw(matter: Matter, one: Application, entry: Mapping[str, Any]) -> None:
    withdraw_matter(
        matter_id=matter.pk,
        seen=matter.version,
        note=entry["what"],
        actor=one.clerk,
        now=matter.touched_at + timedelta(hours=1),
    )


def _refuse(matter: Matter, one: Application, entry: Mapping[str, Any]) -> None:
    refuse_matter(
        matter_id=matter.pk,
        seen=matter.version,
        reason=entry["what"],
        actor=one.clerk,
        now=matter.touched_at + timedelta(hours=2),
    )


def _to_number(matter: Matter, one: Application, _entry: Mapping[str, Any]) -> None:
    _step(matter, one, 10)


def _to_decision(matter: Matter, one: Application, _entry: Mapping[str, Any]) -> None:
    matter = _step(matter, one, 10)
    make_up_number(matter_id=matter.pk, actor=one.clerk, now=matter.touched_at)
    _step(matter, one, 5)


def _grant(matter: Matter, one: Application, entry: Mapping[str, Any]) -> None:
    _to_decision(matter, one, entry)
    matter.refresh_from_db()
    grant_matter(
        matter_id=matter.pk,
        seen=matter.version,
        actor=one.clerk,
        now=matter.touched_at + timedelta(minutes=5),
    )


_ENDS = {
    "supplements": _ask,
    "withdrawn": _withdraw,
    "refused": _refuse,
    "number": _to_number,
    "decision": _to_decision,
    "granted": _grant,
}
