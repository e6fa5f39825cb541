"""The answers a policy gives."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Verdict(TextChoices):
    ELIGIBLE = "eligible", _("Eligible")
    NOT_ELIGIBLE = "not_eligible", _("Not eligible")
    NEED_INFORMATION = "need_information", _("Information needed")
    NOT_APPLICABLE = "not_applicable", _("Not applicable")
