"""What people agreed to, on a day."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from jiangxin.foundation.clock.working_days import today
from jiangxin.kernel.privacy.declared import Notice, notice, notices
from jiangxin.kernel.privacy.enums import ConsentPurpose
from jiangxin.kernel.privacy.models import Consent


def has_consent(person_id: int, purpose: str, on: date) -> bool:
    """Return whether a person's consent to a purpose holds at the end of a day.

    Not when it was never given or was withdrawn, nor when a newer notice asks anew.
    """
    last = _last(person_id, purpose, on)
    return last is not None and last.is_given and not _is_superseded(last, on)


def consents_of(person_id: int) -> QuerySet[Consent]:
    """Every giving and withdrawing of one person, oldest first."""
    return Consent.objects.filter(person=person_id).order_by("at", "pk")


@dataclass(frozen=True)
class Standing:
    """How one purpose stands for one person. since: of the last word, if any."""

    notice: Notice
    is_given: bool
    since: datetime | None


def standings(person_id: int, now: datetime) -> list[Standing]:
    """Return every purpose with the notice in force and whether it is agreed to."""
    on = today(now)
    found = []
    for purpose in ConsentPurpose:
        last = _last(person_id, purpose, on)
        found.append(
            Standing(
                notice(purpose, on=on),
                has_consent(person_id, purpose, on),
                last.at if last else None,
            )
        )
    return found


def _last(person_id: int, purpose: str, on: date) -> Consent | None:
    end = timezone.make_aware(datetime.combine(on + timedelta(days=1), time.min))
    given = Consent.objects.filter(person=person_id, purpose=purpose, at__lt=end)
    return given.order_by("at", "pk").last()


def _is_superseded(consent: Consent, on: date) -> bool:
    versions = notices()[ConsentPurpose(consent.purpose)]
    agreed = next((each for each in versions if each.version == consent.version), None)
    since = agreed.since if agreed else date.min
    return any(each.is_asked_anew and since < each.since <= on for each in versions)
