"""Reading accounts and what they may do."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.db.models import Prefetch, QuerySet

from jiangxin.foundation.actor import EVERYWHERE, Actor, Scope
from jiangxin.foundation.clock.working_days import today
from jiangxin.foundation.errors import NotFound
from jiangxin.foundation.parts import brought
from jiangxin.kernel.access import permissions
from jiangxin.kernel.access.enums import Role, ScopeKind
from jiangxin.kernel.access.models import (
    Account,
    AccountSession,
    ApiToken,
    RoleGrant,
    SignInRecord,
)
from jiangxin.kernel.access.registry import ApiScope, NamesPlaces
from jiangxin.kernel.access.roles import ADMINISTRATORS, MAY_BE_DELEGATED, ROLES
from jiangxin.kernel.access.rules import sign_in_name, token_digest

# What a role for the person alone is held for: a place that covers nothing, so that
# `holds` is true and `may` is false whatever place it is asked about.
NO_PLACE = Scope(organisation_code="-")


@dataclass(frozen=True)
class HeldRole:
    role: Role
    scope: Scope


@dataclass(frozen=True)
class AccountActor:
    """An account as it stood when the request began. Satisfies `foundation.Actor`.

    needs_second_factor: an administrator without one; until it is set up none of their
    roles counts.
    """

    account_id: int | None
    label: str
    person_id: int | None = None
    held: tuple[HeldRole, ...] = field(default=())
    needs_second_factor: bool = False

    def scopes(self, permission: str) -> tuple[Scope, ...]:
        found = (
            held.scope
            for held in self.held
            if permission in ROLES[held.role].permissions
        )
        return tuple(dict.fromkeys(found))


@dataclass(frozen=True)
class TokenActor:
    """An account acting through a token: its own roles, as far as the token was made for.

    permissions: those of the token's scopes; no other counts, whatever the roles allow.
    """

    owner: Actor
    token: ApiToken
    permissions: frozenset[str]

    @property
    def account_id(self) -> int | None:
        return self.owner.account_id

    @property
    def label(self) -> str:
        return f"{self.owner.label} · {self.token.name}"

    @property
    def person_id(self) -> int | None:
        return self.owner.person_id

    def scopes(self, permission: str) -> tuple[Scope, ...]:
        return self.owner.scopes(permission) if permission in self.permissions else ()


ANONYMOUS: Actor = AccountActor(account_id=None, label="anonymous")


def actor_for(account: object, now: datetime) -> Actor:
    """Return who acts, with the roles in force today.

    One query, two for an administrator, none for a stranger. account: what Django calls the user, so possibly its anonymous one.
    """
    if not isinstance(account, Account) or not account.is_active:
        return ANONYMOUS
    held = tuple(held_roles(account.grants.in_force(today(now))))
    is_administrator = any(each.role in ADMINISTRATORS for each in held)
    needs_second_factor = is_administrator and not has_second_factor(account)
    return AccountActor(
        account_id=account.pk,
        label=account.display_name,
        person_id=account.person_id,
        held=() if needs_second_factor else held,
        needs_second_factor=needs_second_factor,
    )


def has_second_factor(account: Account) -> bool:
    """Return whether signing in takes more than the password; recovery codes are none."""
    factors = Authenticator.objects.exclude(type=Authenticator.Type.RECOVERY_CODES)
    return bool(factors.filter(user=account).exists())


def roles_of(account: Account, now: datetime) -> set[Role]:
    """Return the roles that an account holds today, wherever it may be."""
    return {each.role for each in held_roles(account.grants.in_force(today(now)))}


def live_sessions(account: Account, *, now: datetime) -> QuerySet[AccountSession]:
    """Return where an account is signed in, the session in use last first."""
    return account.sessions.filter(
        began_at__gt=now - session_life(), seen_at__gt=now - session_idle()
    ).order_by("-seen_at", "-pk")


def session_idle() -> timedelta:
    """How long a session may be left alone."""
    return timedelta(minutes=settings.JIANGXIN_IDLE_MINUTES)


def session_life() -> timedelta:
    """How long a session lasts, however busy."""
    return timedelta(hours=settings.JIANGXIN_SESSION_HOURS)


def sign_ins_visible_to(actor: Actor) -> QuerySet[SignInRecord]:
    """Return the whole sign-in log, for the auditor. Raises NotPermitted."""
    permissions.check_view_sign_ins(actor)
    return SignInRecord.objects.select_related("account")


def own_sign_ins(actor: Actor) -> QuerySet[SignInRecord]:
    """Return the log of the account that acts. Raises NotFound."""
    return SignInRecord.objects.filter(account=get_own_account(actor))


def account_of_identity(identity_id: int) -> Account:
    """Return the account that an enterprise identity signs in to. Raises NotFound."""
    account = Account.objects.filter(socialaccount__pk=identity_id).first()
    if account is None:
        raise NotFound
    return account


def linked_identities(account: Account) -> QuerySet[SocialAccount]:
    """Return the enterprise identities that sign in to an account."""
    found: QuerySet[SocialAccount] = SocialAccount.objects.filter(user=account)
    return found.order_by("pk")


def held_roles(grants: Iterable[RoleGrant]) -> Iterable[HeldRole]:
    for grant in grants:
        role = _role(grant)
        scope = _scope(ROLES[role].scope, grant) if role else None
        if role and scope:
            yield HeldRole(role, scope)


def _role(grant: RoleGrant) -> Role | None:
    """A role that the code no longer knows allows nothing."""
    return Role(grant.role) if grant.role in ROLES else None


def _scope(kind: ScopeKind, grant: RoleGrant) -> Scope | None:
    """Where a grant counts: nowhere, not everywhere, when its place is missing."""
    match kind:
        case ScopeKind.EVERYWHERE:
            return EVERYWHERE
        case ScopeKind.REGION if grant.region_code:
            return Scope(region_code=grant.region_code)
        case ScopeKind.ORGANISATION if grant.organisation_code:
            return Scope(organisation_code=grant.organisation_code)
        case ScopeKind.SELF:
            return NO_PLACE
        case _:
            return None


def accounts_visible_to(actor: Actor, *, on: date) -> QuerySet[Account]:
    """All accounts with the grants in force, for those who may see accounts.

    Raises NotPermitted for everybody else.
    """
    permissions.check_view_accounts(actor)
    in_force = RoleGrant.objects.in_force(on).order_by("valid_from", "pk")
    return Account.objects.prefetch_related(
        Prefetch("grants", in_force, to_attr="grants_in_force")
    )


def holding(accounts: QuerySet[Account], role: str, *, on: date) -> QuerySet[Account]:
    """Return those of the accounts that hold the role somewhere on that day."""
    grants = RoleGrant.objects.in_force(on).filter(role=role)
    return accounts.filter(pk__in=grants.values("account"))


def get_account(account_id: int, *, visible_to: Actor) -> Account:
    """Return one account. Raises NotPermitted, NotFound."""
    permissions.check_view_accounts(visible_to)
    account = Account.objects.filter(pk=account_id).first()
    if account is None:
        raise NotFound
    return account


def get_own_account(actor: Actor) -> Account:
    """Return the account that acts. Raises NotFound for the platform and strangers."""
    account = Account.objects.filter(pk=actor.account_id or 0).first()
    if account is None:
        raise NotFound
    return account


def get_grant(grant_id: int, *, visible_to: Actor) -> RoleGrant:
    """Return one grant with its account. Raises NotPermitted, NotFound."""
    permissions.check_view_accounts(visible_to)
    grant = RoleGrant.objects.select_related("account").filter(pk=grant_id).first()
    if grant is None:
        raise NotFound
    return grant


def delegations_visible_to(actor: Actor) -> QuerySet[RoleGrant]:
    """Return all delegations, also ended ones, for administrators. Raises NotPermitted."""
    permissions.check_view_accounts(actor)
    grants = RoleGrant.objects.delegated().with_lenders()
    return grants.select_related("account")


def delegations_of(account: Account, *, on: date) -> QuerySet[RoleGrant]:
    """Return what an account lent to others and has not back yet."""
    lent = RoleGrant.objects.filter(delegated_from__account=account).not_ended(on)
    return lent.select_related("account").order_by("valid_from", "pk")


def own_lendable_grants(actor: Actor, *, on: date) -> list[RoleGrant]:
    """Return the roles that the actor holds and may lend. Raises NotFound without any.

    What is lent to them is not theirs to lend.
    """
    grants = RoleGrant.objects.in_force(on).filter(
        account=actor.account_id or 0,
        role__in=MAY_BE_DELEGATED,
        delegated_from__isnull=True,
    )
    found = list(grants.order_by("valid_from", "pk"))
    if not found:
        raise NotFound
    return found


def may_delegate(grants: Iterable[RoleGrant], *, on: date) -> bool:
    """Return whether one of an account's grants may be lent: `own_lendable_grants`."""
    return any(
        grant.role in MAY_BE_DELEGATED
        and grant.delegated_from_id is None
        and _state(grant, on) == "in_force"
        for grant in grants
    )


