"""What granting a matter about a certificate writes, in the decision's transaction.

Whoever decided the matter was allowed to: what follows from it is not asked for again.
"""

from datetime import date, datetime, timedelta

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.actor import Actor
from jiangxin.foundation.clock.working_days import today
from jiangxin.foundation.db import needs_transaction
from jiangxin.foundation.errors import Refused
from jiangxin.foundation.trail.events import subject
from jiangxin.foundation.trail.operations import record
from jiangxin.kernel.credentials.enums import CredentialKind, CredentialStatus
from jiangxin.kernel.credentials.federation import OFFICIAL_LANGUAGE
from jiangxin.kernel.credentials.models import Credential
from jiangxin.kernel.credentials.operations.records import (
    CredentialFacts,
    enter_record,
    move_record,
    replace_record,
)
from jiangxin.kernel.matters.enums import MaterialState
from jiangxin.kernel.matters.models import Matter
from jiangxin.kernel.matters.queries.matters import materials_in_force
from jiangxin.kernel.matters.queries.services import service_of
from jiangxin.kernel.matters.registry import local_rules
from jiangxin.kernel.matters.rules.local import wanted_at
from jiangxin.kernel.register.models import Organisation
from jiangxin.kernel.register.operations.organisations import (
    OrganisationFacts,
    set_credit_code,
    write_facts,
)
from jiangxin.programmes.service_window.enums import (
    CertificateKind,
    CertificateState,
    IssueGround,
)
from jiangxin.programmes.service_window.events import (
    CertificateEnded,
    CertificateIssued,
)
from jiangxin.programmes.service_window.models import NumberEntry, UnionCertificate
from jiangxin.programmes.service_window.operations.documents import (
    issue_of_certificate,
)
from jiangxin.programmes.service_window.operations.numbering import check_number
from jiangxin.programmes.service_window.queries.certificates import (
    authority_of,
    in_force,
)
from jiangxin.programmes.service_window.registry import ISSUES
from jiangxin.programmes.service_window.rules import changes_of, papers_for

SAID = ("name", "legal_representative", "domicile", "authority", "approval_number")


class NumberMissing(Refused):
    code = "service_window.number_missing"
    text = _("Enter the number of the national system first, on the matter's page.")


class CertificateThere(Refused):
    code = "service_window.certificate_there"
    text = _(
        "The union has the certificate %(number)s already. Change, renew or re-issue it"
        " instead."
    )


class NoCertificate(Refused):
    code = "service_window.no_certificate"
    text = _(
        "No certificate of this union is on record. Enter the one it has first, in the"
        " register of certificates."
    )


class NothingChanges(Refused):
    code = "service_window.nothing_changes"
    text = _("Nothing is asked for that differs from the certificate on record.")


class PapersMissing(Refused):
    code = "service_window.papers_missing"
    text = _("This change also needs: %(materials)s.")


class LocalPaperMissing(Refused):
    code = "service_window.local_paper_missing"
    text = _("This place also wants: %(materials)s (%(source)s).")


@needs_transaction
def issue_certificate(matter: Matter, actor: Actor, now: datetime) -> None:
    """Record the certificate a granted matter ends in, in the place of the one so far.

    Raises NumberMissing, LocalPaperMissing, CertificateThere, NoCertificate, NothingChanges, PapersMissing,
    NumberTaken, RecordNotInForce, and what the register and the credentials raise.
    """
    entry = NumberEntry.objects.filter(matter=matter).first()
    if entry is None:
        raise NumberMissing
    issue = ISSUES[matter.service]
    check_number(issue.kind, entry.number)
    organisation = Organisation.objects.select_for_update().get(
        pk=matter.organisation_id or 0
    )
    present = in_force(organisation.pk, issue.kind)
    if issue.ground is IssueGround.FIRST and present is not None:
        raise CertificateThere(number=present.number)
    if issue.ground is not IssueGround.FIRST and present is None:
        raise NoCertificate
    check_local_papers(matter)
    said = what_it_says(matter, organisation, present)
    set_credit_code(organisation, entry.credit_code, actor=actor, now=now)
    if said["name"] != organisation.name:
        _rename(organisation, said["name"], actor, now)
    certificate = UnionCertificate(
        organisation=organisation,
        kind=issue.kind,
        ground=issue.ground,
        number=entry.number,
        credit_code=entry.credit_code,
        issued_on=entry.issued_on,
        valid_from=entry.valid_from,
        valid_to=entry.valid_to,
        is_demonstration=entry.is_demonstration,
        matter=matter,
        replaces=present,
        **said,
    )
    keep_certificate(certificate, actor=actor, now=now)
    issue_of_certificate(certificate, actor=actor, now=now)


