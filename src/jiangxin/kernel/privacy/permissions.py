"""Who may look after what becomes of people's data."""

from jiangxin.foundation.actor import Actor, allows
from jiangxin.kernel.privacy.models import DataRequest
from jiangxin.kernel.register.models import Person
from jiangxin.kernel.register.permissions import check_at, place_of_person

VIEW_USES = "privacy.view_uses"
ANSWER_REQUESTS = "privacy.answer_requests"
RECORD_REQUESTS = "privacy.record_requests"


def check_answer_request(actor: Actor, request: DataRequest) -> None:
    """Where the person who asks is counted."""
    check_at(actor, ANSWER_REQUESTS, [place_of_person(request.person)])


def check_record_request(actor: Actor, person: Person) -> None:
    """At the counter of the place where the person is counted."""
    check_at(actor, RECORD_REQUESTS, [place_of_person(person)])


can_answer_request = allows(check_answer_request)
