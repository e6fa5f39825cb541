"""What can be asked for, and what becomes of it. Values are stored: never renamed."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CorrectedField(TextChoices):
    """What a request is about. The first six are written when they are approved."""

    NAME = "name", _("Name")
    PHONE = "phone", _("Mobile phone")
    EDUCATION = "education", _("Education")
    OCCUPATION = "occupation", _("Occupation")
    POST = "post", _("Post")
    BANK_ACCOUNT = "bank_account", _("Bank account")
    EMPLOYMENT = "employment", _("Employment")
    MEMBERSHIP = "membership", _("Union membership")
    CREDENTIAL = "credential", _("Certificate or honour")
    OTHER = "other", _("Something else")


# Said in words: whoever approves has recorded it on its own page first.
IN_WORDS = (
    CorrectedField.EMPLOYMENT,
    CorrectedField.MEMBERSHIP,
    CorrectedField.CREDENTIAL,
    CorrectedField.OTHER,
)
# Shown in part at the desk, like everywhere.
MASKED = (CorrectedField.PHONE, CorrectedField.BANK_ACCOUNT)


class CorrectionState(TextChoices):
    WAITING = "waiting", pgettext_lazy("correction", "Waiting")
    DECIDED = "decided", pgettext_lazy("correction", "Decided")
    WITHDRAWN = "withdrawn", pgettext_lazy("correction", "Withdrawn")


CORRECTION_MOVES: dict[CorrectionState, tuple[CorrectionState, ...]] = {
    CorrectionState.WAITING: (CorrectionState.DECIDED, CorrectionState.WITHDRAWN),
    CorrectionState.DECIDED: (),
    CorrectionState.WITHDRAWN: (),
}


class Verdict(TextChoices):
    """What was decided about one value of a request."""

    OPEN = "open", pgettext_lazy("correction", "Not decided")
    APPROVED = "approved", pgettext_lazy("correction", "Approved")
    REFUSED = "refused", pgettext_lazy("correction", "Refused")


class AskedBy(TextChoices):
    PERSON = "person", pgettext_lazy("asked by", "The person")
    ROSTER = "roster", pgettext_lazy("asked by", "A roster")


class PaperKind(TextChoices):
    """Formats of papers; the value is what a browser is told."""

    JPEG = "image/jpeg", "JPEG"
    PNG = "image/png", "PNG"
    PDF = "application/pdf", "PDF"
