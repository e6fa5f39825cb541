"""Addresses of what becomes of people's data."""

from django.urls import path

from jiangxin.kernel.privacy.views import copies, portal, requests, showing, uses

app_name = "privacy"
urlpatterns = [
    path("desk/people/<int:person_id>/show/", showing.value_show, name="value-show"),
    path("desk/privacy/views/", uses.view_list, name="view-list"),
    path("desk/privacy/exports/", uses.export_list, name="export-list"),
    path("desk/privacy/requests/", requests.request_list, name="request-list"),
    path("desk/privacy/requests/new/", requests.request_record, name="request-record"),
    path(
        "desk/privacy/requests/<int:request_id>/",
        requests.request_answer,
        name="request-answer",
    ),
    path("portal/privacy/", portal.own_data, name="own-data"),
    path("portal/privacy/views/", portal.own_views, name="own-views"),
    path("portal/privacy/copy/", copies.own_copy, name="own-copy"),
    path("portal/privacy/request/", portal.request_make, name="request-make"),
    path(
        "portal/privacy/request/<int:request_id>/withdraw/",
        portal.request_withdraw,
        name="request-withdraw",
    ),
    path("portal/privacy/consent/", portal.consent_change, name="consent-change"),
]
