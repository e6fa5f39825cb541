"""Addresses of the counter."""

from django.urls import path

from jiangxin.kernel.counter.views import answering, arranging, board, desk, public

app_name = "counter"
urlpatterns = [
    path("halls/", public.hall_list, name="hall-list"),
    path("halls/<int:hall_id>/number/", public.number_take, name="number-take"),
    path("halls/<int:hall_id>/board/", public.board, name="board"),
    path("halls/<int:hall_id>/book/", public.book_slot, name="book"),
    path("halls/<int:hall_id>/questions/", public.questions, name="questions"),
    path("numbers/<str:ticket_token>/", public.number, name="number"),
    path("bookings/<str:booking_token>/", public.booking, name="booking"),
    path(
        "bookings/<str:booking_token>/cancel/",
        public.booking_cancel,
        name="booking-cancel",
    ),
    path(
        "bookings/<str:booking_token>/arrive/",
        public.booking_arrive,
        name="booking-arrive",
    ),
    path("questions/<str:question_token>/", public.question, name="question"),
    path("desk/counter/", desk.window_list, name="window-list"),
    path("desk/counter/windows/<int:window_id>/", desk.window, name="window"),
    path("desk/counter/numbers/", desk.ticket_list, name="ticket-list"),
    path("desk/counter/bookings/", desk.booking_list, name="booking-list"),
    path(
        "desk/counter/bookings/<int:booking_id>/",
        desk.booking_detail,
        name="booking-detail",
    ),
    path(
        "desk/counter/bookings/<int:booking_id>/arrived/",
        desk.booking_arrived,
        name="booking-arrived",
    ),
    path(
        "desk/counter/bookings/<int:booking_id>/missed/",
        desk.booking_missed,
        name="booking-missed",
    ),
    path("desk/counter/questions/", answering.question_list, name="question-list"),
    path(
        "desk/counter/questions/<int:question_id>/",
        answering.question_detail,
        name="question-detail",
    ),
    path(
        "desk/counter/questions/<int:question_id>/withdraw/",
        answering.question_withdraw,
        name="question-withdraw",
    ),
    path("desk/counter/halls/", arranging.hall_arrange, name="hall-arrange"),
    path("desk/counter/halls/new/", arranging.hall_new, name="hall-new"),
    path("desk/counter/halls/<int:hall_id>/", arranging.hall_change, name="hall"),
    path(
        "desk/counter/halls/<int:hall_id>/windows/new/",
        arranging.window_new,
        name="window-new",
    ),
    path(
        "desk/counter/windows/<int:window_id>/change/",
        arranging.window_change,
        name="window-change",
    ),
    path(
        "desk/counter/windows/<int:window_id>/plans/new/",
        arranging.plan_new,
        name="plan-new",
    ),
    path("desk/window-board/", board.board, name="window-board"),
    path(
        "desk/window-board/<str:period_key>/<slug:figure>/<str:who>/",
        board.board_records,
        name="board-records",
    ),
    path("desk/counter/plans/<int:plan_id>/end/", arranging.plan_end, name="plan-end"),
]
