"""Addresses of credentials."""

from django.urls import path

from jiangxin.kernel.credentials.views import credentials

app_name = "credentials"
urlpatterns = [
    path("desk/credentials/", credentials.credential_list, name="credential-list"),
    path("desk/credentials/new/", credentials.credential_new, name="credential-new"),
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
        "desk/credentials/<int:credential_id>/<slug:move>/",
        credentials.credential_move,
        name="credential-move",
    ),
]
