"""May this actor? On which side of the counter they stand, and for which place.

The applicant's side: whoever filed the matter, the person it is about, and whoever files
for the organisation. The office's side: whoever holds the permission where the matter
lies. Nobody handles a matter that they filed for themselves.
"""

from jiangxin.foundation.actor import SYSTEM, Actor, allows, holds, may
from jiangxin.foundation.errors import NotPermitted
from jiangxin.kernel.matters.enums import Channel, MatterState
from jiangxin.kernel.matters.models import Matter
from jiangxin.kernel.matters.registry import guard_of
from jiangxin.kernel.register.models import Organisation
from jiangxin.kernel.register.permissions import check_at, place_of_organisation

VIEW = "matters.view"
HANDLE = "matters.handle"
DECIDE = "matters.decide"
ASSIGN = "matters.assign"
FILE = "matters.file"
APPLY = "matters.apply"


def check_at_matter(actor: Actor, permission: str, matter: Matter) -> None:
    """Raise NotPermitted unless the actor holds `permission` where the matter lies."""
    if not may(
        actor,
        permission,
        region_code=matter.region_code,
        organisation_code=matter.organisation_code,
    ):
        raise NotPermitted(permission)
    guard = guard_of(matter.service)
    if guard not in {"", permission}:
        check_at_matter(actor, guard, matter)


def is_applicant(actor: Actor, matter: Matter) -> bool:
    """Whether the actor stands on the applicant's side of this matter."""
    if guard_of(matter.service):
        return False
    if actor.account_id is not None and actor.account_id == matter.applicant_account_id:
        return True
    if actor.person_id is not None and actor.person_id == matter.person_id:
        return True
    return bool(matter.organisation_code) and may_file_there(actor, matter)


def may_file_there(actor: Actor, matter: Matter) -> bool:
    """Whether the actor files for this very organisation, not for a whole region."""
    scopes = actor.scopes(FILE)
    return any(one.organisation_code == matter.organisation_code for one in scopes)


def check_view(actor: Actor, matter: Matter) -> None:
    if is_applicant(actor, matter):
        return
    if matter.channel == Channel.ONLINE and matter.state == MatterState.DRAFT:
        raise NotPermitted(VIEW)
    check_at_matter(actor, VIEW, matter)


def check_applicant(actor: Actor, matter: Matter) -> None:
    """The applicant's side; or the window, when it types or receives for an applicant.

    What somebody is still typing online is nobody else's business.
    """
    if is_applicant(actor, matter):
        return
    if matter.channel == Channel.ONLINE and matter.state == MatterState.DRAFT:
        raise NotPermitted(HANDLE)
    check_at_matter(actor, HANDLE, matter)


def check_office(actor: Actor, matter: Matter, permission: str = HANDLE) -> None:
    """The office's side. Raises NotPermitted also for one's own application."""
    check_at_matter(actor, permission, matter)
    is_about_them = actor.person_id is not None and actor.person_id == matter.person_id
    if actor is not SYSTEM and (is_about_them or is_applicant(actor, matter)):
        raise NotPermitted(permission)


def check_file_for(actor: Actor, organisation: Organisation) -> None:
    """Whether the actor may begin a matter about this organisation."""
    check_at(actor, FILE, [place_of_organisation(organisation)])


def holds_office(actor: Actor) -> bool:
    """Whether the actor works at a window anywhere (for what screens offer)."""
    return holds(actor, HANDLE)


can_view = allows(check_view)
can_act_as_applicant = allows(check_applicant)
can_act_as_office = allows(check_office)
can_file_for = allows(check_file_for)
