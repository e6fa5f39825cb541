"""The roles a person can be given. What each may do is in `roles.py`."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    SYSTEM_ADMINISTRATOR = "system_administrator", _("System administrator")
    SECURITY_ADMINISTRATOR = "security_administrator", _("Security administrator")
    AUDITOR = "auditor", _("Auditor")
    FEDERATION_LEADER = "federation_leader", _("Federation leader")
    FEDERATION_OFFICER = "federation_officer", _("Federation officer")
    TOWN_UNION_CLERK = "town_union_clerk", _("Town union clerk")
    UNION_CLERK = "union_clerk", _("Union clerk")
    WORKER = "worker", _("Worker")


class ScopeKind(TextChoices):
    """What a role must be held for."""

    EVERYWHERE = "everywhere", _("the whole platform")
    REGION = "region", _("a region and all inside it")
    ORGANISATION = "organisation", _("one organisation")
    SELF = "self", _("the person alone")
