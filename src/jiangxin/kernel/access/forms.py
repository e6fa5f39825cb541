"""What people type about accounts."""

from datetime import date
from typing import Any

from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.errors import Refused
from jiangxin.foundation.i18n import table_date
from jiangxin.foundation.ui.forms import DateInput
from jiangxin.kernel.access.enums import Role
from jiangxin.kernel.access.operations import check_second_factor, check_sign_in
from jiangxin.kernel.access.registry import ApiScope


class SignIn(AuthenticationForm):
    """Django's form, with our operation in the place of its check."""

    def __init__(
        self, request: HttpRequest | None = None, *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(request, *args, **kwargs)
        self.fields["username"].label = _("Sign-in name")
        self.fields["password"].label = _("Password")

    def clean(self) -> dict[str, Any]:
        username = self.cleaned_data.get("username")
        password = self.cleaned_data.get("password")
        if username and password:
            try:
                self.user_cache = check_sign_in(
                    request=self.request,
                    username=username,
                    password=password,
                    now=getattr(self.request, "now", None) or timezone.now(),
                )
            except Refused as refusal:
                raise forms.ValidationError(refusal.message, refusal.code) from refusal
        return self.cleaned_data


_CODE = forms.TextInput(
    attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}
)


class SecondFactorCode(AuthenticateForm):
    """The library's form, within our limit on failures."""

    code = forms.CharField(
        label=_("One-time code"),
        help_text=_("Six digits from the app, or one of your recovery codes."),
        widget=_CODE,
    )

    def clean_code(self) -> str:
        try:
            check_second_factor(
                account=self.user,
                is_right=self._is_right,
                request=context.request,
                now=timezone.now(),
            )
        except Refused as refusal:
            raise forms.ValidationError(refusal.message, refusal.code) from refusal
        return str(self.cleaned_data["code"])

    def _is_right(self) -> bool:
        try:
            super().clean_code()
        except forms.ValidationError:
            return False
        return True


class AuthenticatorApp(ActivateTOTPForm):
    code = forms.CharField(
        label=_("One-time code"),
        help_text=_("Six digits that the app shows now."),
        widget=_CODE,
    )


class Passkey(AddWebAuthnForm):
    name = forms.CharField(
        label=_("Name of the passkey"),
        required=False,
        max_length=64,
        help_text=_("To tell it from others, such as the device that it is on."),
    )


class IdentityLink(forms.Form):
    uid = forms.CharField(
        label=_("Identity"),
        max_length=191,
        help_text=_(
            "As the provider writes it; shown to whoever tries to sign in unlinked."
        ),
    )

    def __init__(self, *args: Any, providers: list[tuple[str, str]]) -> None:
        super().__init__(*args)
        self.fields["provider"] = forms.ChoiceField(
            label=_("Identity provider"), choices=providers
        )
        self.order_fields(["provider", "uid"])


class PasswordChange(forms.Form):
    present = forms.CharField(
        label=_("Present password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    password = forms.CharField(
        label=_("New password"),
        help_text=_(
            "At least 10 characters, with three of: small letters, capital letters, "
            "digits, other characters. No password that many use, and none of your "
            "last five."
        ),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("New password once more"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if {"password", "again"} <= cleaned.keys() and (
            cleaned["password"] != cleaned["again"]
        ):
            self.add_error("again", _("The two new passwords differ."))
        return cleaned


class AccountCreate(forms.Form):
    username = forms.CharField(
        label=_("Sign-in name"),
        max_length=64,
        help_text=_("What the person types to sign in; capital letters do not count."),
        widget=forms.TextInput(
            attrs={
                "autocapitalize": "none",
                "autocomplete": "off",
                "spellcheck": "false",
            }
        ),
    )
    display_name = forms.CharField(
        label=_("Name"),
        max_length=64,
        help_text=_("Shown on screens and in the trail as the one who acted."),
    )
    person_id = forms.IntegerField(
        label=_("Person number"),
        required=False,
        min_value=1,
        help_text=_("For a worker: the number of their record in the register."),
    )
    is_service = forms.BooleanField(
        label=_("Service account"),
        required=False,
        help_text=_("For another system: nobody signs in, it calls by API tokens."),
    )


class GrantCreate(forms.Form):
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    region_code = forms.CharField(
        label=_("Region code"),
        max_length=12,
        required=False,
        help_text=_("For roles held for a region, such as 330726 for a county."),
    )
    organisation_code = forms.CharField(
        label=_("Organisation code"),
        max_length=32,
        required=False,
        help_text=_("For roles held for one organisation."),
    )
    valid_from = forms.DateField(
        label=_("Valid from"),
        required=False,
        widget=DateInput,
        help_text=_("Today unless you give another day."),
    )
    valid_to = forms.DateField(
        label=_("Until"),
        required=False,
        widget=DateInput,
        help_text=_(
            "The first day without the role, for a delegation. Without it the role "
            "lasts until somebody ends it."
        ),
    )


class Delegation(forms.Form):
    """Whom to lend which role, and how long. grants: (key, label) of those to lend."""

    def __init__(self, *args: Any, grants: list[tuple[int, str]]) -> None:
        super().__init__(*args)
        self.fields["grant_id"] = forms.TypedChoiceField(
            label=_("Role"), choices=grants, coerce=int
        )
        self.order_fields(["grant_id"])

    username = forms.CharField(
        label=_("Deputy"),
        max_length=64,
        help_text=_("The sign-in name of the colleague who stands in for you."),
        widget=forms.TextInput(
            attrs={
                "autocapitalize": "none",
                "autocomplete": "off",
                "spellcheck": "false",
            }
        ),
    )
    valid_from = forms.DateField(
        label=_("Valid from"),
        required=False,
        widget=DateInput,
        help_text=_("Today unless you give another day."),
    )
    valid_to = forms.DateField(
        label=_("Until"),
        widget=DateInput,
        help_text=_("The day you are back: from then on the role is yours alone."),
    )


class TokenMake(forms.Form):
    name = forms.CharField(
        label=_("Name of the token"),
        max_length=64,
        help_text=_("Which system uses it, for you to know it again."),
    )
    valid_to = forms.DateField(label=_("Until"), widget=DateInput)

    def __init__(self, *args: Any, scopes: list[ApiScope], last: date) -> None:
        super().__init__(*args)
        self.fields["scopes"] = forms.MultipleChoiceField(
            label=_("Scopes"),
            choices=[(scope.key, scope.label) for scope in scopes],
            widget=forms.CheckboxSelectMultiple,
            help_text=_("As few as the system needs."),
        )
        self.fields["valid_to"].help_text = _(
            "The first day without the token, %(last)s at the latest."
        ) % {"last": table_date(last)}
        self.order_fields(["name", "scopes", "valid_to"])
