"""The applicant's side: beginning, typing, handing in, submitting, taking back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from secrets import randbelow
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.actor import Actor
from jiangxin.foundation.clock.working_days import today
from jiangxin.foundation.db import needs_transaction, opens_transaction
from jiangxin.foundation.errors import NotFound, NotPermitted, Refused
from jiangxin.kernel.matters import permissions
from jiangxin.kernel.matters.enums import (
    WITH_THE_OFFICE,
    ActKind,
    Channel,
    MaterialState,
    MatterState,
    ServiceSubject,
)
from jiangxin.kernel.matters.models import Matter
from jiangxin.kernel.matters.operations.door import Closing, close_door, open_door
from jiangxin.kernel.matters.operations.files import delete_files
from jiangxin.kernel.matters.operations.services import keep_service
from jiangxin.kernel.matters.operations.waiting import let_go
from jiangxin.kernel.matters.queries.known import with_known
from jiangxin.kernel.matters.queries.matters import materials_in_force
from jiangxin.kernel.matters.queries.services import service_of
from jiangxin.kernel.matters.registry import guard_of, service
from jiangxin.kernel.matters.rules.answers import Fault, faults
from jiangxin.kernel.matters.rules.service import Service
from jiangxin.kernel.register.models import Organisation, Person
from jiangxin.kernel.register.queries.visibility import (
    get_organisation,
    get_own_person,
    get_person,
)


class WrongKindOfOrganisation(Refused):
    code = "matters.wrong_kind_of_organisation"
    text = _("“%(service)s” is not for organisations of this kind (%(kind)s).")


class ChannelNotOffered(Refused):
    code = "matters.channel_not_offered"
    text = _("“%(service)s” cannot be applied for in this way.")


class ConsentMissing(Refused):
    code = "matters.consent_missing"
    text = _(
        "For full-proxy handling say what the agent may do, and that the applicant"
        " agreed to it."
    )


class MatterAlreadyOpen(Refused):
    code = "matters.matter_already_open"
    text = _(
        "The same is applied for already (%(number)s) and not settled yet. Go on with"
        " that one, or withdraw it first."
    )


class WithdrawalUnexplained(Refused):
    code = "matters.withdrawal_unexplained"
    text = _(
        "Write down how and when the applicant asked for it: what the office itself ends"
        " is refused, not withdrawn."
    )


class NotComplete(Refused):
    """faults: what is wrong with each field. missing: keys of materials that are missing."""

    code = "matters.not_complete"
    text = _("Something is missing or wrong; it is marked below.")

    def __init__(
        self, faults: Mapping[str, Fault], missing: tuple[str, ...] = ()
    ) -> None:
        super().__init__()
        self.faults = faults
        self.missing = missing


@dataclass(frozen=True)
class Begun:
    """What an application begins with. token: the form's own number.

    agent_scope, has_consent: for full-proxy handling only.
    """

    service: str
    token: UUID
    channel: Channel = Channel.ONLINE
    organisation_id: int | None = None
    person_id: int | None = None
    agent_scope: str = ""
    has_consent: bool = False


@opens_transaction
def begin_matter(begun: Begun, *, actor: Actor, now: datetime) -> Matter:
    """Begin a draft. The same form sent again gives the same draft.

    Raises NotFound, NotPermitted, WrongKindOfOrganisation, ChannelNotOffered,
    ConsentMissing, MatterAlreadyOpen.
    """
    wanted = service(begun.service)
    known = _begun_already(begun, actor)
    if known is not None:
        return known
    if begun.channel not in wanted.channels or guard_of(wanted.code):
        raise ChannelNotOffered(service=wanted.title.zh_hans)
    at_the_window = begun.channel is not Channel.ONLINE
    matter = Matter(
        service=wanted.code,
        service_version=wanted.version,
        token=begun.token,
        inquiry_code=f"{randbelow(10**6):06}",
        channel=begun.channel,
        applicant_account_id=None if at_the_window else actor.account_id,
        applicant_label="" if at_the_window else actor.label,
        # Whoever applies at the window has come there.
        visits=1 if begun.channel is Channel.WINDOW else 0,
        begun_at=now,
        touched_at=now,
    )
    _place(matter, wanted, begun, actor)
    if at_the_window:
        permissions.check_office(actor, matter)
    if begun.channel is Channel.PROXY:
        if not begun.agent_scope.strip() or not begun.has_consent:
            raise ConsentMissing
        matter.agent_label = actor.label
        matter.agent_scope = begun.agent_scope.strip()
        matter.consented_at = now
    _lock_subject(matter)
    # The same form, sent while this one waited for the lock.
    known = _begun_already(begun, actor)
    if known is not None:
        return known
    _refuse_twice(matter)
    _refuse_second_draft(matter, actor)
    matter.save()
    return close_door(matter, ActKind.BEGUN, Closing(0), actor=actor, now=now)


def _begun_already(begun: Begun, actor: Actor) -> Matter | None:
    """Return what this very form has begun. Raises NotFound when it is another's."""
    known = Matter.objects.filter(token=begun.token).first()
    if known is not None and not permissions.can_act_as_applicant(actor, known):
        raise NotFound
    return known


