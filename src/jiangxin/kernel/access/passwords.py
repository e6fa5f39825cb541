"""What a password must be, beyond Django's own rules. Named in the settings."""

from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from jiangxin.kernel.access import rules
from jiangxin.kernel.access.models import Account, PastPassword


class MixedCharacters:
    def validate(self, password: str, user: object = None) -> None:  # noqa: ARG002 -- Django's shape
        if rules.character_kinds(password) < rules.CHARACTER_KINDS_NEEDED:
            raise ValidationError(self.get_help_text(), "password_not_mixed")

    def get_help_text(self) -> str:
        return _(
            "Use three of: small letters, capital letters, digits, other characters."
        )


class NotUsedBefore:
    """Keeps hashes of the last passwords and refuses them."""

    def validate(self, password: str, user: object = None) -> None:
        if not isinstance(user, Account) or user.pk is None:
            return
        remembered = _remembered(user).values_list("password", flat=True)
        known = {user.password, *remembered[: rules.PASSWORDS_REMEMBERED]}
        if any(check_password(password, each) for each in known if each):
            raise ValidationError(self.get_help_text(), "password_used_before")

    def password_changed(self, password: str, user: object = None) -> None:  # noqa: ARG002 -- the hash is in the account
        """Called by Django when an account is saved with a new password."""
        if not isinstance(user, Account):
            return
        PastPassword.objects.create(account=user, password=user.password)
        kept = _remembered(user).values("pk")[: rules.PASSWORDS_REMEMBERED]
        stale = user.past_passwords.exclude(
            pk__in=list(kept.values_list("pk", flat=True))
        )
        stale.delete()

    def get_help_text(self) -> str:
        return _("Not one of your last five passwords.")


def _remembered(account: Account) -> QuerySet[PastPassword]:
    return account.past_passwords.order_by("-pk")
