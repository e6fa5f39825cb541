"""What a record says, in the words that a certificate shows."""

from datetime import date, datetime

from django.utils import translation

from jiangxin.foundation.clock.working_days import FEDERATION_ZONE
from jiangxin.kernel.credentials.enums import GRADES
from jiangxin.kernel.credentials.federation import OFFICIAL_LANGUAGE
from jiangxin.kernel.credentials.models import Credential
from jiangxin.kernel.credentials.proofs.badge import Claim
from jiangxin.kernel.register.classifications import occupation_name


def claim_of(credential: Credential) -> Claim:
    """Return what is said of whom; in Chinese, whatever language is active."""
    holder = credential.person or credential.organisation
    ladder = GRADES.get(credential.ladder)
    code = credential.occupation
    with translation.override(OFFICIAL_LANGUAGE):
        kind = str(credential.get_kind_display())
        return Claim(
            holder=holder.name if holder else "",
            kind=kind,
            title=credential.title or kind,
            grade=credential.grade_label,
            grades=tuple(str(grade.label) for grade in ladder) if ladder else (),
            occupation=occupation_name(code) if code else "",
            number=credential.number,
            awarded_by=credential.issuer,
            awarded_on=credential.issued_on,
            valid_from=_midnight(credential.valid_from),
            valid_until=(
                _midnight(credential.valid_to) if credential.valid_to else None
            ),
        )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, datetime.min.time(), FEDERATION_ZONE)
