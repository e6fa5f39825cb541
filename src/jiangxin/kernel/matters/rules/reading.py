"""From the text of a service file to a `Service`, refusing loudly what cannot be right."""

import re
from hashlib import sha256

from jiangxin.kernel.matters.enums import (
    Channel,
    FieldKind,
    MaterialForm,
    ServiceSubject,
    StopKind,
)
from jiangxin.kernel.matters.rules.clock import DayUnit, Limit, LimitKind
from jiangxin.kernel.matters.rules.service import (
    Check,
    Choice,
    FormField,
    Material,
    Service,
    ServiceLimit,
    Step,
    Term,
)
from jiangxin.kernel.policy.rules.places import Place, top

CODE = re.compile(r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*")
NEEDED = (
    *("code", "title", "summary", "document", "clause", "subject", "channels"),
    *(
        "acceptance",
        "limits",
        "supplements",
        "promises",
        "steps",
        "fields",
        "materials",
    ),
)
OPTIONAL = ("checks", "handed_out", "note", "organisation_kinds")


def read_service(text: str, *, file: str, part: str) -> Service:
    """Read one service. part: the key of the part that brings it, which its code names.

    Raises PolicyFault, which says the file, the line and what is wrong there.
    """
    fields = top(text, file).fields(NEEDED, OPTIONAL)
    service = Service(
        code=_code(fields["code"], part),
        title=fields["title"].sentence(),
        summary=fields["summary"].sentence(),
        document=fields["document"].text(),
        clause=fields["clause"].text(),
        subject=fields["subject"].choice(ServiceSubject),
        channels=tuple(each.choice(Channel) for each in fields["channels"].items()),
        acceptance=_limit(fields["acceptance"]),
        limits=tuple(_limit(each) for each in fields["limits"].items()),
        supplements=_term(fields["supplements"]),
        promises=_term(fields["promises"]),
        steps=tuple(_step(each) for each in fields["steps"].items()),
        fields=tuple(_field(each) for each in fields["fields"].items()),
        materials=tuple(_material(each) for each in fields["materials"].items()),
        checks=tuple(_check(each) for each in fields["checks"].items())
        if "checks" in fields
        else (),
        handed_out=fields["handed_out"].sentence() if "handed_out" in fields else None,
        note=fields["note"].sentence() if "note" in fields else None,
        organisation_kinds=tuple(
            each.text() for each in fields["organisation_kinds"].items()
        )
        if "organisation_kinds" in fields
        else (),
        version=sha256(text.encode()).hexdigest()[:12],
        text=text,
    )
    for name in ("limits", "steps", "fields", "materials", "checks"):
        if name in fields:
            _refuse_twice(fields[name], [_key(one) for one in getattr(service, name)])
    return service


def _key(one: FormField | Material | Step | Check | ServiceLimit) -> str:
    return one.limit.kind.value if isinstance(one, ServiceLimit) else one.key


def _refuse_twice(place: Place, keys: list[str]) -> None:
    for key in keys:
        if keys.count(key) > 1:
            raise place.fault(f"{key!r} stands here twice")


def _code(place: Place, part: str) -> str:
    code = place.text()
    if not CODE.fullmatch(code) or not code.startswith(f"{part}."):
        raise place.fault(f"{code!r} is not a name like {part}.some_service")
    return code


def _limit(place: Place) -> ServiceLimit:
    fields = place.fields(
        ["kind", "days", "unit", "source"], ["note", "is_demonstration"]
    )
    try:
        limit = Limit(
            days=fields["days"].integer(),
            unit=fields["unit"].choice(DayUnit),
            kind=fields["kind"].choice(LimitKind),
            source=fields["source"].text(),
        )
    except ValueError as problem:
        raise fields["days"].fault(str(problem)) from problem
    return ServiceLimit(
        limit,
        note=fields["note"].sentence() if "note" in fields else None,
        is_demonstration=_truth(fields, "is_demonstration"),
    )


def _term(place: Place) -> Term:
    fields = place.fields(["days", "source"], ["is_demonstration"])
    days = fields["days"].integer()
    if days < 1:
        raise fields["days"].fault("is below one")
    return Term(days, fields["source"].text(), _truth(fields, "is_demonstration"))


def _step(place: Place) -> Step:
    fields = place.fields(["key", "label", "permission"], ["stops", "source"])
    stops = fields["stops"].choice(StopKind) if "stops" in fields else None
    if stops and "source" not in fields:
        raise place.fault("what stops the clock names the source that lets it")
    return Step(
        fields["key"].text(),
        fields["label"].sentence(),
        fields["permission"].text(),
        stops,
        fields["source"].text() if "source" in fields else "",
    )


def _field(place: Place) -> FormField:
    fields = place.fields(
        ["key", "label", "kind"], ["help", "needed", "known_from", "choices"]
    )
    kind = fields["kind"].choice(FieldKind)
    if (kind is FieldKind.CHOICE) != ("choices" in fields):
        raise place.fault("choices go with the kind `choice`, and with no other")
    return FormField(
        fields["key"].text(),
        fields["label"].sentence(),
        kind,
        fields["help"].sentence() if "help" in fields else None,
        is_needed=_truth(fields, "needed", otherwise=True),
        known_from=fields["known_from"].text() if "known_from" in fields else "",
        choices=tuple(_choice(each) for each in fields["choices"].items())
        if "choices" in fields
        else (),
    )


def _choice(place: Place) -> Choice:
    fields = place.fields(["key", "label"])
    return Choice(fields["key"].text(), fields["label"].sentence())


def _material(place: Place) -> Material:
    fields = place.fields(
        ["key", "label", "form"],
        ["count", "help", "needed", "may_follow", "may_be_reused", "surrendered"],
    )
    return Material(
        fields["key"].text(),
        fields["label"].sentence(),
        fields["form"].choice(MaterialForm),
        fields["count"].integer() if "count" in fields else 1,
        fields["help"].sentence() if "help" in fields else None,
        is_needed=_truth(fields, "needed", otherwise=True),
        may_follow=_truth(fields, "may_follow"),
        may_be_reused=_truth(fields, "may_be_reused"),
        is_surrendered=_truth(fields, "surrendered"),
    )


def _check(place: Place) -> Check:
    fields = place.fields(["key", "asks", "otherwise"], ["clause"])
    return Check(
        fields["key"].text(),
        fields["asks"].sentence(),
        fields["otherwise"].sentence(),
        fields["clause"].text() if "clause" in fields else "",
    )


def _truth(fields: dict[str, Place], name: str, *, otherwise: bool = False) -> bool:
    return fields[name].truth() if name in fields else otherwise
