from django.urls import path, re_path

from jiangxin.kernel.access.api import door
from jiangxin.kernel.access.views import (
    accounts,
    api_reference,
    delegations,
    factors,
    grants,
    homes,
    own,
    sessions,
    sign_in,
    sign_ins,
    tokens,
)

app_name = "access"

urlpatterns = [
    path("", homes.public_home, name="public-home"),
    path("start/", homes.home, name="home"),
    path("desk/", homes.desk_home, name="desk-home"),
    path("portal/", homes.portal_home, name="portal-home"),
    path("sign-in/", sign_in.SignIn.as_view(), name="sign-in"),
    path("sign-out/", sign_in.sign_out, name="sign-out"),
    path("account/", own.account, name="account"),
    path("account/password/", own.password_change, name="password-change"),
    path("account/sign-ins/", sign_ins.own_sign_ins, name="own-sign-ins"),
    path(
        "account/sessions/end-others/",
        sessions.session_end_others,
        name="session-end-others",
    ),
    path(
        "account/sessions/<int:session_id>/end/",
        sessions.session_end,
        name="session-end",
    ),
    path("account/delegate/", delegations.delegation_create, name="delegation-create"),
    path(
        "account/delegations/<int:grant_id>/withdraw/",
        delegations.delegation_withdraw,
        name="delegation-withdraw",
    ),
    path("desk/delegations/", delegations.delegation_list, name="delegation-list"),
    path("account/tokens/", tokens.own_tokens, name="own-tokens"),
    path("account/tokens/new/", tokens.own_token_make, name="own-token-make"),
    path(
        "account/tokens/<int:token_id>/revoke/",
        tokens.token_revoke,
        name="token-revoke",
    ),
    path("desk/tokens/", tokens.token_list, name="token-list"),
    path(
        "desk/accounts/<int:service_id>/token/",
        tokens.token_make,
        name="token-make",
    ),
    path("api/", api_reference.api_reference, name="api-reference"),
    path("api/v1/", door.api().urls),
    re_path(r"^api/v\d+/", door.not_found, name="api-missing"),
    path("desk/sign-ins/", sign_ins.sign_in_list, name="sign-in-list"),
    path("desk/accounts/", accounts.account_list, name="account-list"),
    path("desk/accounts/new/", accounts.account_create, name="account-create"),
    path(
        "desk/accounts/<int:account_id>/",
        accounts.account_detail,
        name="account-detail",
    ),
    path(
        "desk/accounts/<int:account_id>/password/",
        accounts.account_password,
        name="account-password",
    ),
    path(
        "desk/accounts/<int:account_id>/close/",
        accounts.account_deactivate,
        name="account-deactivate",
    ),
    path(
        "desk/accounts/<int:account_id>/open/",
        accounts.account_reactivate,
        name="account-reactivate",
    ),
    path(
        "desk/accounts/<int:account_id>/grant/",
        grants.grant_create,
        name="grant-create",
    ),
    path(
        "desk/accounts/<int:account_id>/second-factor/",
        factors.account_factors_reset,
        name="account-factors-reset",
    ),
    path(
        "desk/accounts/<int:account_id>/identity/",
        factors.identity_link,
        name="identity-link",
    ),
    path(
        "desk/identities/<int:identity_id>/unlink/",
        factors.identity_unlink,
        name="identity-unlink",
    ),
    path("desk/grants/<int:grant_id>/end/", grants.grant_end, name="grant-end"),
]
