"""What a matter can be, and what can be done to it. Values are stored: never renamed."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class MatterState(TextChoices):
    """Six states and no more: what else is true of a matter are flags."""

    DRAFT = "draft", pgettext_lazy("matter", "Draft")
    SUBMITTED = "submitted", pgettext_lazy("matter", "Waiting to be accepted")
    ACCEPTED = "accepted", pgettext_lazy("matter", "Accepted, in hand")
    GRANTED = "granted", pgettext_lazy("matter", "Granted")
    REFUSED = "refused", pgettext_lazy("matter", "Refused")
    WITHDRAWN = "withdrawn", pgettext_lazy("matter", "Withdrawn")


WITH_THE_OFFICE = (MatterState.SUBMITTED, MatterState.ACCEPTED)
SETTLED = (MatterState.GRANTED, MatterState.REFUSED, MatterState.WITHDRAWN)


class Channel(TextChoices):
    """How the application came in."""

    ONLINE = "online", _("Online")
    WINDOW = "window", _("At the window")
    PROXY = "proxy", _("Full proxy")


class ServiceSubject(TextChoices):
    """Whom a service is about."""

    ORGANISATION = "organisation", _("Organisation")
    PERSON = "person", _("Person")


class FieldKind(TextChoices):
    """What is typed into a field of an application form."""

    TEXT = "text", _("Line of text")
    LONG_TEXT = "long_text", _("Longer text")
    DATE = "date", _("Date")
    WHOLE_NUMBER = "whole_number", _("Whole number")
    CHOICE = "choice", _("One of a list")
    PHONE = "phone", _("Mobile phone")
    CREDIT_CODE = "credit_code", _("Unified social credit code")
    UNION = "union", _("Union")
    CONFIRMATION = "confirmation", _("Confirmation")


class MaterialForm(TextChoices):
    """How a material is wanted."""

    ORIGINAL = "original", _("Original")
    COPY = "copy", _("Copy")


class MaterialState(TextChoices):
    """Where one material of a matter stands."""

    HANDED_IN = "handed_in", _("Handed in")
    PROMISED = "promised", _("Promised for later")
    FAULTY = "faulty", _("To be handed in again")


class ActKind(TextChoices):
    """Everything that can be done to a matter, by whomever."""

    BEGUN = "begun", pgettext_lazy("act", "Begun")
    SUBMITTED = "submitted", pgettext_lazy("act", "Submitted")
    SUPPLEMENT_ASKED = (
        "supplement_asked",
        pgettext_lazy("act", "Asked for supplements"),
    )
    SUPPLEMENTED = "supplemented", pgettext_lazy("act", "Supplemented")
    ACCEPTED = "accepted", pgettext_lazy("act", "Accepted")
    PROMISE_KEPT = "promise_kept", pgettext_lazy("act", "Promised materials came")
    NOT_ACCEPTED = "not_accepted", pgettext_lazy("act", "Not accepted")
    ACCEPTANCE_REVOKED = (
        "acceptance_revoked",
        pgettext_lazy("act", "Acceptance revoked"),
    )
    STEP_DONE = "step_done", pgettext_lazy("act", "Step done")
    GRANTED = "granted", pgettext_lazy("act", "Granted")
    REFUSED = "refused", pgettext_lazy("act", "Refused")
    WITHDRAWN = "withdrawn", pgettext_lazy("act", "Withdrawn")
    DEEMED_WITHDRAWN = (
        "deemed_withdrawn",
        pgettext_lazy("act", "Taken as withdrawn"),
    )
    ASSIGNED = "assigned", pgettext_lazy("act", "Assigned")
    RELEASED = "released", pgettext_lazy("act", "Given back to the queue")
    ESCALATED = "escalated", pgettext_lazy("act", "Brought before the leader")
    NOTED = "noted", pgettext_lazy("act", "Internal note")
    HANDED_OUT = "handed_out", pgettext_lazy("act", "Handed out")
    VISITED = "visited", pgettext_lazy("act", "Visit to the window")


class ActBy(TextChoices):
    """On which side of the counter an act is done."""

    APPLICANT = "applicant", _("Applicant")
    OFFICE = "office", _("Office")
    PLATFORM = "platform", _("The platform")


class StopKind(TextChoices):
    """Why a matter's clock stands still."""

    PAUSED = "paused", _("Waiting for the applicant")
    EXCLUDED = "excluded", _("Not counted by law")
