"""The library's pages about one's own second factors, in our frames."""

from typing import Any, cast

from allauth.mfa.base.views import IndexView
from allauth.mfa.recovery_codes.views import (
    GenerateRecoveryCodesView,
    ViewRecoveryCodesView,
)
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, RemoveWebAuthnView
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.http import HttpResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from jiangxin.foundation.ui.components import Crumb
from jiangxin.foundation.web import Request
from jiangxin.kernel.access.adapters import SecondFactorAdapter
from jiangxin.kernel.access.views.frames import frame_of


class _Framed:
    """Adds the frame and the way back; keeps secrets out of caches."""

    title = ""
    request: Request

    @method_decorator(never_cache)
    @method_decorator(login_required)
    def dispatch(self, *args: Any, **kwargs: Any) -> HttpResponse:
        return cast("HttpResponse", super().dispatch(*args, **kwargs))  # type: ignore[misc]  # -- mixed into views

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**more)  # type: ignore[misc]  # -- mixed into views
        context["frame_template"] = frame_of(self.request)
        context["crumbs"] = self._crumbs()
        return context

    def _crumbs(self) -> list[Crumb]:
        account = Crumb(_("My account"), reverse("access:account"))
        return [account, Crumb(_("Second factor"), reverse("mfa_index"))]


class Overview(_Framed, IndexView):
    template_name = "access/second_factor.html"

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        context = super().get_context_data(**more)
        actor = self.request.actor
        context["is_needed"] = getattr(actor, "needs_second_factor", False)
        return context


class AppAdd(_Framed, ActivateTOTPView):
    template_name = "access/app_add.html"


class AppRemove(_Framed, DeactivateTOTPView):
    template_name = "access/app_remove.html"


class PasskeyAdd(_Framed, AddWebAuthnView):
    template_name = "access/passkey_add.html"


class PasskeyRemove(_Framed, RemoveWebAuthnView):
    template_name = "access/passkey_remove.html"

    def form_valid(self, form: BaseForm) -> HttpResponse:
        if not SecondFactorAdapter().can_delete_authenticator(self.get_object()):
            raise PermissionDenied
        return cast("HttpResponse", super().form_valid(form))


class RecoveryCodes(_Framed, ViewRecoveryCodesView):
    template_name = "access/recovery_codes.html"


class RecoveryCodesRenew(_Framed, GenerateRecoveryCodesView):
    template_name = "access/recovery_codes_renew.html"
