"""Who issues: the federation as this deployment is set up, read from the settings."""

from dataclasses import dataclass

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from jiangxin.kernel.credentials.proofs.did import did_web

# Certificates are written in the language of the state, whoever issues them.
OFFICIAL_LANGUAGE = "zh-hans"


@dataclass(frozen=True)
class Federation:
    """address: of the platform as the public reaches it, without a slash at the end."""

    name: str
    address: str
    is_demonstration: bool

    @property
    def did(self) -> str:
        """The identifier that documents name as their issuer."""
        return did_web(self.address)

    def verify_url(self, public_id: str) -> str:
        """Return the public page that tells whether an issue is good."""
        return f"{self.address}/verify/{public_id}/"

    def status_url(self, number: str, purpose: str) -> str:
        """Return where a status list is published. purpose: revocation, suspension."""
        return f"{self.address}/status/{number}/{purpose}/"


def federation() -> Federation:
    """Return the federation that issues here."""
    with translation.override(OFFICIAL_LANGUAGE):
        return Federation(
            name=settings.JIANGXIN_FEDERATION_NAME or _("Jiangxin"),
            address=settings.JIANGXIN_ADDRESS,
            is_demonstration=settings.DEMONSTRATION,
        )
