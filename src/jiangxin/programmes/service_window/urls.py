"""Addresses of the service window."""

from django.urls import path

from jiangxin.programmes.service_window.views import (
    certificates,
    documents,
    elections,
    numbers,
    public,
)

app_name = "service_window"
_ONE = "desk/union-certificates/<int:union_certificate_id>/"

urlpatterns = [
    path("certificates/check/", public.certificate_check, name="certificate-check"),
    path(
        "desk/union-certificates/",
        certificates.certificate_list,
        name="certificate-list",
    ),
    path(
        "desk/union-certificates/new/",
        certificates.certificate_new,
        name="certificate-new",
    ),
    path(
        "desk/union-certificates/invite/",
        certificates.certificate_invite,
        name="certificate-invite",
    ),
    path(_ONE, certificates.certificate_detail, name="certificate-detail"),
    path(f"{_ONE}copy/", certificates.certificate_copy, name="certificate-copy"),
    path(f"{_ONE}renew/", elections.certificate_renew, name="certificate-renew"),
    path("desk/election-calendar/", elections.election_list, name="election-list"),
    path(f"{_ONE}issue/", documents.certificate_issue, name="certificate-issue"),
    path(f"{_ONE}pdf/", documents.certificate_file, name="certificate-file"),
    path(
        f"{_ONE}credential/",
        documents.certificate_credential,
        name="certificate-credential",
    ),
    path(f"{_ONE}print/", certificates.certificate_print, name="certificate-print"),
    path(
        "desk/certificate-numbers/<int:matter_id>/",
        numbers.number_entry,
        name="number-entry",
    ),
    path(
        "desk/certificate-numbers/<int:matter_id>/demonstration/",
        numbers.number_made_up,
        name="number-made-up",
    ),
]
