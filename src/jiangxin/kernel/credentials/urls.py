"""Addresses of credentials."""

from django.urls import path

from jiangxin.kernel.credentials.views import (
    batches,
    carrying,
    checking,
    credentials,
    expiring,
    issuing,
    passport,
    published,
    verifying,
)

app_name = "credentials"
urlpatterns = [
    path(
        "desk/issued/<int:issue_id>/as/<slug:form>/",
        carrying.issue_file,
        name="issue-file",
    ),
    path("verify/", checking.file_check, name="file-check"),
    path(".well-known/did.json", published.did, name="did"),
    path(".well-known/jwks.json", published.keys, name="keys"),
    # Where a did:web is looked for when the address has a path of its own.
    path("did.json", published.did, name="did-below"),
    path(
        "status/<slug:number>/<slug:purpose>/",
        published.status_list,
        name="status-list",
    ),
    path("desk/credentials/", credentials.credential_list, name="credential-list"),
    path("desk/credentials/new/", credentials.credential_new, name="credential-new"),
    path("desk/credentials/ending/", expiring.expiring_list, name="expiring-list"),
    path("desk/credentials/batch/", batches.batch_new, name="batch-new"),
    path("desk/credentials/batch/<int:job_id>/", batches.batch, name="batch"),
    path(
        "desk/credentials/batch/<int:job_id>/file/",
        batches.batch_file,
        name="batch-file",
    ),
    path(
        "desk/credentials/<int:credential_id>/",
        credentials.credential_detail,
        name="credential-detail",
    ),
    path(
        "desk/credentials/<int:credential_id>/replace/",
        credentials.credential_replace,
        name="credential-replace",
    ),
    path(
        "desk/credentials/<int:credential_id>/issue/",
        issuing.credential_issue,
        name="credential-issue",
    ),
    path("desk/issued/<int:issue_id>/print/", issuing.issue_print, name="issue-print"),
    path(
        "desk/issued/<int:issue_id>/document/",
        issuing.issue_document,
        name="issue-document",
    ),
    path("desk/issued/<int:issue_id>/again/", issuing.issue_again, name="issue-again"),
    path(
        "desk/issued/<int:issue_id>/<slug:issue_act>/",
        issuing.issue_move,
        name="issue-move",
    ),
    path("portal/passport/", passport.passport, name="passport"),
    path(
        "portal/passport/download/",
        passport.passport_download,
        name="passport-download",
    ),
    path(
        "portal/passport/certificates/<int:issue_id>/",
        passport.own_certificate,
        name="own-certificate",
    ),
    path("portal/passport/links/new/", passport.share_new, name="share-new"),
    path(
        "portal/passport/links/<int:share_id>/withdraw/",
        passport.share_withdraw,
        name="share-withdraw",
    ),
    path("passport/<slug:token>/", passport.share_shown, name="share-shown"),
    path("verify/code/", verifying.verify_code, name="verify-code"),
    path("verify/authority/", verifying.authority, name="authority"),
    path("verify/<slug:public_id>/", verifying.verify, name="verify"),
    path(
        "desk/credentials/<int:credential_id>/<slug:move>/",
        credentials.credential_move,
        name="credential-move",
    ),
]