def what_it_says(
    matter: Matter, organisation: Organisation, present: UnionCertificate | None
) -> dict[str, str]:
    """Return what the certificate says: the present one's words, and the new answers.

    Raises NothingChanges, PapersMissing.
    """
    answers = matter.answers
    if present is None:
        said = {"name": organisation.name, "authority": authority_of(organisation)}
    else:
        said = {name: getattr(present, name) for name in SAID}
    if ISSUES[matter.service].ground is IssueGround.CHANGE:
        changes = changes_of(answers, said)
        _check_change(matter, changes)
        said |= changes
    for name in ("legal_representative", "domicile", "approval_number"):
        said[name] = answers.get(name, "").strip() or said.get(name, "")
    return said


def check_local_papers(matter: Matter) -> None:
    """Ask for what the place wanted on the day it was applied. Raises LocalPaperMissing."""
    day = today(matter.submitted_at or matter.begun_at)
    rules = local_rules(matter.service)
    wanted = wanted_at(rules, matter.service, matter.region_code, day)
    came = _handed_in(matter)
    labels = {one.key: one.label.zh_hans for one in service_of(matter).materials}
    for rule in wanted:
        if rule.material not in came:
            raise LocalPaperMissing(materials=labels[rule.material], source=rule.source)


def _handed_in(matter: Matter) -> set[str]:
    there = materials_in_force(matter).filter(state=MaterialState.HANDED_IN)
    return set(there.values_list("key", flat=True))


def _check_change(matter: Matter, changes: dict[str, str]) -> None:
    if not changes:
        raise NothingChanges
    missing = papers_for(changes) - _handed_in(matter)
    if missing:
        labels = [
            one.label.zh_hans
            for one in service_of(matter).materials
            if one.key in missing
        ]
        raise PapersMissing(materials="、".join(labels))


def _rename(organisation: Organisation, name: str, actor: Actor, now: datetime) -> None:
    facts = OrganisationFacts(
        name=name,
        region_code=organisation.region_id,
        industry=organisation.industry,
        scale=organisation.scale,
        is_above_scale=organisation.is_above_scale,
        ownership=organisation.ownership,
        upper_id=organisation.upper_id,
        employer_id=organisation.employer_id,
    )
    write_facts(organisation, facts, effective_on=today(now), actor=actor, now=now)


@needs_transaction
def keep_certificate(
    certificate: UnionCertificate, *, actor: Actor, now: datetime
) -> UnionCertificate:
    """Save a new certificate with its credential, and let it replace the one before."""
    present = certificate.replaces
    facts = _credential_facts(certificate)
    day = certificate.issued_on
    if present is None:
        holder = Credential(organisation=certificate.organisation)
        credential = enter_record(holder, facts, valid_from=day, actor=actor, now=now)
    else:
        credential = replace_record(
            present.credential, facts, valid_from=day, actor=actor, now=now
        )
        present.state, present.state_on = CertificateState.REPLACED, today(now)
        present.save(update_fields=["state", "state_on"])
    certificate.credential = credential
    certificate.state_on = today(now)
    certificate.recorded_at = now
    certificate.save(force_insert=True)
    changed = tuple(
        name
        for name in SAID
        if present and getattr(present, name) != getattr(certificate, name)
    )
    event = CertificateIssued(
        certificate.pk, certificate.ground, changed, certificate.valid_to
    )
    about = subject("organisation", certificate.organisation_id)
    record(event, subject=about, actor=actor, at=now)
    return certificate


def _credential_facts(certificate: UnionCertificate) -> CredentialFacts:
    with translation.override(OFFICIAL_LANGUAGE):
        title = str(CertificateKind(certificate.kind).label)
    return CredentialFacts(
        kind=CredentialKind.CERTIFICATE,
        title=title,
        number=certificate.number,
        issuer=certificate.authority,
        issued_on=certificate.issued_on,
        # A credential counts until before this day; a certificate on its last day too.
        valid_to=certificate.valid_to + timedelta(days=1),
        evidence=str(certificate.matter) if certificate.matter else "",
    )


@needs_transaction
def cancel_certificate(matter: Matter, actor: Actor, now: datetime) -> None:
    """End the certificate of a union for good. Raises NoCertificate."""
    present = in_force(matter.organisation_id or 0)
    if present is None:
        raise NoCertificate
    day: date = today(now)
    move_record(
        present.credential,
        CredentialStatus.REVOKED,
        on=day,
        reason=str(matter),
        actor=actor,
        now=now,
    )
    present.state, present.state_on = CertificateState.CANCELLED, day
    present.cancelled_by = matter
    present.save(update_fields=["state", "state_on", "cancelled_by"])
    event = CertificateEnded(present.pk, matter.pk)
    about = subject("organisation", present.organisation_id)
    record(event, subject=about, actor=actor, at=now)
