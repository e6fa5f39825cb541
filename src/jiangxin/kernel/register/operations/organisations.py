"""Acts on organisations: register, change, close. Earlier versions are kept."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.actor import Actor
from jiangxin.foundation.clock.working_days import today
from jiangxin.foundation.db import needs_transaction, opens_transaction
from jiangxin.foundation.errors import NotFound, Refused
from jiangxin.foundation.ids.credit_code import check_credit_code
from jiangxin.foundation.ids.problems import IdProblem
from jiangxin.foundation.trail.events import subject
from jiangxin.foundation.trail.operations import record
from jiangxin.kernel.register import permissions
from jiangxin.kernel.register.enums import UNIONS, OrganisationKind
from jiangxin.kernel.register.events import (
    OrganisationChanged,
    OrganisationClosed,
    OrganisationRegistered,
)
from jiangxin.kernel.register.models import (
    Employment,
    Membership,
    Organisation,
    OrganisationPast,
    Region,
    Site,
)
from jiangxin.kernel.register.operations.days import check_day
from jiangxin.kernel.register.registry import PeopleChange, announce_people_changed

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{1,31}", re.ASCII)


class NameMissing(Refused):
    code = "register.organisation_name_missing"
    text = _("An organisation needs a name.")


class CodeNotAllowed(Refused):
    code = "register.organisation_code_not_allowed"
    text = _(
        "An organisation code has 2 to 32 letters, digits, dots or hyphens. Leave it"
        " empty to use the credit code."
    )


class CodeTaken(Refused):
    code = "register.organisation_code_taken"
    text = _("%(name)s has the organisation code %(code)s already. Choose another.")


class CreditCodeWrong(Refused):
    code = "register.credit_code_wrong"
    text = _("%(problem)s")


class CreditCodeTaken(Refused):
    code = "register.credit_code_taken"
    text = _(
        "%(name)s is registered with this credit code already. Change that record"
        " instead of registering it again."
    )


class RegionUnknown(Refused):
    code = "register.region_unknown"
    text = _("There is no region %(region)s. Look its code up in the list of regions.")


class UpperNotUnion(Refused):
    code = "register.upper_not_union"
    text = _("Only a union has a next higher union, and that is a union that is open.")


class UpperIsBelow(Refused):
    code = "register.upper_is_below"
    text = _(
        "%(name)s is this union itself or stands below it. Choose one that is not."
    )


class EmployerNotAllowed(Refused):
    code = "register.employer_not_allowed"
    text = _("Only a grassroots union belongs to an employer, and that is no union.")


class AlreadyClosed(Refused):
    code = "register.organisation_closed"
    text = _("%(name)s was closed on %(closed_on)s and is kept as it was.")


class StillInUse(Refused):
    code = "register.organisation_in_use"
    text = _(
        "%(name)s still has employees (%(employees)s), members (%(members)s), sites"
        " (%(sites)s) or bodies under it (%(bodies)s). End or move them first."
    )


@dataclass(frozen=True)
class OrganisationFacts:
    """All that may change about an organisation, as it is from some day on."""

    name: str
    region_code: str
    industry: str = ""
    scale: str = ""
    is_above_scale: bool = False
    ownership: str = ""
    upper_id: int | None = None
    employer_id: int | None = None

    def values(self) -> dict[str, object]:
        """Return them by the names of the model's attributes."""
        values = dict(vars(self))
        values["region_id"] = values.pop("region_code")
        values["name"] = self.name.strip()
        return values


@opens_transaction
def register_organisation(
    *,
    kind: str,
    facts: OrganisationFacts,
    code: str = "",
    credit_code: str = "",
    effective_on: date,
    actor: Actor,
    now: datetime,
) -> Organisation:
    """Enter an organisation. Without a code of its own it goes by its credit code.

    Raises NotPermitted, NameMissing, CodeNotAllowed, CodeTaken, CreditCodeWrong,
    CreditCodeTaken, RegionUnknown, UpperNotUnion, EmployerNotAllowed, DayInFuture.
    """
    permissions.check_manage_region(actor, facts.region_code)
    check_day(effective_on, now=now)
    credit_code = _checked_credit_code(credit_code)
    code = _checked_code(code.strip() or credit_code)
    kind = OrganisationKind(kind)
    _check_facts(facts, kind=kind)
    organisation = Organisation(
        code=code,
        credit_code=credit_code or None,
        kind=kind,
        valid_from=effective_on,
        **facts.values(),
    )
    organisation.save(force_insert=True)
    record(
        OrganisationRegistered(code=code, kind=kind, valid_from=effective_on),
        subject=subject("organisation", organisation.pk),
        actor=actor,
        at=now,
    )
    return organisation


@opens_transaction
def change_organisation(
    *,
    organisation_id: int,
    facts: OrganisationFacts,
    effective_on: date,
    actor: Actor,
    now: datetime,
) -> Organisation:
    """Make `facts` true from a day on; how it was before is kept beside it.

    The people it employs or organises are announced as changed, since what is true of
    them follows from it. Facts that are the same already change nothing.
    Raises NotPermitted, AlreadyClosed, DayInFuture, DayTooEarly, and what registering
    raises of facts.
    """
    organisation = _open_for_change(organisation_id, actor)
    if facts.region_code != organisation.region_id:
        permissions.check_manage_region(actor, facts.region_code)
    return write_facts(
        organisation, facts, effective_on=effective_on, actor=actor, now=now
    )


