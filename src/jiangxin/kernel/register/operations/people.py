"""Acts on people: register and change. Earlier versions are kept."""

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.actor import Actor
from jiangxin.foundation.clock.working_days import today
from jiangxin.foundation.db import needs_transaction, opens_transaction
from jiangxin.foundation.errors import Refused
from jiangxin.foundation.ids.phone import check_phone
from jiangxin.foundation.ids.problems import IdProblem
from jiangxin.foundation.ids.resident_id import ResidentId, check_resident_id
from jiangxin.foundation.sealing import blind_index
from jiangxin.kernel.register import permissions
from jiangxin.kernel.register.enums import IdType
from jiangxin.kernel.register.events import PersonChanged, PersonRegistered
from jiangxin.kernel.register.models import Person, PersonPast
from jiangxin.kernel.register.models.person import (
    ID_NUMBER_PURPOSE,
    PHONE_PURPOSE,
    id_tail_index,
)
from jiangxin.kernel.register.names import read_name
from jiangxin.kernel.register.operations.days import check_day
from jiangxin.kernel.register.operations.steps import (
    announce_person,
    by_clerk,
    lock_person,
    open_organisation,
    record_about,
)
from jiangxin.kernel.register.operations.ties import begin_job, begin_membership
from jiangxin.kernel.register.rules.sources import Origin, all_from, with_origin

ID_TYPES = {
    "citizen": IdType.RESIDENT,
    "permanent_residence": IdType.PERMANENT_RESIDENT,
    "residence_permit": IdType.HMT_RESIDENT,
}
PAST_FIELDS = (
    "name",
    "name_pinyin",
    "name_initials",
    "sex",
    "birth_on",
    "phone",
    "phone_index",
    "education",
    "sources",
)


class NameMissing(Refused):
    code = "register.person_name_missing"
    text = _("A person needs a name.")


class IdNumberWrong(Refused):
    code = "register.id_number_wrong"
    text = _("%(problem)s")


class PhoneWrong(Refused):
    code = "register.phone_wrong"
    text = _("%(problem)s")


class PersonKnown(Refused):
    code = "register.person_known"
    text = _(
        "A person with this ID number is registered already, as number %(person_id)s."
        " Take them on from another employer instead of registering them again."
    )


class NoSuchPerson(Refused):
    code = "register.no_such_person"
    text = _(
        "Nobody is registered with this name and ID number. Compare both with the card,"
        " or register the person."
    )


@dataclass(frozen=True)
class PersonFacts:
    """All that may change about a person, as it is from some day on. phone: or ""."""

    name: str
    phone: str = ""
    education: str = ""


@opens_transaction
def register_person(
    *,
    id_number: str,
    facts: PersonFacts,
    employer_id: int | None = None,
    union_id: int | None = None,
    occupation: str = "",
    post: str = "",
    effective_on: date,
    actor: Actor,
    now: datetime,
) -> Person:
    """Enter a person, with their employment and membership if they have any.

    Sex and date of birth are those that the ID number says.
    Raises NotPermitted, NameMissing, IdNumberWrong, PhoneWrong, PersonKnown,
    DayInFuture, and what `start_employment` and `join_union` raise.
    """
    employer = open_organisation(employer_id) if employer_id else None
    union = open_organisation(union_id) if union_id else None
    permissions.check_manage_people_of(actor, *filter(None, (employer, union)))
    check_day(effective_on, now=now)
    number = _checked_id_number(id_number, on=today(now))
    id_index = blind_index(number.number, purpose=ID_NUMBER_PURPOSE)
    for known in Person.every.numbers_now(id_index=id_index):
        raise PersonKnown(person_id=known)
    person = Person(
        id_type=ID_TYPES[number.kind],
        id_number=number.number,
        id_index=id_index,
        id_tail_index=id_tail_index(number.number),
        sex=number.sex,
        birth_on=number.birth_on,
        registered_at=now,
        valid_from=effective_on,
        sources=all_from(by_clerk(now)),
        **checked_details(facts),
    )
    person.save(force_insert=True)
    event = PersonRegistered(valid_from=effective_on)
    record_about(person.pk, event, actor=actor, now=now)
    if employer:
        begin_job(
            person,
            employer,
            occupation=occupation,
            post=post,
            valid_from=effective_on,
            actor=actor,
            now=now,
        )
    if union:
        begin_membership(person, union, valid_from=effective_on, actor=actor, now=now)
    announce_person(person.pk, "person", actor=actor, now=now)
    person.refresh_from_db(fields=["region_code"])
    return person


