"""What ends soon, or has ended, in the places that somebody looks after."""

from datetime import date, datetime, timedelta

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from jiangxin.foundation.actor import Actor
from jiangxin.foundation.clock.working_days import today
from jiangxin.kernel.credentials.enums import CredentialStatus, Due
from jiangxin.kernel.credentials.models import Credential
from jiangxin.kernel.credentials.queries.records import credentials_visible_to
from jiangxin.kernel.register.models import Employment

DAYS = {Due.WITHIN_30: 30, Due.WITHIN_60: 60, Due.WITHIN_90: 90}
LOOK_BACK = timedelta(days=365)


def expiring(actor: Actor, on: date) -> QuerySet[Credential]:
    """Return valid credentials that end within 90 days, or ended within a year.

    Each with `place_name`: the holder's employer today, or the organisation itself.
    """
    employer = Employment.objects.filter(
        person=OuterRef("person"), valid_to__isnull=True
    ).values("organisation__name")[:1]
    return (
        credentials_visible_to(actor)
        .filter(
            status=CredentialStatus.VALID,
            valid_to__gt=on - LOOK_BACK,
            valid_to__lte=on + timedelta(days=DAYS[Due.WITHIN_90]),
        )
        .annotate(place_name=Coalesce("organisation__name", Subquery(employer)))
    )


def due(rows: QuerySet[Credential], choice: str, on: date) -> QuerySet[Credential]:
    """Narrow to what has ended, or to what ends within so many days from a day on."""
    if choice == Due.LAPSED:
        return rows.filter(valid_to__lte=on)
    until = on + timedelta(days=DAYS[Due(choice)])
    return rows.filter(valid_to__gt=on, valid_to__lte=until)


def count_ending_soon(actor: Actor, now: datetime) -> int:
    """Return how many end within 30 days, for the home page."""
    on = today(now)
    return due(expiring(actor, on), Due.WITHIN_30, on).count()
