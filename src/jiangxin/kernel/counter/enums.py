"""What becomes of bookings and queue numbers. Values are stored: never renamed."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class BookingState(TextChoices):
    BOOKED = "booked", pgettext_lazy("booking", "Booked")
    ARRIVED = "arrived", pgettext_lazy("booking", "Arrived")
    CANCELLED = "cancelled", pgettext_lazy("booking", "Cancelled")
    MISSED = "missed", pgettext_lazy("booking", "Did not come")


class TicketState(TextChoices):
    WAITING = "waiting", pgettext_lazy("ticket", "Waiting")
    CALLED = "called", pgettext_lazy("ticket", "Called")
    SERVING = "serving", pgettext_lazy("ticket", "At the window")
    DONE = "done", pgettext_lazy("ticket", "Served")
    MISSED = "missed", pgettext_lazy("ticket", "Did not come when called")


# In hand at a window, which calls nobody else meanwhile.
AT_WINDOW = (TicketState.CALLED, TicketState.SERVING)
