"""Pages whose addresses the sign-in library looks up by its own names."""

from allauth.socialaccount.providers.dingtalk.urls import urlpatterns as dingtalk
from allauth.socialaccount.providers.openid_connect import views as openid_connect
from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from jiangxin.kernel.access.views import second_factor as factor
from jiangxin.kernel.access.views import sign_in

_own: list[URLPattern | URLResolver] = [
    path("", factor.Overview.as_view(), name="mfa_index"),
    path("app/", factor.AppAdd.as_view(), name="mfa_activate_totp"),
    path("app/remove/", factor.AppRemove.as_view(), name="mfa_deactivate_totp"),
    path("passkeys/", factor.Overview.as_view(), name="mfa_list_webauthn"),
    path("passkeys/add/", factor.PasskeyAdd.as_view(), name="mfa_add_webauthn"),
    path(
        "passkeys/<int:pk>/remove/",
        factor.PasskeyRemove.as_view(),
        name="mfa_remove_webauthn",
    ),
    path("codes/", factor.RecoveryCodes.as_view(), name="mfa_view_recovery_codes"),
    path(
        "codes/new/",
        factor.RecoveryCodesRenew.as_view(),
        name="mfa_generate_recovery_codes",
    ),
]
_providers: list[URLPattern | URLResolver] = [
    path("<slug:provider_id>/", openid_connect.login, name="openid_connect_login"),
    path(
        "<slug:provider_id>/back/",
        openid_connect.callback,
        name="openid_connect_callback",
    ),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("sign-in/", sign_in.SignIn.as_view(), name="account_login"),
    path(
        "sign-in/second-factor/",
        sign_in.SecondFactor.as_view(),
        name="mfa_authenticate",
    ),
    path("account/second-factor/", include(_own)),
    path("sign-in/with/", include(_providers)),
]
if "dingtalk" in settings.SOCIALACCOUNT_PROVIDERS:
    urlpatterns.append(path("sign-in/by/", include(dingtalk)))