@dataclass(frozen=True)
class PlacedGrant:
    """A grant ready to be shown. state: in_force, to_come or ended.

    place: the region's or organisation's name, its code where no name is known, "" for
    roles that need none. lender: for whom the account stands in, if it does.
    """

    grant: RoleGrant
    role_label: str
    description: str
    place: str
    state: str
    lender: str = ""


def placed_grants(grants: Iterable[RoleGrant], *, on: date) -> list[PlacedGrant]:
    """Return grants with their places by name; one query for each kind of place.

    grants: `with_lenders`, or each delegation among them asks for its own.
    """
    grants = list(grants)
    names = place_names([_place(grant) for grant in grants])
    return [
        PlacedGrant(
            grant=grant,
            role_label=grant.get_role_display(),
            description=str(ROLES[role].description) if (role := _role(grant)) else "",
            place=_place_label(grant, names),
            state=_state(grant, on),
            lender=lender.account.display_name
            if (lender := grant.delegated_from)
            else "",
        )
        for grant in grants
    ]


def _place(grant: RoleGrant) -> Scope:
    return Scope(grant.region_code, grant.organisation_code)


def _place_label(grant: RoleGrant, names: Mapping[Scope, str]) -> str:
    return names.get(_place(grant), grant.region_code or grant.organisation_code)


