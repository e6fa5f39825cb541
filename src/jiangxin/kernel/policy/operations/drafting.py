"""Writing policies at the desk: beginning a draft, changing it, giving it up."""

from datetime import datetime
from hashlib import sha256

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.actor import Actor
from jiangxin.foundation.db import opens_transaction
from jiangxin.foundation.errors import NotFound, Refused
from jiangxin.foundation.trail import operations as trail
from jiangxin.foundation.trail.events import Event
from jiangxin.kernel.policy import events, registry
from jiangxin.kernel.policy.enums import DraftKind, DraftState
from jiangxin.kernel.policy.models import PolicyDraft
from jiangxin.kernel.policy.permissions import check_edit
from jiangxin.kernel.policy.queries.drafts import (
    EDITABLE,
    is_withdrawal,
    region_of,
)
from jiangxin.kernel.policy.registry import attribute, families
from jiangxin.kernel.policy.registry.completeness import with_settled_cases
from jiangxin.kernel.policy.rules.places import PolicyFault
from jiangxin.kernel.policy.rules.plain import Tree, text_of, tree_of
from jiangxin.kernel.policy.rules.reading import CODE
from jiangxin.kernel.policy.rules.tree import Policy
from jiangxin.kernel.policy.rules.writing import write_policy


class DraftIsOpen(Refused):
    code = "policy.draft_is_open"
    text = _(
        "Somebody is already writing a new version of this policy. Go on with that one, "
        "or have it given up first."
    )


class StalePage(Refused):
    code = "policy.draft_changed_meanwhile"
    text = _(
        "%(label)s has changed this draft since you opened it. Look at what it says now, "
        "and make your change again."
    )


class DraftIsClosed(Refused):
    code = "policy.draft_is_closed"
    text = _("This draft is not being written any more: %(state)s.")


class CodeTaken(Refused):
    code = "policy.code_taken"
    text = _("There is already a policy of this code: %(code)s.")


class NotACode(Refused):
    code = "policy.not_a_code"
    text = _(
        "A code is made of small letters, digits and underscores, and begins with a "
        "letter."
    )


class FileHasFault(Refused):
    code = "policy.file_has_fault"
    text = _("The file cannot be read as a policy. %(fault)s")


class NoSuchPart(Refused):
    code = "policy.no_such_part"
    text = _("No programme here has policies whose code begins like %(code)s.")


@opens_transaction
def begin_change(*, code: str, actor: Actor, now: datetime) -> PolicyDraft:
    """Begin a new version of a policy that is served. Raises NotFound, DraftIsOpen."""
    served = registry.policy(code)
    text = write_policy(served, attribute, families())
    return _begin(DraftKind.CHANGE, served, code, text, actor, now)


@opens_transaction
def begin_withdrawal(*, code: str, actor: Actor, now: datetime) -> PolicyDraft:
    """Begin ending a policy. Raises NotFound, DraftIsOpen."""
    return _begin(DraftKind.WITHDRAWAL, registry.policy(code), code, "", actor, now)


@opens_transaction
def begin_policy(
    *, code: str, tree: Tree, actor: Actor, now: datetime, like: str = ""
) -> PolicyDraft:
    """Begin a policy of a new code. like: one whose text it begins with.

    Raises NotACode, CodeTaken, DraftIsOpen.
    """
    if not CODE.fullmatch(code):
        raise NotACode
    if code in {one.code for one in registry.policies()}:
        raise CodeTaken(code=code)
    begun: Tree = {}
    if like:
        begun = tree_of(write_policy(registry.policy(like), attribute, families()))
    text = _written({**begun, **tree, "code": code}, code)
    return _begin(DraftKind.CHANGE, None, code, text, actor, now)


