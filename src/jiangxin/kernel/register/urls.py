"""Addresses of the register."""

from django.urls import path

from jiangxin.kernel.register.views import portal, rosters

app_name = "register"
urlpatterns = [
    path("portal/record/", portal.portal_record, name="portal-record"),
    path("desk/rosters/", rosters.roster_list, name="roster-list"),
    path("desk/rosters/new/", rosters.roster_new, name="roster-new"),
    path("desk/rosters/template/", rosters.roster_template, name="roster-template"),
    path("desk/rosters/<int:roster_id>/", rosters.roster_detail, name="roster-detail"),
    path(
        "desk/rosters/<int:roster_id>/columns/",
        rosters.roster_columns,
        name="roster-columns",
    ),
    path(
        "desk/rosters/<int:roster_id>/confirm/",
        rosters.roster_confirm,
        name="roster-confirm",
    ),
    path(
        "desk/rosters/<int:roster_id>/withdraw/",
        rosters.roster_withdraw,
        name="roster-withdraw",
    ),
    path(
        "desk/rosters/<int:roster_id>/refused/",
        rosters.roster_refused,
        name="roster-refused",
    ),
]
