"""Samples of what surrounds a matter at the window (see `tests/samples.py`)."""

from datetime import date, time, timedelta
from uuid import uuid4

from jiangxin.foundation.clock.working_days import today
from jiangxin.kernel.counter.models import (
    Booking,
    Hall,
    Question,
    SlotPlan,
    Ticket,
    Window,
)
from jiangxin.kernel.matters.models import Matter
from jiangxin.kernel.ratings.enums import Grade
from jiangxin.kernel.ratings.models import MatterRating, RatingFollowUp
from jiangxin.kernel.ratings.queries.invitations import token_of

SERVICE = "service_window.legal_person_first"
FOLLOW_UP = "ratings.follow_up_organisation"


def rating_records(firm, now):
    """Return a bad rating of the firm's settled matter that was called back about."""
    rated = _matter(firm, SERVICE, now, "330726202601050101")
    Matter.objects.filter(pk=rated.pk).update(state="granted", settled_at=now)
    unrated = _matter(firm, SERVICE, now, "330726202601050102")
    Matter.objects.filter(pk=unrated.pk).update(state="granted", settled_at=now)
    rating = MatterRating.objects.create(
        matter=rated,
        service=SERVICE,
        region_code=firm.region_id,
        organisation_code=firm.code,
        way="counter",
        set_version="1",
        grade=Grade.DISSATISFIED,
        dimensions={"manner": 1},
        comment="等了两个小时",
        rated_at=now,
        clerk_label="窗口小陈",
    )
    follow_up = _matter(firm, FOLLOW_UP, now, "330726202601050103")
    Matter.objects.filter(pk=follow_up.pk).update(step="put_right")
    RatingFollowUp.objects.create(
        rating=rating,
        matter=follow_up,
        called_back_at=now,
        called_back_by="评价专员",
        call_back="确实等了很久",
        facts="取号后等候过长",
    )
    return {"rating_id": rating.pk, "rating_token": token_of(unrated)}


def counter_records(region_code, now):
    """Return a hall with a window, somebody who waits, a booking and a question."""
    hall = Hall.objects.create(region_code=region_code, name="某镇总工会服务大厅")
    window = Window.objects.create(hall=hall, number=1, name="综合窗口")
    plan = SlotPlan.objects.create(
        window=window,
        starts=time(9),
        ends=time(11),
        minutes=30,
        capacity=2,
        valid_from=date(2026, 1, 1),
    )
    booking = Booking.objects.create(
        window=window,
        service=SERVICE,
        on=today(now),
        starts=time(10),
        position=1,
        token="a-booking",
        contact_name="王芳",
        contact_phone="13800138000",
        phone_index="0" * 64,
        booked_at=now,
        changed_at=now,
    )
    ticket = Ticket.objects.create(
        hall=hall,
        on=today(now),
        number=1,
        service=SERVICE,
        token="a-number",
        taken_at=now,
    )
    question = Question.objects.create(
        hall=hall,
        service=SERVICE,
        token="a-question",
        text="要带公章吗？",
        asked_at=now,
        due_on=today(now),
        answer="要带。",
        answered_at=now,
        answered_by="窗口小陈",
        public_question="办理登记要带公章吗？",
        public_answer="要带。",
        published_at=now,
    )
    return {
        "hall_id": hall.pk,
        "window_id": window.pk,
        "plan_id": plan.pk,
        "booking_id": booking.pk,
        "booking_token": booking.token,
        "ticket_token": ticket.token,
        "question_id": question.pk,
        "question_token": question.token,
        "period_key": "2026-11",
        "figure": "settled",
        "who": "all",
    }


def _matter(firm, service, now, number):
    return Matter.objects.create(
        service=service,
        number=number,
        token=uuid4(),
        inquiry_code="123456",
        organisation=firm,
        region_code=firm.region_id,
        organisation_code=firm.code,
        channel="window",
        state="accepted",
        version=3,
        begun_at=now - timedelta(days=2),
        touched_at=now,
        submitted_at=now - timedelta(days=2),
        accepted_at=now - timedelta(days=1),
    )
