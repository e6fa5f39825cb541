"""Opening and closing accounts, and setting their passwords."""

from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.actor import Actor
from jiangxin.foundation.db import needs_transaction, opens_transaction
from jiangxin.foundation.errors import NotPermitted, Refused
from jiangxin.foundation.trail.events import Event
from jiangxin.kernel.access import events, permissions, queries, rules
from jiangxin.kernel.access.models import Account
from jiangxin.kernel.access.operations.attempts import charge_attempt, forget_attempts
from jiangxin.kernel.access.operations.sessions import end_all_sessions
from jiangxin.kernel.access.operations.shared_steps import locked, note


class NameTaken(Refused):
    code = "access.name_taken"
    text = _("The sign-in name “%(username)s” is in use. Choose another.")


class NameEmpty(Refused):
    code = "access.name_empty"
    text = _("Give the account a sign-in name and the name of its holder.")


class PersonHasAccount(Refused):
    code = "access.person_has_account"
    text = _("This person has an account already: grant the role to that one.")


class PasswordTooWeak(Refused):
    code = "access.password_too_weak"
    text = _("Choose another password. %(reasons)s")


class PasswordWrong(Refused):
    code = "access.password_wrong"
    text = _("The present password is not right. Nothing was changed.")


class NobodySignsIn(Refused):
    code = "access.nobody_signs_in"
    text = _(
        "Nobody signs in with a service account. Make an API token for it instead."
    )


class ServiceAccountOfPerson(Refused):
    code = "access.service_account_of_person"
    text = _("A service account is a system's and stands for nobody in the register.")


class OwnAccount(Refused):
    code = "access.own_account"
    text = _("Nobody closes their own account. Ask another system administrator.")


@opens_transaction
def create_account(
    *,
    username: str,
    display_name: str,
    password: str,
    actor: Actor,
    now: datetime,
    person_id: int | None = None,
    is_service: bool = False,
) -> Account:
    """Create an account that holds no role yet.

    is_service: for another system; it gets no password, so the one given is not used.
    Raises NotPermitted, NameEmpty, NameTaken, PersonHasAccount,
    ServiceAccountOfPerson, PasswordTooWeak.
    """
    permissions.check_manage_accounts(actor)
    account = Account(
        username=rules.sign_in_name(username),
        display_name=display_name.strip(),
        person_id=person_id,
        is_service=is_service,
        created_at=now,
    )
    if not account.username or not account.display_name:
        raise NameEmpty
    if Account.objects.filter(username=account.username).exists():
        raise NameTaken(username=account.username)
    if person_id and Account.objects.filter(person_id=person_id).exists():
        raise PersonHasAccount
    if is_service and person_id:
        raise ServiceAccountOfPerson
    if is_service:
        account.set_unusable_password()
    else:
        _set_password(account, password)
    account.save(force_insert=True)
    event = events.AccountCreated(person_id=person_id, is_service=is_service)
    note(event, account.pk, actor=actor, now=now)
    return account


@opens_transaction
def deactivate_account(*, account_id: int, actor: Actor, now: datetime) -> Account:
    """Close an account to sign-in; its sessions end with their next request.

    Closing a closed account changes nothing. Raises NotPermitted, NotFound, OwnAccount.
    """
    permissions.check_manage_accounts(actor)
    if account_id == actor.account_id:
        raise OwnAccount
    return _set_active(
        account_id, events.AccountDeactivated(), active=False, actor=actor, now=now
    )


@opens_transaction
def reactivate_account(*, account_id: int, actor: Actor, now: datetime) -> Account:
    """Open an account to sign-in again. Raises NotPermitted, NotFound."""
    permissions.check_manage_accounts(actor)
    return _set_active(
        account_id, events.AccountReactivated(), active=True, actor=actor, now=now
    )


@needs_transaction
def _set_active(
    account_id: int, event: Event, *, active: bool, actor: Actor, now: datetime
) -> Account:
    account = locked(account_id)
    if account.is_active != active:
        account.is_active = active
        account.save(update_fields=["is_active"])
        if not active:
            end_all_sessions(account, now=now)
        note(event, account.pk, actor=actor, now=now)
    return account


@opens_transaction
def set_password(
    *, account_id: int, password: str, actor: Actor, now: datetime
) -> Account:
    """Give somebody else's account a new password; its sessions end.

    Raises NotPermitted (also for one's own, which needs the present password),
    NotFound, NobodySignsIn, PasswordTooWeak.
    """
    permissions.check_manage_accounts(actor)
    if account_id == actor.account_id:
        raise NotPermitted(permissions.MANAGE_ACCOUNTS)
    account = locked(account_id)
    if account.is_service:
        raise NobodySignsIn
    _set_password(account, password)
    account.save(update_fields=["password"])
    end_all_sessions(account, now=now)
    note(events.PasswordSet(by_self=False), account.pk, actor=actor, now=now)
    return account


def change_own_password(
    *, present: str, password: str, address: str, actor: Actor, now: datetime
) -> Account:
    """Change the password of the account that acts; its other sessions end.

    address: where the request came from; wrong passwords count as failed sign-ins.
    Raises NotFound, TooManyAttempts, PasswordWrong, PasswordTooWeak.
    """
    account = queries.get_own_account(actor)
    charge_attempt(username=account.username, address=address, now=now)
    if not account.check_password(present):
        raise PasswordWrong
    return _change_own_password(
        account.pk, password=password, address=address, actor=actor, now=now
    )


@opens_transaction
def _change_own_password(
    account_id: int, *, password: str, address: str, actor: Actor, now: datetime
) -> Account:
    account = locked(account_id)
    forget_attempts(username=account.username, address=address)
    _set_password(account, password)
    account.save(update_fields=["password"])
    note(events.PasswordSet(by_self=True), account.pk, actor=actor, now=now)
    return account


def _set_password(account: Account, password: str) -> None:
    try:
        validate_password(password, account)
    except ValidationError as weak:
        raise PasswordTooWeak(reasons=" ".join(weak.messages)) from weak
    account.set_password(password)