@needs_transaction
def write_facts(
    organisation: Organisation,
    facts: OrganisationFacts,
    *,
    effective_on: date,
    actor: Actor,
    now: datetime,
) -> Organisation:
    """The step of `change_organisation` that deciding a matter shares."""
    values = facts.values()
    changed = tuple(
        name for name, value in values.items() if getattr(organisation, name) != value
    )
    if not changed:
        return organisation
    check_day(effective_on, now=now, earliest=organisation.valid_from)
    _check_facts(facts, kind=organisation.kind, organisation=organisation)
    OrganisationPast.objects.create(
        organisation=organisation,
        valid_from=organisation.valid_from,
        valid_to=effective_on,
        **{name: getattr(organisation, name) for name in values},
    )
    for name, value in values.items():
        setattr(organisation, name, value)
    organisation.valid_from = effective_on
    organisation.save()
    record(
        OrganisationChanged(fields=changed, effective_on=effective_on),
        subject=subject("organisation", organisation.pk),
        actor=actor,
        at=now,
    )
    announce_people_changed(
        PeopleChange(
            person_ids=people_of(organisation.pk),
            on=today(now),
            at=now,
            actor=actor,
            reason=f"organisation:{organisation.pk}",
        )
    )
    return organisation


@needs_transaction
def set_credit_code(
    organisation: Organisation, credit_code: str, *, actor: Actor, now: datetime
) -> Organisation:
    """Keep the code an organisation was given; the same one again changes nothing.

    Raises CreditCodeWrong, CreditCodeTaken.
    """
    if credit_code.strip().upper() == (organisation.credit_code or ""):
        return organisation
    organisation.credit_code = _checked_credit_code(credit_code) or None
    organisation.save(update_fields=["credit_code"])
    record(
        OrganisationChanged(fields=("credit_code",), effective_on=today(now)),
        subject=subject("organisation", organisation.pk),
        actor=actor,
        at=now,
    )
    return organisation


@opens_transaction
def close_organisation(
    *, organisation_id: int, closed_on: date, actor: Actor, now: datetime
) -> Organisation:
    """Close an organisation that nobody and nothing belongs to any more.

    Raises NotPermitted, AlreadyClosed, StillInUse, DayInFuture, DayTooEarly.
    """
    organisation = _open_for_change(organisation_id, actor)
    check_day(closed_on, now=now, earliest=organisation.valid_from)
    uses = {
        "employees": Employment.objects.filter(
            organisation=organisation, valid_to__isnull=True
        ).count(),
        "members": Membership.objects.filter(
            union=organisation, valid_to__isnull=True
        ).count(),
        "sites": Site.objects.filter(
            organisation=organisation, valid_to__isnull=True
        ).count(),
        "bodies": Organisation.objects.filter(closed_on__isnull=True)
        .filter(upper=organisation)
        .union(
            Organisation.objects.filter(closed_on__isnull=True, employer=organisation)
        )
        .count(),
    }
    if any(uses.values()):
        raise StillInUse(name=organisation.name, **uses)
    organisation.closed_on = closed_on
    organisation.save(update_fields=["closed_on"])
    record(
        OrganisationClosed(closed_on=closed_on),
        subject=subject("organisation", organisation_id),
        actor=actor,
        at=now,
    )
    return organisation


def people_of(organisation_id: int) -> list[int]:
    """Return the numbers of those employed at, or members of, an organisation now."""
    employed = Employment.objects.filter(
        organisation=organisation_id, valid_to__isnull=True
    ).values_list("person_id", flat=True)
    members = Membership.objects.filter(
        union=organisation_id, valid_to__isnull=True
    ).values_list("person_id", flat=True)
    return sorted({*employed, *members})


def _open_for_change(organisation_id: int, actor: Actor) -> Organisation:
    organisation = (
        Organisation.objects.select_for_update().filter(pk=organisation_id).first()
    )
    if organisation is None:
        raise NotFound
    permissions.check_manage_organisation(actor, organisation)
    if organisation.closed_on is not None:
        raise AlreadyClosed(
            name=organisation.name, closed_on=organisation.closed_on.isoformat()
        )
    return organisation


def _checked_code(code: str) -> str:
    if not _CODE.fullmatch(code):
        raise CodeNotAllowed
    other = Organisation.objects.filter(code__iexact=code).first()
    if other is not None:
        raise CodeTaken(name=other.name, code=code)
    return code


def _checked_credit_code(text: str) -> str:
    if not text.strip():
        return ""
    try:
        credit_code = check_credit_code(text).code
    except IdProblem as problem:
        raise CreditCodeWrong(problem=problem.message) from problem
    other = Organisation.objects.filter(credit_code=credit_code).first()
    if other is not None:
        raise CreditCodeTaken(name=other.name)
    return credit_code


def _check_facts(
    facts: OrganisationFacts, *, kind: str, organisation: Organisation | None = None
) -> None:
    if not facts.name.strip():
        raise NameMissing
    open_regions = Region.objects.filter(valid_to__isnull=True)
    if not open_regions.filter(pk=facts.region_code).exists():
        raise RegionUnknown(region=facts.region_code)
    if facts.upper_id is not None:
        _check_upper(facts.upper_id, kind, organisation)
    if facts.employer_id is not None:
        employer = Organisation.objects.filter(pk=facts.employer_id).first()
        if (
            kind != OrganisationKind.GRASSROOTS_UNION
            or employer is None
            or employer.is_union
        ):
            raise EmployerNotAllowed


def _check_upper(upper_id: int, kind: str, organisation: Organisation | None) -> None:
    upper = Organisation.objects.filter(pk=upper_id, closed_on__isnull=True).first()
    if kind not in UNIONS or upper is None or not upper.is_union:
        raise UpperNotUnion
    if organisation is not None:
        for above in _upwards(upper):
            if above.pk == organisation.pk:
                raise UpperIsBelow(name=upper.name)


def _upwards(organisation: Organisation | None) -> Iterator[Organisation]:
    """Yield an organisation and all above it, nearest first. The chain is short."""
    while organisation is not None:
        yield organisation
        organisation = organisation.upper