def _place(matter: Matter, wanted: Service, begun: Begun, actor: Actor) -> None:
    """Say whom it is about and where it lies. Raises NotFound, NotPermitted, ..."""
    if wanted.subject is ServiceSubject.ORGANISATION:
        if begun.organisation_id is None:
            raise NotFound
        organisation = get_organisation(begun.organisation_id, visible_to=actor)
        permissions.check_file_for(actor, organisation)
        kinds = wanted.organisation_kinds
        if kinds and organisation.kind not in kinds:
            raise WrongKindOfOrganisation(
                service=wanted.title.zh_hans, kind=organisation.get_kind_display()
            )
        matter.organisation = organisation
        matter.region_code = organisation.region_id
        matter.organisation_code = organisation.code
        return
    matter.person = _person(begun, actor)
    matter.region_code = matter.person.region_code


def _person(begun: Begun, actor: Actor) -> Person:
    if begun.channel is Channel.ONLINE:
        if not actor.scopes(permissions.APPLY):
            raise NotPermitted(permissions.APPLY)
        return get_own_person(actor)
    if begun.person_id is None:
        raise NotFound
    return get_person(begun.person_id, visible_to=actor)


@needs_transaction
def _lock_subject(matter: Matter) -> None:
    """Let whoever applies for the same at the same time wait."""
    if matter.organisation_id is not None:
        organisations = Organisation.objects.select_for_update(no_key=True)
        organisations.get(pk=matter.organisation_id)
    elif matter.person_id is not None:
        Person.every.select_for_update(no_key=True).get(pk=matter.person_id)


def _refuse_twice(matter: Matter) -> None:
    """Raise MatterAlreadyOpen when the same is with the office already."""
    same = _same_as(matter).filter(state__in=WITH_THE_OFFICE).first()
    if same is not None:
        raise MatterAlreadyOpen(number=str(same))


def _refuse_second_draft(matter: Matter, actor: Actor) -> None:
    """The same for what the actor could go on with; others' drafts hinder nobody."""
    for draft in _same_as(matter).filter(state=MatterState.DRAFT):
        if permissions.can_act_as_applicant(actor, draft):
            raise MatterAlreadyOpen(number=str(draft))


def _same_as(matter: Matter) -> QuerySet[Matter]:
    return Matter.objects.filter(
        service=matter.service, organisation=matter.organisation, person=matter.person
    )


@dataclass(frozen=True)
class Contact:
    """Whom the office calls, and at which number."""

    name: str
    phone: str


@opens_transaction
def save_draft(
    *,
    matter_id: int,
    answers: Mapping[str, str],
    contact: Contact | None = None,
    actor: Actor,
    now: datetime,
) -> Matter:
    """Keep what was typed so far, right or not; nothing of it is checked yet.

    What is typed into reopened fields is kept beside the notice that reopened them.
    Sent late, when the matter has gone on, it changes nothing. Raises NotFound.
    """
    matter = _lock_draft(matter_id, actor)
    notice = matter.notices.filter(answered_at__isnull=True).first()
    if notice is not None:
        named = {key.removeprefix("field:") for key in notice.items}
        typed = {key: text.strip() for key, text in answers.items() if key in named}
        notice.draft = {**notice.draft, **typed}
        notice.save(update_fields=["draft_text"])
    elif matter.state == MatterState.DRAFT:
        _keep_answers(matter, answers)
        if contact is not None:
            matter.contact_name, matter.contact_phone = contact.name, contact.phone
        matter.touched_at = now
        matter.save()
    return matter


