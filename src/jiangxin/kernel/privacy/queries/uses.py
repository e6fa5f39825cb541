"""Who saw personal data, and who took it out."""

from datetime import datetime, time

from django.db.models import QuerySet
from django.utils import timezone

from jiangxin.foundation.actor import Actor
from jiangxin.foundation.clock.working_days import today
from jiangxin.kernel.privacy.models import PersonalDataExport, PersonalDataView
from jiangxin.kernel.privacy.permissions import VIEW_USES
from jiangxin.kernel.register.queries.visibility import (
    covers_everything,
    people_visible_to,
)


def day_of(now: datetime) -> datetime:
    """Return when the federation's day began that `now` is on."""
    return timezone.make_aware(datetime.combine(today(now), time.min))


def views_visible_to(actor: Actor) -> QuerySet[PersonalDataView]:
    """What was shown of the people for whom the actor looks over such uses."""
    if covers_everything(actor, VIEW_USES):
        return PersonalDataView.objects.all()
    people = people_visible_to(actor, VIEW_USES)
    return PersonalDataView.objects.filter(person__in=people.values("pk"))


def exports_visible_to(actor: Actor) -> QuerySet[PersonalDataExport]:
    """All exports, or none: a list may hold people of any place."""
    if covers_everything(actor, VIEW_USES):
        return PersonalDataExport.objects.all()
    return PersonalDataExport.objects.none()


def views_of_person(person_id: int) -> QuerySet[PersonalDataView]:
    """Who saw one person's values, newest first."""
    views = PersonalDataView.objects.filter(person=person_id)
    return views.order_by("-seen_at", "-pk")
