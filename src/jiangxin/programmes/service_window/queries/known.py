"""What the certificate on record knows, so that an application does not ask for it."""

from jiangxin.kernel.register.models import Organisation
from jiangxin.programmes.service_window.queries.certificates import (
    authority_of,
    in_force,
)


def number(organisation_id: int) -> str:
    found = in_force(organisation_id)
    return found.number if found else ""


def legal_representative(organisation_id: int) -> str:
    found = in_force(organisation_id)
    return found.legal_representative if found else ""


def domicile(organisation_id: int) -> str:
    found = in_force(organisation_id)
    return found.domicile if found else ""


def authority(organisation_id: int) -> str:
    found = in_force(organisation_id)
    if found is not None:
        return found.authority
    return authority_of(Organisation.objects.get(pk=organisation_id))


def valid_to(organisation_id: int) -> str:
    found = in_force(organisation_id)
    return found.valid_to.isoformat() if found else ""
