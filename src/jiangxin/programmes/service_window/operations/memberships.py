"""Joining a union and moving between unions, in the transaction of the decision."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.actor import Actor
from jiangxin.foundation.clock.working_days import today
from jiangxin.foundation.db import needs_transaction
from jiangxin.foundation.errors import Refused
from jiangxin.kernel.matters.models import Matter
from jiangxin.kernel.register.models import Membership, Organisation
from jiangxin.kernel.register.operations.steps import (
    announce_person,
    lock_person,
    open_organisation,
)
from jiangxin.kernel.register.operations.ties import begin_membership


class UnionUnknown(Refused):
    code = "service_window.union_unknown"
    text = _("There is no union %(union)s. Ask the applicant which one is meant.")


class MemberElsewhere(Refused):
    code = "service_window.member_elsewhere"
    text = _(
        "The person is a member of %(union)s already. Moving the membership is another"
        " service."
    )


class NoMember(Refused):
    code = "service_window.no_member"
    text = _("The person is no member of any union. Joining one is another service.")


@needs_transaction
def join_union(matter: Matter, actor: Actor, now: datetime) -> None:
    """Raises UnionUnknown, MemberElsewhere, and what the register raises."""
    present = _present(matter)
    if present is not None:
        raise MemberElsewhere(union=present.union.name)
    _begin(matter, actor, now)


@needs_transaction
def move_membership(matter: Matter, actor: Actor, now: datetime) -> None:
    """End one membership and begin the other on the same day: it never lapses.

    Raises UnionUnknown, NoMember, and what the register raises.
    """
    if _present(matter) is None:
        raise NoMember
    _begin(matter, actor, now)


def _present(matter: Matter) -> Membership | None:
    ties = Membership.objects.select_related("union").filter(
        person=matter.person_id, valid_to__isnull=True
    )
    return ties.first()


def _begin(matter: Matter, actor: Actor, now: datetime) -> None:
    code = matter.answers.get("union", "")
    union = Organisation.objects.filter(code=code).first()
    if union is None:
        raise UnionUnknown(union=code)
    person = lock_person(matter.person_id or 0)
    begin_membership(
        person,
        open_organisation(union.pk),
        valid_from=today(now),
        actor=actor,
        now=now,
    )
    announce_person(person.pk, "membership", actor=actor, now=now)
