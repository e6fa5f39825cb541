"""Kinds of certificate, why one was issued, and how one stands. Values are stored."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CertificateKind(TextChoices):
    LEGAL_PERSON = "legal_person", _("Union legal-person certificate")
    CREDIT_CODE = "credit_code", _("Union credit-code certificate")


class CertificateState(TextChoices):
    """What was done to it. That its term is over is told by the day, not stored."""

    VALID = "valid", pgettext_lazy("certificate", "In force")
    REPLACED = "replaced", _("Replaced by a later certificate")
    CANCELLED = "cancelled", _("Cancelled")


class IssueGround(TextChoices):
    FIRST = "first", _("First issue")
    CHANGE = "change", _("Change of what it says")
    RENEWAL = "renewal", _("Renewal for a new term")
    REISSUE = "reissue", _("Re-issue after loss")
    ENTERED = "entered", _("Entered from an earlier certificate")


class CertificateStanding(TextChoices):
    """How a certificate stands on a day, as anyone who checks it is told."""

    GOOD = "good", pgettext_lazy("certificate", "Good")
    EXPIRED = "expired", _("Its term is over")
    REPLACED = "replaced", _("Replaced by a later certificate")
    CANCELLED = "cancelled", _("Cancelled")
