"""Roles a person can be given (`roles.py` says what each may do), and sign-in acts."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    SYSTEM_ADMINISTRATOR = "system_administrator", _("System administrator")
    SECURITY_ADMINISTRATOR = "security_administrator", _("Security administrator")
    AUDITOR = "auditor", _("Auditor")
    FEDERATION_LEADER = "federation_leader", _("Federation leader")
    FEDERATION_OFFICER = "federation_officer", _("Federation officer")
    TOWN_UNION_CLERK = "town_union_clerk", _("Town union clerk")
    WINDOW_CLERK = "window_clerk", _("Window clerk")
    UNION_CLERK = "union_clerk", _("Union clerk")
    WORKER = "worker", _("Worker")


class ScopeKind(TextChoices):
    """What a role must be held for."""

    EVERYWHERE = "everywhere", _("the whole platform")
    REGION = "region", _("a region and all inside it")
    ORGANISATION = "organisation", _("one organisation")
    SELF = "self", _("the person alone")


class SignInAct(TextChoices):
    """What the sign-in log tells."""

    SIGNED_IN = "signed_in", _("Signed in")
    FAILED = "failed", _("Password refused")
    LOCKED_OUT = "locked_out", _("Locked out for a while")
    FACTOR_FAILED = "factor_failed", _("Second factor refused")
    FACTOR_PASSED = "factor_passed", _("Second factor accepted")
    IDENTITY_REFUSED = "identity_refused", _("Identity not linked")
    SIGNED_OUT = "signed_out", _("Signed out")
    EXPIRED = "expired", _("Signed out for lack of time")
    ENDED = "ended", _("Ended from elsewhere")