def _lock_draft(matter_id: int, actor: Actor) -> Matter:
    matter = Matter.objects.select_for_update().filter(pk=matter_id).first()
    if matter is None or not permissions.can_act_as_applicant(actor, matter):
        raise NotFound
    return matter


def _keep_answers(matter: Matter, answers: Mapping[str, str]) -> None:
    asked = {one.key for one in service_of(matter).fields}
    typed = {key: text.strip() for key, text in answers.items() if key in asked}
    matter.answers = {**matter.answers, **typed}


@opens_transaction
def submit_matter(
    *,
    matter_id: int,
    seen: int,
    answers: Mapping[str, str],
    contact: Contact,
    actor: Actor,
    now: datetime,
) -> Matter:
    """Check everything together, give it a number, and hand it to the office.

    Raises NotFound, NotPermitted, PageStale, ActNotPossible, NotComplete,
    MatterAlreadyOpen. What was typed is kept by `save_draft`, which the screen calls
    first.
    """
    kind = ActKind.SUBMITTED
    # What is submitted is the draft as it stands: sent twice, it is the same draft.
    opened = open_door(matter_id, kind, seen=seen, actor=actor)
    matter = opened.matter
    if opened.is_done:
        return matter
    wanted = service_of(matter)
    _keep_answers(matter, answers)
    matter.answers = check_complete(matter, contact)
    _lock_subject(matter)
    _refuse_twice(matter)
    matter.contact_name = contact.name.strip()
    matter.contact_phone = contact.phone.strip()
    matter.service_version = keep_service(wanted)
    matter.submitted_at = now
    matter.number = number_for(matter, now)
    return close_door(matter, kind, opened.closing(), actor=actor, now=now)


def number_for(matter: Matter, now: datetime) -> str:
    """Return the number a matter is given when it is submitted."""
    return f"{matter.region_code[:6]}{today(now):%Y%m%d}{matter.pk:06}"


def _faults_of(contact: Contact | None) -> dict[str, Fault]:
    if contact is None:
        return {}
    given = {"contact_name": contact.name, "contact_phone": contact.phone}
    return {key: Fault.MISSING for key, text in given.items() if not text.strip()}


def check_complete(matter: Matter, contact: Contact | None = None) -> dict[str, str]:
    """Return the answers as they would count. Raises NotComplete.

    contact: also looked at when it is given.
    """
    wanted = service_of(matter)
    answers = with_known(wanted, matter.subject.pk, matter.answers)
    wrong = {**faults(wanted, answers), **_faults_of(contact)}
    missing = missing_materials(matter, wanted)
    if wrong or missing:
        raise NotComplete(wrong, missing)
    return answers


def missing_materials(matter: Matter, wanted: Service) -> tuple[str, ...]:
    """Return the keys of what is needed and neither handed in nor promised.

    Papers that somebody brings to the window are not missing before they come there.
    """
    if matter.channel != Channel.ONLINE:
        return ()
    there = set(
        materials_in_force(matter)
        .exclude(state=MaterialState.FAULTY)
        .values_list("key", flat=True)
    )
    return tuple(
        one.key for one in wanted.materials if one.is_needed and one.key not in there
    )


@opens_transaction
def withdraw_matter(
    *, matter_id: int, seen: int, note: str, actor: Actor, now: datetime
) -> Matter:
    """Take the application back; the window does it when the applicant asked for it.

    Raises NotFound, NotPermitted, PageStale, WithdrawalUnexplained, and what the door
    raises.
    """
    kind = ActKind.WITHDRAWN
    opened = open_door(matter_id, kind, seen=seen, actor=actor, sent=[note])
    matter = opened.matter
    if opened.is_done:
        return matter
    # Or an office could take what is late out of the count of what is late.
    is_explained = bool(note.strip()) or permissions.is_applicant(actor, matter)
    if not is_explained and matter.state != MatterState.DRAFT:
        raise WithdrawalUnexplained
    let_go(matter, now)
    return close_door(matter, kind, opened.closing(note), actor=actor, now=now)


@opens_transaction
def delete_draft(*, matter_id: int, actor: Actor) -> None:
    """Throw a draft away with its files. What was submitted is withdrawn, not deleted.

    Raises NotFound for what is no draft of the actor's.
    """
    matter = _lock_draft(matter_id, actor)
    if matter.state != MatterState.DRAFT:
        raise NotFound
    delete_files(matter)
    matter.delete()
