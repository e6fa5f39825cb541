"""Whom an act of one side tells on the other: once, in the act's own transaction."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiangxin.foundation.actor import Actor
from jiangxin.foundation.db import needs_transaction
from jiangxin.foundation.errors import NotFound
from jiangxin.foundation.parts import Text
from jiangxin.kernel.access.models import Account
from jiangxin.kernel.matters.enums import ActKind
from jiangxin.kernel.matters.models import Matter
from jiangxin.kernel.matters.permissions import ASSIGN
from jiangxin.kernel.matters.queries.colleagues import holders_at
from jiangxin.kernel.matters.queries.services import service_of
from jiangxin.kernel.notices.operations import tell_account, tell_person
from jiangxin.kernel.notices.registry import NoticeKind, NoticeText, Told
from jiangxin.kernel.policy.registry.wording import say

# What the applicant is told, by the act of the office or of time.
TO_APPLICANT: Mapping[str, Text] = {
    ActKind.SUPPLEMENT_ASKED: gettext_lazy("Put right what is named there, in time."),
    ActKind.ACCEPTED: gettext_lazy("Accepted. You see there by when it is decided."),
    ActKind.NOT_ACCEPTED: gettext_lazy("Not accepted. The reason is given there."),
    ActKind.ACCEPTANCE_REVOKED: gettext_lazy(
        "The acceptance was revoked. The reason is given there."
    ),
    ActKind.GRANTED: gettext_lazy("Granted. You see there what is to be collected."),
    ActKind.REFUSED: gettext_lazy("Not granted. The reason is given there."),
    ActKind.DEEMED_WITHDRAWN: gettext_lazy(
        "Not put right in time, so it counts as withdrawn. You can apply again."
    ),
}
# What whoever has it in hand is told, by the act of the applicant.
TO_OFFICE: Mapping[str, Text] = {
    ActKind.SUPPLEMENTED: gettext_lazy("The applicant put right what was named."),
    ActKind.PROMISE_KEPT: gettext_lazy("The applicant handed in what was promised."),
    ActKind.WITHDRAWN: gettext_lazy("The applicant withdrew it."),
    ActKind.ASSIGNED: gettext_lazy("It was given into your hands."),
    ActKind.ESCALATED: gettext_lazy(
        "It is overdue, or nobody has touched it for long."
    ),
}
FACTS = frozenset({"act"})


def _title(matter: Matter | None) -> str:
    if matter is None:
        return _("A matter that is there no more")
    try:
        return f"{say(service_of(matter).title)} {matter}"
    except NotFound:
        return str(matter)


def _text(told: Told, words: Mapping[str, Text], url_name: str) -> NoticeText:
    matter = Matter.objects.filter(pk=told.about).first()
    text = words.get(str(told.facts.get("act")), "")
    url = reverse(url_name, args=[matter.pk]) if matter else ""
    return NoticeText(_title(matter), text, url)


TO_PERSON = NoticeKind(
    "matters.own_moved",
    gettext_lazy("My applications"),
    gettext_lazy("When the office did something about what you applied for."),
    lambda told: _text(told, TO_APPLICANT, "matters:portal-filing"),
    facts=FACTS,
)
TO_FILER = NoticeKind(
    "matters.filed_moved",
    gettext_lazy("Applications filed for an organisation"),
    gettext_lazy("When the office did something about what you filed."),
    lambda told: _text(told, TO_APPLICANT, "matters:desk-filing"),
    to="account",
    facts=FACTS,
)
TO_CLERK = NoticeKind(
    "matters.office_moved",
    gettext_lazy("Matters in hand"),
    gettext_lazy("When an applicant answers, or a matter is given to you."),
    lambda told: _text(told, TO_OFFICE, "matters:matter-detail"),
    to="account",
    facts=FACTS,
)
KINDS = (TO_PERSON, TO_FILER, TO_CLERK)


@needs_transaction
def tell_other_side(
    matter: Matter, kind: ActKind, *, actor: Actor, now: datetime
) -> None:
    """Tell whom the act concerns and who did not do it."""
    about: dict[str, Any] = {
        "subject": f"matter:{matter.pk}",
        "key": str(matter.version),
        "facts": {"act": str(kind)},
        "now": now,
    }
    if kind in TO_APPLICANT:
        if matter.person_id is not None:
            tell_person(TO_PERSON, person_id=matter.person_id, **about)
        else:
            _tell_account(TO_FILER, matter.applicant_account_id, about)
    if kind == ActKind.ESCALATED:
        for leader in holders_at(matter.region_code, ASSIGN):
            tell_account(TO_CLERK, account_id=leader.pk, **about)
        return
    holder = matter.assigned_account_id
    if kind in TO_OFFICE and holder != actor.account_id:
        _tell_account(TO_CLERK, holder, about)


def _tell_account(
    kind: NoticeKind, account_id: int | None, about: dict[str, Any]
) -> None:
    """Tell an account, if it is still there: a matter outlives who filed it."""
    if account_id is None:
        return
    if Account.objects.filter(pk=account_id, is_active=True).exists():
        tell_account(kind, account_id=account_id, **about)