def _state(grant: RoleGrant, on: date) -> str:
    if grant.valid_to is not None and grant.valid_to <= on:
        return "ended"
    return "in_force" if grant.valid_from <= on else "to_come"


def place_names(places: Iterable[Scope]) -> dict[Scope, str]:
    """Return the names of those places that exist; a query for each kind of place."""
    places = set(places)
    regions = {place.region_code for place in places} - {""}
    organisations = {place.organisation_code for place in places} - {""}
    names: dict[Scope, str] = {}
    for knower in brought(NamesPlaces):
        if regions:
            found = knower.regions(regions).items()
            names |= {Scope(region_code=code): name for code, name in found}
        if organisations:
            found = knower.organisations(organisations).items()
            names |= {Scope(organisation_code=code): name for code, name in found}
    return names


def account_id_of(username: str) -> int:
    """Return the number of the account of that sign-in name. Raises NotFound."""
    account = Account.objects.filter(username=sign_in_name(username)).first()
    if account is None:
        raise NotFound
    return account.pk


def api_scopes() -> list[ApiScope]:
    """Return all that a token may be made for."""
    return brought(ApiScope)


def token_of(plain: str) -> ApiToken | None:
    """Return the token that was made as this text, whether or not it may be used."""
    tokens = ApiToken.objects.select_related("account")
    return tokens.filter(digest=token_digest(plain)).first()


def token_actor(token: ApiToken, now: datetime) -> TokenActor:
    """Return who acts by a token."""
    opened = [scope for scope in api_scopes() if scope.key in token.scopes]
    keys = frozenset().union(*(scope.permissions for scope in opened))
    keys |= {permissions.USE_API}
    return TokenActor(actor_for(token.account, now), token, keys)


def tokens_visible_to(actor: Actor) -> QuerySet[ApiToken]:
    """Return all tokens for those who may see accounts, their own for others."""
    tokens = ApiToken.objects.select_related("account").order_by("-made_at", "-pk")
    if permissions.can_view_accounts(actor):
        return tokens
    return tokens.filter(account=actor.account_id or 0)


def all_tokens(actor: Actor) -> QuerySet[ApiToken]:
    """Return all tokens, for those who may see accounts. Raises NotPermitted."""
    permissions.check_view_accounts(actor)
    return tokens_visible_to(actor)


def tokens_of(account: Account) -> QuerySet[ApiToken]:
    """Return the tokens of one account, the newest first."""
    return account.api_tokens.order_by("-made_at", "-pk")


def get_token(token_id: int, *, visible_to: Actor) -> ApiToken:
    """Return one token with its account. Raises NotFound."""
    token = tokens_visible_to(visible_to).filter(pk=token_id).first()
    if token is None:
        raise NotFound
    return token
