"""Following a bad rating up: call back, put right or appeal, verify, reply.

An appeal is decided by somebody else than who appealed, who had no hand in the matter.
Only one that is upheld leaves a rating out of the figures, and the rater reads why.
"""

from datetime import datetime
from hashlib import sha256

from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.actor import Actor
from jiangxin.foundation.db import needs_transaction, opens_transaction
from jiangxin.foundation.errors import NotFound, Refused
from jiangxin.foundation.trail.operations import record, subject
from jiangxin.kernel.matters.enums import ActKind
from jiangxin.kernel.matters.models import Matter
from jiangxin.kernel.matters.operations.door import Closing, close_door, open_door
from jiangxin.kernel.matters.queries.services import service_of
from jiangxin.kernel.ratings import permissions
from jiangxin.kernel.ratings.enums import AppealVerdict
from jiangxin.kernel.ratings.events import RatingFollowed
from jiangxin.kernel.ratings.models import RatingFollowUp

CALL_BACK, PUT_RIGHT = "call_back", "put_right"


class WordsNeeded(Refused):
    code = "ratings.words_needed"
    text = _("Write down what there is to say.")


class CallBackFirst(Refused):
    code = "ratings.call_back_first"
    text = _("Call back and write down what it showed first.")


class DoneAlready(Refused):
    code = "ratings.done_already"
    text = _("This was done already: %(by)s.")


class AppealOpen(Refused):
    code = "ratings.appeal_open"
    text = _("The window's appeal has to be decided first.")


class NoAppeal(Refused):
    code = "ratings.no_appeal"
    text = _("There is no appeal that waits for a decision.")


class NotByAppellant(Refused):
    code = "ratings.not_by_appellant"
    text = _("You appealed yourself; somebody else decides about it.")


class NothingPutRight(Refused):
    code = "ratings.nothing_put_right"
    text = _(
        "The window has neither put anything right nor appealed with success. Reply"
        " when it has."
    )


class ReplyMissing(Refused):
    code = "ratings.reply_missing"
    text = _(
        "A bad rating is closed by replying to whoever gave it, on the page of the"
        " rating."
    )


@opens_transaction
def record_call_back(
    *, rating_id: int, words: str, facts: str, actor: Actor, now: datetime
) -> RatingFollowUp:
    """Write down what the call-back showed, and what the window is told of it.

    Raises NotFound, NotPermitted, WordsNeeded, DoneAlready, and what the door raises.
    """
    found = _followed(rating_id, actor)
    if found.called_back_at is not None:
        raise DoneAlready(by=found.called_back_by)
    found.call_back, found.facts = _words(words), _words(facts)
    found.called_back_at, found.called_back_by = now, actor.label
    found.save()
    _finish_step(found, CALL_BACK, actor, now)
    _record(found, "called_back", found.call_back, actor, now)
    return found


@opens_transaction
def put_right(
    *, rating_id: int, words: str, actor: Actor, now: datetime
) -> RatingFollowUp:
    """Say what the window has put right.

    Raises NotFound, NotPermitted, WordsNeeded, CallBackFirst, DoneAlready, AppealOpen.
    """
    found = _answered(rating_id, actor)
    if found.corrected_at is not None:
        raise DoneAlready(by=found.corrected_by)
    found.correction = _words(words)
    found.corrected_at, found.corrected_by = now, actor.label
    found.save()
    _record(found, "put_right", found.correction, actor, now)
    return found


@opens_transaction
def appeal_rating(
    *, rating_id: int, words: str, actor: Actor, now: datetime
) -> RatingFollowUp:
    """Say why the rating is mistaken or of ill will; once.

    Raises NotFound, NotPermitted, WordsNeeded, CallBackFirst, DoneAlready, AppealOpen.
    """
    found = _answered(rating_id, actor)
    if found.corrected_at or found.appealed_at:
        raise DoneAlready(by=found.corrected_by or found.appealed_by)
    found.appeal = _words(words)
    found.appealed_at, found.appealed_by = now, actor.label
    found.appealed_account_id = actor.account_id
    found.save()
    _record(found, "appealed", found.appeal, actor, now)
    return found