@opens_transaction
def change_person(
    *,
    person_id: int,
    facts: PersonFacts,
    effective_on: date,
    actor: Actor,
    now: datetime,
) -> Person:
    """Make `facts` true from a day on; how it was before is kept beside it.

    Also two changes of one day are both kept. Facts that are the same already change
    nothing.
    Raises NotPermitted, NameMissing, PhoneWrong, DayInFuture, DayTooEarly.
    """
    person = lock_person(person_id)
    permissions.check_manage_person(actor, person)
    alter_person(
        person,
        facts,
        effective_on=effective_on,
        origin=by_clerk(now),
        actor=actor,
        now=now,
    )
    return person


@needs_transaction
def alter_person(
    person: Person,
    facts: PersonFacts,
    *,
    effective_on: date,
    origin: Origin,
    actor: Actor,
    now: datetime,
) -> None:
    """The step of `change_person` that other acts on people share.

    person: held. origin: where what differs comes from.
    """
    values = checked_details(facts)
    changed = tuple(
        name for name in vars(facts) if getattr(person, name) != values[name]
    )
    if not changed:
        return
    check_day(effective_on, now=now, earliest=person.valid_from)
    PersonPast.objects.create(
        person=person,
        valid_from=person.valid_from,
        valid_to=effective_on,
        **{name: getattr(person, name) for name in PAST_FIELDS},
    )
    for name, value in values.items():
        setattr(person, name, value)
    person.sources = with_origin(person.sources, changed, origin)
    person.valid_from = effective_on
    person.save()
    event = PersonChanged(fields=changed, effective_on=effective_on)
    record_about(person.pk, event, actor=actor, now=now)
    announce_person(person.pk, "person", actor=actor, now=now)


@opens_transaction
def take_on_person(
    *,
    id_number: str,
    name: str,
    employer_id: int,
    occupation: str = "",
    post: str = "",
    valid_from: date,
    actor: Actor,
    now: datetime,
) -> Person:
    """Move a registered person here from another employer, whoever kept them before.

    Whoever asks gives name and ID number, as a roster does: so nobody learns of people
    of other places what they do not know already.
    Raises NotPermitted, IdNumberWrong, NoSuchPerson, and what `start_employment` raises.
    """
    employer = open_organisation(employer_id)
    permissions.check_manage_people_of(actor, employer)
    number = _checked_id_number(id_number, on=today(now))
    # Of a merged record too, whose name then may be the one that is known.
    numbers = Person.every.numbers_now(
        id_index=blind_index(number.number, purpose=ID_NUMBER_PURPOSE),
        name=name.strip(),
    )
    person = Person.objects.select_for_update().filter(pk__in=numbers).first()
    if person is None:
        raise NoSuchPerson
    begin_job(
        person,
        employer,
        occupation=occupation,
        post=post,
        valid_from=valid_from,
        actor=actor,
        now=now,
    )
    announce_person(person.pk, "employment", actor=actor, now=now)
    return person


def _checked_id_number(text: str, *, on: date) -> ResidentId:
    try:
        return check_resident_id(
            text, on=on, allow_demonstration=settings.DEMONSTRATION
        )
    except IdProblem as problem:
        raise IdNumberWrong(problem=problem.message) from problem


def checked_details(facts: PersonFacts) -> dict[str, str]:
    """Return facts, checked, with what is derived from them.

    Raises NameMissing, PhoneWrong.
    """
    name = facts.name.strip()
    if not name:
        raise NameMissing
    phone = ""
    if facts.phone.strip():
        try:
            phone = check_phone(facts.phone).number
        except IdProblem as problem:
            raise PhoneWrong(problem=problem.message) from problem
    reading = read_name(name)
    return {
        "name": name,
        "name_pinyin": reading.pinyin,
        "name_initials": reading.initials,
        "phone": phone,
        "phone_index": blind_index(phone, purpose=PHONE_PURPOSE),
        "education": facts.education,
    }
