"""Addresses of what people are told."""

from django.urls import path

from jiangxin.kernel.notices.views import choices, inbox

app_name = "notices"
urlpatterns = [
    path("portal/notices/", inbox.portal_list, name="portal-list"),
    path("portal/notices/read/", inbox.portal_read_all, name="portal-read-all"),
    path("portal/notices/choices/", choices.choice_list, name="choice-list"),
    path("portal/notices/<int:notice_id>/", inbox.portal_open, name="portal-open"),
    path("portal/notices/<int:notice_id>/turn/", inbox.portal_turn, name="portal-turn"),
    path("portal/notices/<int:notice_id>/refuse/", choices.refuse, name="refuse"),
    path("desk/notices/", inbox.desk_list, name="desk-list"),
    path("desk/notices/read/", inbox.desk_read_all, name="desk-read-all"),
    path("desk/notices/<int:notice_id>/", inbox.desk_open, name="desk-open"),
    path("desk/notices/<int:notice_id>/turn/", inbox.desk_turn, name="desk-turn"),
]
