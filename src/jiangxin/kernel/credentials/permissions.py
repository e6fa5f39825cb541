"""May this actor? A credential lies where its holder lies."""

from jiangxin.foundation.actor import Actor, allows, may
from jiangxin.foundation.errors import NotPermitted
from jiangxin.kernel.credentials.models import Credential
from jiangxin.kernel.register.models import Organisation, Person
from jiangxin.kernel.register.permissions import (
    Place,
    check_at,
    place_of_organisation,
    place_of_person,
)

VIEW = "credentials.view"
RECORD = "credentials.record"
REVOKE = "credentials.revoke"
ISSUE = "credentials.issue"
MANAGE_KEYS = "credentials.manage_keys"


def _place(credential: Credential) -> Place:
    if credential.person is not None:
        return place_of_person(credential.person)
    assert credential.organisation is not None  # noqa: S101 -- a constraint holds it
    return place_of_organisation(credential.organisation)


def check_view_credential(actor: Actor, credential: Credential) -> None:
    check_at(actor, VIEW, [_place(credential)])


def check_record_for_person(actor: Actor, person: Person) -> None:
    check_at(actor, RECORD, [place_of_person(person)])


def check_record_for_organisation(actor: Actor, organisation: Organisation) -> None:
    check_at(actor, RECORD, [place_of_organisation(organisation)])


def check_replace_credential(actor: Actor, credential: Credential) -> None:
    check_at(actor, RECORD, [_place(credential)])


def check_revoke_credential(actor: Actor, credential: Credential) -> None:
    """Whether to suspend, restore or revoke it."""
    check_at(actor, REVOKE, [_place(credential)])


def check_issue_credential(actor: Actor, credential: Credential) -> None:
    """Whether to issue it, issue it anew, and make certificates of it."""
    check_at(actor, ISSUE, [_place(credential)])


def check_manage_keys(actor: Actor) -> None:
    """Whether to change the keys of the whole platform."""
    if not may(actor, MANAGE_KEYS):
        raise NotPermitted(MANAGE_KEYS)


can_view_credential = allows(check_view_credential)
can_replace_credential = allows(check_replace_credential)
can_revoke_credential = allows(check_revoke_credential)
can_issue_credential = allows(check_issue_credential)
