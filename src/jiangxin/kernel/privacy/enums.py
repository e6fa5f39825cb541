"""What can be shown, agreed to and asked for. Values are stored: never renamed."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class SealedValue(TextChoices):
    """What is masked on every page, and shown whole only for a purpose."""

    ID_NUMBER = "id_number", _("Identity number")
    PHONE = "phone", _("Mobile phone")
    BANK_ACCOUNT = "bank_account", _("Bank account")
    # A paper that a person handed in with a request to correct their record.
    EVIDENCE = "evidence", _("Paper handed in")


class ViewPurpose(TextChoices):
    IDENTITY = "identity", _("To check who somebody is")
    CONTACT = "contact", _("To reach the person")
    CORRECTION = "correction", _("To correct the record")
    SERVICE = "service", _("To handle what the person applied for")
    DUTY = "duty", _("To meet a duty by law, such as an audit or a court's request")


class ConsentPurpose(TextChoices):
    GENERAL = "general", _("Keeping my record")
    BANK = "bank", _("Passing my data to a bank")
    FEDERATION = "federation", _("Passing my data to another federation")
    ACCOUNT = "account", _("Keeping my bank account")


class RequestKind(TextChoices):
    COPY = "copy", _("Copy of my data")
    CORRECTION = "correction", _("Correction")
    DELETION = "deletion", _("Deletion")


class RequestState(TextChoices):
    WAITING = "waiting", pgettext_lazy("request", "Waiting")
    GRANTED = "granted", pgettext_lazy("request", "Granted")
    REFUSED = "refused", pgettext_lazy("request", "Refused")
    WITHDRAWN = "withdrawn", pgettext_lazy("request", "Withdrawn")
