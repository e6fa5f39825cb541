"""What the sign-in library asks us: it opens no account and sends no mail."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from jiangxin.foundation.db import opens_transaction
from jiangxin.foundation.sealing import seal, unseal
from jiangxin.kernel.access import operations, queries
from jiangxin.kernel.access.enums import SignInAct
from jiangxin.kernel.access.models import Account
from jiangxin.kernel.access.roles import ADMINISTRATORS

_SEALED_FOR = "mfa.Authenticator.data"


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody opens an account for themselves: the system administrator does."""
        return False

    def add_message(
        self, request: HttpRequest, level: int, *args: Any, **more: Any
    ) -> None:
        """Pass on problems; that somebody signed in shows without a message."""
        if message := more.get("message"):
            messages.add_message(request, level, message)

    def respond_user_inactive(
        self,
        request: HttpRequest,
        user: AbstractBaseUser,
    ) -> HttpResponse:
        messages.error(request, operations.SignInRefused().message)
        return redirect("access:sign-in")


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets are sealed, and an administrator keeps one factor at least."""

    def encrypt(self, text: str) -> str:
        return seal(text, aad=_SEALED_FOR).hex()

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(bytes.fromhex(encrypted_text), aad=_SEALED_FOR)

    def get_totp_issuer(self) -> str:
        return _site_name()

    def generate_authenticator_name(
        self, user: AbstractBaseUser, type: Authenticator.Type
    ) -> str:
        known = Authenticator.objects.filter(user=user, type=type).count()
        return _("Passkey %(number)s") % {"number": known + 1}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        entity: dict[str, str] = super().get_public_key_credential_rp_entity()
        return {**entity, "name": _site_name()}

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        account = authenticator.user
        others = Authenticator.objects.filter(user=account).exclude(pk=authenticator.pk)
        if others.exclude(type=Authenticator.Type.RECOVERY_CODES).exists():
            return True
        return not queries.roles_of(account, timezone.now()) & ADMINISTRATORS


class IdentityAdapter(DefaultSocialAccountAdapter):
    """An enterprise identity signs in the account that it was linked to, and no other."""

    def is_open_for_signup(
        self, request: HttpRequest, sociallogin: SocialLogin
    ) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        # What the provider tells of the person is nothing that we need to keep.
        sociallogin.account.extra_data = {}
        if sociallogin.is_existing:
            sociallogin.account.save(update_fields=["extra_data"])
        if not sociallogin.is_existing or sociallogin.state.get("process") != "login":
            _refuse(request, None)
            uid = sociallogin.account.uid
            text = _(
                "This identity is not linked to an account. Tell your system "
                "administrator how it is written: %(uid)s"
            )
            messages.error(request, text % {"uid": uid})
            raise ImmediateHttpResponse(redirect("access:sign-in"))

    def on_authentication_error(
        self, request: HttpRequest, provider: Any, **more: Any
    ) -> None:
        messages.error(
            request,
            _(
                "The identity provider did not confirm who you are. Try again, or sign "
                "in with your name and password."
            ),
        )
        raise ImmediateHttpResponse(redirect("access:sign-in"))


@opens_transaction
def _refuse(request: HttpRequest, account: Account | None) -> None:
    operations.log_sign_in(
        SignInAct.IDENTITY_REFUSED,
        account=account,
        came_from=operations.origin(request),
        now=timezone.now(),
    )


def _site_name() -> str:
    return settings.JIANGXIN_FEDERATION_NAME or _("Jiangxin")
