"""Addresses of the register."""

from django.urls import path

from jiangxin.kernel.register.views import (
    duplicates,
    organisations,
    people,
    portal,
    regions,
    rosters,
    sites,
    ties,
)

app_name = "register"
urlpatterns = [
    path("desk/people/", people.person_list, name="person-list"),
    path("desk/people/new/", people.person_new, name="person-new"),
    path("desk/people/take-on/", people.person_take_on, name="person-take-on"),
    path("desk/people/<int:person_id>/", people.person_detail, name="person-detail"),
    path(
        "desk/people/<int:person_id>/change/",
        people.person_change,
        name="person-change",
    ),
    path(
        "desk/people/<int:person_id>/employment/",
        ties.employment_start,
        name="employment-start",
    ),
    path(
        "desk/employment/<int:employment_id>/end/",
        ties.employment_end,
        name="employment-end",
    ),
    path("desk/people/<int:person_id>/union/", ties.union_join, name="union-join"),
    path(
        "desk/membership/<int:membership_id>/end/",
        ties.union_leave,
        name="union-leave",
    ),
    path("desk/duplicates/", duplicates.duplicate_list, name="duplicate-list"),
    path(
        "desk/duplicates/<int:pair_id>/",
        duplicates.duplicate_detail,
        name="duplicate-detail",
    ),
    path("desk/merges/<int:merge_id>/undo/", duplicates.merge_undo, name="merge-undo"),
    path(
        "desk/organisations/",
        organisations.organisation_list,
        name="organisation-list",
    ),
    path(
        "desk/organisations/new/",
        organisations.organisation_new,
        name="organisation-new",
    ),
    path(
        "desk/organisations/<int:organisation_id>/",
        organisations.organisation_detail,
        name="organisation-detail",
    ),
    path(
        "desk/organisations/<int:organisation_id>/change/",
        organisations.organisation_change,
        name="organisation-change",
    ),
    path(
        "desk/organisations/<int:organisation_id>/close/",
        organisations.organisation_close,
        name="organisation-close",
    ),
    path(
        "desk/organisations/<int:organisation_id>/sites/new/",
        sites.site_open,
        name="site-open",
    ),
    path("desk/sites/", sites.site_list, name="site-list"),
    path("desk/sites/<int:site_id>/", sites.site_detail, name="site-detail"),
    path("desk/sites/<int:site_id>/close/", sites.site_close, name="site-close"),
    path("desk/regions/", regions.region_list, name="region-list"),
    path(
        "desk/regions/<str:region_code>/", regions.region_detail, name="region-detail"
    ),
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
