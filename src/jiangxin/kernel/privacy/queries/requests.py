"""What people ask about their own data, as the desk sees it."""

from datetime import date, datetime

from django.db.models import Case, Q, QuerySet, When

from jiangxin.foundation.actor import Actor
from jiangxin.foundation.errors import NotFound
from jiangxin.kernel.privacy.enums import RequestState
from jiangxin.kernel.privacy.models import DataRequest
from jiangxin.kernel.privacy.permissions import ANSWER_REQUESTS
from jiangxin.kernel.register.queries.visibility import people_visible_to


def requests_visible_to(actor: Actor) -> QuerySet[DataRequest]:
    """The requests of people for whom the actor answers them."""
    people = people_visible_to(actor, ANSWER_REQUESTS)
    requests = DataRequest.objects.select_related("person")
    return requests.filter(person__in=people.values("pk"))


def with_overdue(requests: QuerySet[DataRequest], on: date) -> QuerySet[DataRequest]:
    """Say of each whether it waits although it was due before a day: `is_overdue`."""
    is_late = Q(state=RequestState.WAITING, due_on__lt=on)
    return requests.annotate(is_overdue=Case(When(is_late, then=True), default=False))


def get_request(request_id: int, *, visible_to: Actor) -> DataRequest:
    """Raises NotFound, also for requests of people of other places."""
    found = requests_visible_to(visible_to).filter(pk=request_id).first()
    if found is None:
        raise NotFound
    return found


def count_requests_waiting(actor: Actor, now: datetime) -> int:
    del now  # waiting has no time of its own
    return requests_visible_to(actor).filter(state=RequestState.WAITING).count()