@opens_transaction
def begin_from_file(
    *, text: str, file: str, actor: Actor, now: datetime
) -> PolicyDraft:
    """Begin with what a file says: a new policy, or a new version of a served one.

    Raises FileHasFault, NoSuchPart, DraftIsOpen.
    """
    try:
        code = str(tree_of(text, file).get("code") or "")
        read = registry.read_draft(text, code, file=file)
    except PolicyFault as fault:
        raise FileHasFault(fault=str(fault)) from fault
    if code.split(".", maxsplit=1)[0] not in {
        part.key for part in registry.parts_with_policies()
    }:
        raise NoSuchPart(code=code)
    served = next((one for one in registry.policies() if one.code == code), None)
    written = write_policy(read, attribute, families())
    return _begin(DraftKind.CHANGE, served, code, written, actor, now)


def _begin(
    kind: DraftKind,
    served: Policy | None,
    code: str,
    text: str,
    actor: Actor,
    now: datetime,
) -> PolicyDraft:
    draft = PolicyDraft(
        code=code,
        kind=kind,
        state=DraftState.DRAFT,
        text=text,
        based_on=served.version if served else "",
        based_on_text=write_policy(served, attribute, families()) if served else "",
        authors=[actor.account_id],
        author_label=actor.label,
        begun_at=now,
        changed_at=now,
    )
    check_edit(actor, region_of(draft))
    try:
        with transaction.atomic():
            draft.save()
    except IntegrityError as taken:
        raise DraftIsOpen from taken
    begun = events.DraftBegun(policy=code, kind=kind.value, based_on=draft.based_on)
    tell(draft, begun, actor, now)
    return draft


@opens_transaction
def change_draft(
    *, draft_id: int, revision: int, tree: Tree, actor: Actor, now: datetime
) -> PolicyDraft:
    """Write a draft anew. revision: the one that its author saw.

    Raises NotFound, NotPermitted, DraftIsClosed, StalePage.
    """
    draft = locked(draft_id, revision)
    check_edit(actor, region_of(draft))
    if draft.state not in EDITABLE or is_withdrawal(draft):
        raise DraftIsClosed(state=draft.get_state_display())
    draft.text = _written({**tree, "code": draft.code}, draft.code)
    check_edit(actor, region_of(draft))
    draft.revision += 1
    draft.state = DraftState.DRAFT
    draft.changed_at = now
    draft.author_label = actor.label
    draft.authors = sorted({*draft.authors, actor.account_id or 0})
    draft.save()
    digest = sha256(draft.text.encode()).hexdigest()
    changed = events.DraftChanged(
        policy=draft.code, revision=draft.revision, digest=digest
    )
    tell(draft, changed, actor, now)
    return draft


@opens_transaction
def give_up_draft(
    *, draft_id: int, revision: int, actor: Actor, now: datetime
) -> PolicyDraft:
    """Raises NotFound, NotPermitted, DraftIsClosed, StalePage."""
    draft = locked(draft_id, revision)
    check_edit(actor, region_of(draft))
    if draft.state not in EDITABLE:
        raise DraftIsClosed(state=draft.get_state_display())
    move(draft, DraftState.DISCARDED, actor, now)
    return draft


def locked(draft_id: int, revision: int) -> PolicyDraft:
    """Return a draft that nobody else changes meanwhile. Raises NotFound, StalePage."""
    draft = PolicyDraft.objects.select_for_update().filter(pk=draft_id).first()
    if draft is None:
        raise NotFound
    if draft.revision != revision:
        raise StalePage(label=draft.author_label)
    return draft


def move(draft: PolicyDraft, state: DraftState, actor: Actor, now: datetime) -> None:
    """Take a draft a step further; whoever looks at an older page is told."""
    draft.state = state
    draft.revision += 1
    draft.save()
    moved = events.DraftMoved(
        policy=draft.code, state=state.value, effective_on=draft.effective_on
    )
    tell(draft, moved, actor, now)


def tell(draft: PolicyDraft, event: Event, actor: Actor, now: datetime) -> None:
    subject = trail.subject("policy_draft", draft.pk)
    trail.record(event, subject=subject, actor=actor, at=now)


def _written(tree: Tree, code: str) -> str:
    """Write in the house format once it reads as a policy, until then as it is."""
    text = text_of(with_settled_cases(tree))
    try:
        return write_policy(registry.read_draft(text, code), attribute, families())
    except PolicyFault:
        return text
