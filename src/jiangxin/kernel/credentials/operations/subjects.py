"""Whose history tells of a credential."""

from jiangxin.foundation.trail.events import subject
from jiangxin.kernel.credentials.models import Credential


def subject_of(credential: Credential) -> str:
    """Return the holder, whose page shows what they hold and held."""
    if credential.person_id:
        return subject("person", credential.person_id)
    return subject("organisation", credential.organisation_id or 0)
