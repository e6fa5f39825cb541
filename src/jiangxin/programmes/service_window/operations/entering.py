"""Entering the certificate a union already has, which no matter here ended in."""

from dataclasses import dataclass
from datetime import datetime

from jiangxin.foundation.actor import Actor
from jiangxin.foundation.clock.working_days import today
from jiangxin.foundation.db import opens_transaction
from jiangxin.foundation.errors import NotFound
from jiangxin.kernel.register.models import Organisation
from jiangxin.kernel.register.operations.organisations import set_credit_code
from jiangxin.programmes.service_window.enums import IssueGround
from jiangxin.programmes.service_window.models import UnionCertificate
from jiangxin.programmes.service_window.operations.certificates import (
    CertificateThere,
    keep_certificate,
)
from jiangxin.programmes.service_window.operations.numbering import (
    NumberFacts,
    check_code,
    check_days,
    check_number,
)
from jiangxin.programmes.service_window.permissions import check_look_after
from jiangxin.programmes.service_window.queries.certificates import in_force


@dataclass(frozen=True)
class EnteredCertificate:
    """What the paper says."""

    kind: str
    numbers: NumberFacts
    legal_representative: str
    domicile: str
    authority: str
    approval_number: str = ""


@opens_transaction
def enter_certificate(
    *, union_id: int, paper: EnteredCertificate, actor: Actor, now: datetime
) -> UnionCertificate:
    """Record a certificate from paper; the same paper again is the same record.

    Raises NotFound, NotPermitted, CertificateThere, NumberTaken, DaysWrong,
    CreditCodeWrong, CreditCodeNeeded, CreditCodeDiffers.
    """
    union = Organisation.objects.select_for_update().filter(pk=union_id).first()
    if union is None or not union.is_union:
        raise NotFound
    check_look_after(actor, union)
    numbers = paper.numbers
    number = numbers.number.strip()
    present = in_force(union.pk, paper.kind)
    if present is not None:
        if present.number == number:
            return present
        raise CertificateThere(number=present.number)
    check_number(paper.kind, number)
    check_days(numbers, today(now))
    code = check_code(union, numbers.credit_code)
    set_credit_code(union, code, actor=actor, now=now)
    certificate = UnionCertificate(
        organisation=union,
        kind=paper.kind,
        ground=IssueGround.ENTERED,
        number=number,
        credit_code=code,
        name=union.name,
        legal_representative=paper.legal_representative.strip(),
        domicile=paper.domicile.strip(),
        authority=paper.authority.strip(),
        approval_number=paper.approval_number.strip(),
        issued_on=numbers.issued_on,
        valid_from=numbers.valid_from,
        valid_to=numbers.valid_to,
    )
    return keep_certificate(certificate, actor=actor, now=now)
