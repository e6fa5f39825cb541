"""What policies tell people: that one serves them; and staff: how many are newly served."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from jiangxin.foundation.errors import NotFound
from jiangxin.foundation.i18n import prose_date
from jiangxin.kernel.notices.registry import NoticeKind, NoticeText, Told
from jiangxin.kernel.policy.queries import refusals
from jiangxin.kernel.policy.registry import policy
from jiangxin.kernel.policy.registry.wording import say


def _title(code: str) -> str:
    try:
        return say(policy(code).title)
    except NotFound:
        return code  # withdrawn since


def _day(text: str) -> str:
    return prose_date(date.fromisoformat(text))


def _write_newly_served(told: Told) -> NoticeText:
    values = {"policy": _title(told.about), "day": _day(told.facts["since"])}
    return NoticeText(
        _("“%(policy)s” serves you") % values,
        _(
            "What is on record of you has met all its conditions since %(day)s. Read"
            " why, what is given and how to get it."
        )
        % values,
        f"{reverse('policy:entitlement-list')}#{told.about}",
    )


def _write_found_people(told: Told) -> NoticeText:
    people = int(told.facts["people"])
    title = ngettext(
        "Policies newly serve %(people)s person",
        "Policies newly serve %(people)s people",
        people,
    )
    if told.facts["is_first"]:
        text = _(
            "As of %(day)s, when the register was matched for the first time. The"
            " people themselves were not told."
        )
    else:
        text = _("As of %(day)s. Those who did not refuse were told in the portal.")
    url = reverse("policy:newly-served")
    return NoticeText(
        title % {"people": people},
        text % {"day": _day(told.facts["on"])},
        f"{url}?run={told.about}",
    )


NEWLY_SERVED = NoticeKind(
    key=refusals.NEWLY_SERVED,
    label=gettext_lazy("A policy serves me"),
    description=gettext_lazy(
        "When what is on record of you newly meets all conditions of a policy. If you"
        " refuse, nobody tells you; what you are entitled to stays the same."
    ),
    write=_write_newly_served,
    facts=frozenset({"since"}),
    is_optional=True,
    about=lambda subject: _title(subject.partition(":")[2]),
)
FOUND_PEOPLE = NoticeKind(
    key="policy.found_people",
    label=gettext_lazy("Policies found people"),
    description=gettext_lazy("How many of your place a matching found to be served."),
    write=_write_found_people,
    to="account",
    facts=frozenset({"people", "on", "is_first"}),
)
KINDS = (NEWLY_SERVED, FOUND_PEOPLE)
