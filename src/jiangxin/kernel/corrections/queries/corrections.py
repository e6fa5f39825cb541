"""Corrections as the desk and the person see them."""

from datetime import datetime

from django.db.models import Q, QuerySet

from jiangxin.foundation.actor import Actor
from jiangxin.foundation.errors import NotFound
from jiangxin.kernel.corrections.enums import AskedBy, CorrectionState
from jiangxin.kernel.corrections.models import Correction, CorrectionPaper
from jiangxin.kernel.corrections.permissions import DECIDE
from jiangxin.kernel.register.queries.visibility import people_visible_to


def corrections_visible_to(actor: Actor) -> QuerySet[Correction]:
    """The corrections of people for whom the actor decides them."""
    people = people_visible_to(actor, DECIDE)
    corrections = Correction.objects.select_related("person")
    return corrections.filter(person__in=people.values("pk"))


def get_correction(correction_id: int, *, visible_to: Actor) -> Correction:
    """Raises NotFound, also for those of people of other places."""
    found = corrections_visible_to(visible_to).filter(pk=correction_id).first()
    if found is None:
        raise NotFound
    return found


def get_paper(paper_id: int, *, visible_to: Actor) -> CorrectionPaper:
    """Raises NotFound, also once the file was deleted at the end of its time."""
    papers = CorrectionPaper.objects.select_related("correction__person")
    found = papers.filter(
        pk=paper_id,
        deleted_at__isnull=True,
        correction__in=corrections_visible_to(visible_to).values("pk"),
    ).first()
    if found is None:
        raise NotFound
    return found


def corrections_of(person_id: int) -> QuerySet[Correction]:
    """What a person asked for, newest first; what rosters said is no request of theirs."""
    asked = Correction.objects.filter(person=person_id, asked_by=AskedBy.PERSON)
    return asked.prefetch_related("values").order_by("-asked_at", "-pk")


def waiting_on(person_id: int) -> QuerySet[Correction]:
    return Correction.objects.filter(person=person_id, state=CorrectionState.WAITING)


def count_waiting(actor: Actor, now: datetime) -> int:
    del now  # waiting has no time of its own
    waiting = Q(state=CorrectionState.WAITING)
    return corrections_visible_to(actor).filter(waiting).count()
