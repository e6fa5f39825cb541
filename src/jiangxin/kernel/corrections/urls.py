"""Addresses of corrections and of people's bank accounts."""

from django.urls import path

from jiangxin.kernel.corrections.views import desk, portal

app_name = "corrections"
urlpatterns = [
    path("desk/corrections/", desk.correction_list, name="correction-list"),
    path(
        "desk/corrections/<int:correction_id>/",
        desk.correction_detail,
        name="correction-detail",
    ),
    path("desk/corrections/papers/<int:paper_id>/", desk.paper_open, name="paper-open"),
    path(
        "desk/people/<int:person_id>/bank-account/",
        desk.account_record,
        name="account-record",
    ),
    path("portal/corrections/", portal.own_list, name="own-list"),
    path("portal/corrections/new/", portal.correction_new, name="correction-new"),
    path(
        "portal/corrections/<int:correction_id>/withdraw/",
        portal.correction_withdraw,
        name="correction-withdraw",
    ),
    path("portal/bank-account/", portal.own_account, name="own-account"),
    path(
        "portal/bank-account/remove/",
        portal.own_account_remove,
        name="own-account-remove",
    ),
]
