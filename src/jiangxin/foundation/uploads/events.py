from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.trail.events import Event


@dataclass(frozen=True)
class MaliciousFileRefused(Event):
    """The scanner found something in a file that was handed in."""

    key = "uploads.malicious_file_refused"
    label = _("Malicious file refused")

    kind: str
    digest: str
    found: str
