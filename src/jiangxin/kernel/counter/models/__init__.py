from jiangxin.kernel.counter.models.bookings import Booking
from jiangxin.kernel.counter.models.halls import Hall, SlotPlan, Window
from jiangxin.kernel.counter.models.questions import Question
from jiangxin.kernel.counter.models.tickets import Ticket

__all__ = ["Booking", "Hall", "Question", "SlotPlan", "Ticket", "Window"]
