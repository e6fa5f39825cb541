"""What people were told, and what they do not want to be told."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jiangxin.kernel.access.models import Account
from jiangxin.kernel.privacy.models import AddedTo
from jiangxin.kernel.register.models import Person


class Notice(models.Model):
    """Something a person, or an account of the staff, is told once.

    kind, subject and key together: sent twice, it is one notice.
    """

    person = models.ForeignKey(
        Person, models.CASCADE, null=True, blank=True, related_name="+", db_index=False
    )
    account = models.ForeignKey(
        Account, models.CASCADE, null=True, blank=True, related_name="+", db_index=False
    )
    kind = models.CharField(_("Kind"), max_length=64)
    subject = models.CharField(_("About"), max_length=96)
    key = models.CharField(max_length=64, blank=True)
    # What the text is written from; see `registry.NoticeKind.facts`.
    facts = models.JSONField(default=dict)
    made_at = models.DateTimeField(_("Received"))
    read_at = models.DateTimeField(_("Read at"), null=True, blank=True)

    class Personal:
        fields: ClassVar = {
            "person": "who is told",
            "account": "who is told",
            "read_at": "to tell new notices from old ones",
        }
        retention = "notices"
        not_personal = ("facts",)

    class Meta:
        verbose_name = _("Notice")
        # Few of them are of one reader: what keeps them apart also finds them.
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, account__isnull=True)
                | Q(person__isnull=True, account__isnull=False),
                name="notices_one_reader",
            ),
            models.UniqueConstraint(
                fields=["person", "kind", "subject", "key"],
                condition=Q(person__isnull=False),
                name="notices_once_a_person",
            ),
            models.UniqueConstraint(
                fields=["account", "kind", "subject", "key"],
                condition=Q(account__isnull=False),
                name="notices_once_an_account",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["made_at"], name="notices_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.subject}"


class NoticeChoice(AddedTo):
    """A person said whether they want to be told; the newest about the same thing holds.

    subject: "" for all notices of the kind.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    kind = models.CharField(_("Kind"), max_length=64)
    subject = models.CharField(_("About"), max_length=96, blank=True)
    is_wanted = models.BooleanField(_("Wanted"))
    at = models.DateTimeField(_("At"))

    class Personal:
        fields: ClassVar = {
            "person": "who chose",
            "is_wanted": "whether the person is told",
        }
        retention = "register"

    class Meta:
        verbose_name = _("Choice of notices")
        indexes: ClassVar = [
            models.Index(fields=["kind", "subject"], name="notices_choice_about"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.kind} {self.subject} {self.is_wanted}"
