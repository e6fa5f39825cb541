"""What several pages of the counter show."""

from jiangxin.foundation.errors import NotFound
from jiangxin.foundation.ui.components import Tone
from jiangxin.kernel.counter.enums import BookingState, TicketState
from jiangxin.kernel.counter.forms import title_of
from jiangxin.kernel.matters.registry import service

TICKET_TONES: dict[str, Tone] = {
    TicketState.WAITING: "wait",
    TicketState.CALLED: "warn",
    TicketState.SERVING: "info",
    TicketState.DONE: "ok",
    TicketState.MISSED: "off",
}
BOOKING_TONES: dict[str, Tone] = {
    BookingState.BOOKED: "wait",
    BookingState.ARRIVED: "ok",
    BookingState.CANCELLED: "off",
    BookingState.MISSED: "warn",
}


def service_title(code: str) -> str:
    """Return a service's name in the reader's language; its code once it is gone."""
    try:
        return title_of(service(code))
    except NotFound:
        return code
