"""Where a person is paid what they are entitled to."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.sealing import blind_index
from jiangxin.foundation.sealing.fields import SealedTextField
from jiangxin.kernel.register.enums import Source
from jiangxin.kernel.register.models.person import Person

BANK_ACCOUNT_PURPOSE = "register.bank_account"


def bank_account_index(number: str) -> str:
    """Return the keyed digest of an account number."""
    return blind_index(number, purpose=BANK_ACCOUNT_PURPOSE)


class BankAccount(models.Model):
    """A person's account; one at a time, and few have any: so in a table of its own.

    Ended, never deleted: what was paid went to the account that stood then.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="bank_accounts")
    number = SealedTextField(_("Bank account"))
    number_index = models.CharField(max_length=32, db_index=True)
    source = models.CharField(_("Source"), max_length=10, choices=Source)
    act = models.CharField(max_length=32)
    recorded_at = models.DateTimeField(_("Recorded at"))
    ended_at = models.DateTimeField(_("Ended at"), null=True, blank=True)

    class Personal:
        fields: ClassVar = {
            "person": "whose account it is",
            "number": "to pay what the person is entitled to",
            "number_index": "to find one account given for several people",
        }
        retention = "register"

    class Meta:
        verbose_name = _("Bank account")
        constraints: ClassVar = [
            models.UniqueConstraint(
                "person",
                condition=models.Q(ended_at__isnull=True),
                name="register_bank_account_one_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.source}"