@opens_transaction
def decide_appeal(
    *, rating_id: int, verdict: str, reason: str, actor: Actor, now: datetime
) -> RatingFollowUp:
    """Leave the rating out, or let it stand. Never by whoever appealed.

    Raises NotFound, NotPermitted, NoAppeal, NotByAppellant, WordsNeeded.
    """
    found = _followed(rating_id, actor)
    if found.appealed_at is None or found.verdict:
        raise NoAppeal
    if actor.account_id is not None and actor.account_id == found.appealed_account_id:
        raise NotByAppellant
    found.verdict = AppealVerdict(verdict)
    found.verdict_reason = _words(reason)
    found.verdict_at, found.verdict_by = now, actor.label
    found.save()
    if found.verdict == AppealVerdict.UPHELD:
        found.rating.excluded_at = now
        found.rating.save(update_fields=["excluded_at"])
    _record(found, "decided", found.verdict_reason, actor, now)
    return found


@opens_transaction
def reply_to_rater(
    *, rating_id: int, words: str, actor: Actor, now: datetime
) -> RatingFollowUp:
    """Answer whoever rated, and close the matter of the rating.

    Raises NotFound, NotPermitted, WordsNeeded, CallBackFirst, AppealOpen,
    NothingPutRight, DoneAlready, and what the door raises.
    """
    found = _followed(rating_id, actor)
    if found.replied_at is not None:
        raise DoneAlready(by=found.replied_by)
    _check_called_back(found)
    if found.corrected_at is None and found.verdict != AppealVerdict.UPHELD:
        raise NothingPutRight
    found.reply = _words(words)
    found.replied_at, found.replied_by = now, actor.label
    found.save()
    _finish_step(found, PUT_RIGHT, actor, now)
    opened = _open(found, ActKind.GRANTED, actor)
    closing = Closing(opened.version)
    close_door(opened, ActKind.GRANTED, closing, actor=actor, now=now)
    _record(found, "replied", found.reply, actor, now)
    return found


def refuse_without_reply(matter: Matter, actor: Actor, now: datetime) -> None:
    """Let nobody close the matter of a bad rating past its rater. Raises ReplyMissing."""
    del actor, now  # whoever it is
    if not RatingFollowUp.objects.filter(matter=matter, replied_at__isnull=False):
        raise ReplyMissing


def _followed(rating_id: int, actor: Actor) -> RatingFollowUp:
    """Lock what the actor follows up. Raises NotFound, NotPermitted."""
    found = _locked(rating_id)
    if not permissions.can_view(actor, found.rating):
        raise NotFound
    permissions.check_follow(actor, found.rating)
    return found


def _answered(rating_id: int, actor: Actor) -> RatingFollowUp:
    """Lock what the window answers. Raises NotFound, NotPermitted, and why not now."""
    found = _locked(rating_id)
    if not permissions.can_view(actor, found.rating):
        raise NotFound
    permissions.check_answer(actor, found.rating)
    _check_called_back(found)
    return found


def _check_called_back(found: RatingFollowUp) -> None:
    if found.called_back_at is None:
        raise CallBackFirst
    if found.appealed_at is not None and not found.verdict:
        raise AppealOpen


@needs_transaction
def _locked(rating_id: int) -> RatingFollowUp:
    rows = RatingFollowUp.objects.select_for_update(of=("self",))
    found = (
        rows.select_related("rating__matter", "matter").filter(rating=rating_id).first()
    )
    if found is None:
        raise NotFound
    return found


@needs_transaction
def _finish_step(found: RatingFollowUp, step: str, actor: Actor, now: datetime) -> None:
    """Move the matter on, unless somebody did so on its own page."""
    found.matter.refresh_from_db()
    if found.matter.step != step:
        return
    matter = _open(found, ActKind.STEP_DONE, actor)
    following = service_of(matter).step_after(step)
    matter.step = following.key if following else ""
    closing = Closing(matter.version, is_internal=True)
    close_door(matter, ActKind.STEP_DONE, closing, actor=actor, now=now)


@needs_transaction
def _open(found: RatingFollowUp, kind: ActKind, actor: Actor) -> Matter:
    version = Matter.objects.values_list("version", flat=True).get(pk=found.matter_id)
    permission = permissions.FOLLOW
    return open_door(
        found.matter_id, kind, seen=version, actor=actor, permission=permission
    ).matter


def _words(text: str) -> str:
    if not text.strip():
        raise WordsNeeded
    return text.strip()


@needs_transaction
def _record(
    found: RatingFollowUp, act: str, words: str, actor: Actor, now: datetime
) -> None:
    digest = sha256(words.encode()).hexdigest()
    record(
        RatingFollowed(act, found.verdict, digest),
        subject=subject("rating", found.rating_id),
        actor=actor,
        at=now,
    )
