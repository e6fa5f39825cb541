"""Reading what a policy gives, what it goes with, and how many it serves."""

import re
from decimal import Decimal

from jiangxin.foundation.i18n import to_translate as _
from jiangxin.kernel.policy.enums import AttributeType, Period, QuotaOrder, Wins
from jiangxin.kernel.policy.rules.places import Place
from jiangxin.kernel.policy.rules.reading_conditions import ConditionReader
from jiangxin.kernel.policy.rules.tree import (
    HUNDREDTHS,
    WHOLE_SHARE,
    Amount,
    Ceiling,
    GrantRow,
    GrantTable,
    NotWith,
    Parameter,
    Quota,
    Share,
)

GROUP = re.compile(r"[a-z][a-z0-9_]*")


def grant_table(place: Place, reader: ConditionReader) -> GrantTable:
    """Read `grants:`. Raises PolicyFault, also for a row that can never apply."""
    fields = place.fields(["period", "rows"])
    rows: list[GrantRow] = []
    for row_place in fields["rows"].items():
        if rows and not rows[-1].when:
            raise row_place.fault(
                _("never applies: the row before it has no conditions")
            )
        rows.append(_row(row_place, reader))
    return GrantTable(fields["period"].choice(Period), tuple(rows))


def _row(place: Place, reader: ConditionReader) -> GrantRow:
    fields = place.fields(
        ["says", "clause"], optional=["when", "amount", "share", "rate"]
    )
    says, clause = fields["says"].sentence(), fields["clause"].text()
    when = fields.get("when")
    rate = fields.get("rate")
    return GrantRow(
        when=reader.conditions(when, says=says, clause=clause) if when else (),
        gives=_gives(place, fields, reader),
        rate=_rate(rate, reader) if rate else None,
        says=says,
        clause=clause,
    )


def _gives(
    place: Place, fields: dict[str, Place], reader: ConditionReader
) -> Amount | Share | None:
    if "amount" in fields and "share" in fields:
        raise place.fault(_("gives an amount or a share, not both"))
    if "amount" in fields:
        return Amount(_hundredths(fields["amount"], reader))
    return _share(fields["share"], reader) if "share" in fields else None


def _share(place: Place, reader: ConditionReader) -> Share:
    fields = place.fields(["of", "percent"], optional=["at_most", "at_least"])
    whole = reader.attribute(fields["of"])
    if whole.type is not AttributeType.MONEY:
        raise fields["of"].fault(
            _("should be money, but %(attribute)s is %(type)s"),
            attribute=whole.key,
            type=whole.type.value,
        )
    percent = _hundredths(fields["percent"], reader)
    if isinstance(percent, int) and percent > WHOLE_SHARE:
        raise fields["percent"].fault(_("is more than the whole"))
    cap, floor = fields.get("at_most"), fields.get("at_least")
    share = Share(
        whole.key,
        percent,
        _hundredths(cap, reader) if cap else None,
        _hundredths(floor, reader) if floor else None,
    )
    least, most = share.limits(reader.in_force_from)
    if least is not None and most is not None and least > most:
        raise place.fault(_("gives at least more than at most"))
    return share


def _hundredths(place: Place, reader: ConditionReader) -> int | Parameter:
    """Read yuan or per cent, given here or by a parameter."""
    if place.is_mapping:
        return reader.figure_of_parameter(place, scale=HUNDREDTHS, is_whole=True)
    return place.hundredths()


def _rate(place: Place, reader: ConditionReader) -> Decimal | Parameter:
    if place.is_mapping:
        return reader.figure_of_parameter(place, scale=1, is_whole=False)
    return place.decimal()


def not_with(place: Place) -> NotWith:
    fields = place.fields(["policies", "wins"])
    codes = tuple(one.text() for one in fields["policies"].items())
    return NotWith(codes, fields["wins"].choice(Wins))


def ceiling(place: Place, reader: ConditionReader) -> Ceiling:
    fields = place.fields(["group", "at_most", "period"])
    group = fields["group"].text()
    if not GROUP.fullmatch(group):
        raise fields["group"].fault(
            _("'%(given)s' is not a name like skill_subsidies"), given=group
        )
    most = _hundredths(fields["at_most"], reader)
    return Ceiling(group, most, fields["period"].choice(Period))


def quota(place: Place, reader: ConditionReader) -> Quota:
    fields = place.fields(["period", "order"], optional=["people", "amount", "by"])
    if "people" not in fields and "amount" not in fields:
        raise place.fault(_("needs people, amount or both"))
    order = fields["order"].choice(QuotaOrder)
    is_ranked = order is not QuotaOrder.FIRST_COME
    if is_ranked is not ("by" in fields):
        raise place.fault(_("needs `by:` an attribute when it is not first come"))
    return Quota(
        people=fields["people"].integer() if "people" in fields else None,
        fen=fields["amount"].hundredths() if "amount" in fields else None,
        period=fields["period"].choice(Period),
        order=order,
        attribute=reader.attribute(fields["by"]).key if "by" in fields else "",
    )
