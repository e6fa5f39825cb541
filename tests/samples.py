"""One record of each kind in one town, for tests that walk every address."""

from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from uuid import uuid4

from allauth.socialaccount.models import SocialAccount
from django.db import transaction

from jiangxin.foundation.actor import SYSTEM
from jiangxin.foundation.clock.working_days import today
from jiangxin.foundation.jobs.models import Job
from jiangxin.foundation.sealing import blind_index, seal_file
from jiangxin.foundation.uploads.models import Upload
from jiangxin.kernel.access.models import Account, ApiToken
from jiangxin.kernel.corrections.models import (
    Correction,
    CorrectionPaper,
    CorrectionValue,
)
from jiangxin.kernel.corrections.operations.papers import path_of
from jiangxin.kernel.credentials.models import Credential, PassportShare, StatusList
from jiangxin.kernel.credentials.operations import issue_credential, take_seal
from jiangxin.kernel.credentials.operations.sharing import digest
from jiangxin.kernel.matters.models import Matter, MatterMaterial, SupplementNotice
from jiangxin.kernel.matters.operations import files
from jiangxin.kernel.notices.models import Notice
from jiangxin.kernel.policy.enums import Subject
from jiangxin.kernel.policy.models import PolicyDraft
from jiangxin.kernel.policy.operations import freeze_answer
from jiangxin.kernel.policy.registry import (
    attribute,
    families,
    policies,
    policies_about,
    policy,
)
from jiangxin.kernel.policy.rules.writing import write_policy
from jiangxin.kernel.privacy.models import DataRequest
from jiangxin.kernel.register.models import (
    DuplicatePair,
    Employment,
    Membership,
    Organisation,
    Person,
    PersonMerge,
    Region,
    RosterImport,
    Site,
)
from jiangxin.kernel.register.roster.files import seal_roster
from jiangxin.programmes.service_window.models import UnionCertificate
from tests.unreached import UNREACHED
from tests.window_samples import counter_records, rating_records

HERE = "330726100"
ELSEWHERE = "331023100"
FIRM = "E-1"
ID_NUMBER = "330726202001010016"
SINCE = date(2020, 1, 1)
JOIN = "service_window.join_union"

NAMES = {
    "330726": "浦江县",
    HERE: "某镇",
    "331023": "天台县",
    ELSEWHERE: "另一镇",
}


def make_regions():
    """Make the places, if they are not there yet: two towns, each in its county."""
    for code, name in NAMES.items():
        level = 3 if len(code) == len("330726") else 4
        Region.objects.get_or_create(code=code, defaults={"name": name, "level": level})


def make_records(now):
    """Return {argument of an address: key of the record}."""
    make_regions()
    firm = Organisation.objects.create(
        name="晨光机械", region_id=HERE, code=FIRM, kind="employer", valid_from=SINCE
    )
    person = Person.objects.create(
        name="王芳",
        sex="2",
        birth_on=date(1990, 1, 1),
        valid_from=SINCE,
        id_number=ID_NUMBER,
        id_index=blind_index(ID_NUMBER, purpose="register.id_number"),
        region_code=HERE,
        registered_at=now,
    )
    employment = Employment.objects.create(
        person=person, organisation=firm, valid_from=SINCE
    )
    membership = Membership.objects.create(person=person, union=firm, valid_from=SINCE)
    credential = Credential.objects.create(
        person=person, kind="skill_certificate", valid_from=SINCE, recorded_at=now
    )
    pair, merge = pair_and_merge(person, now)
    site = Site.objects.create(
        organisation=firm,
        kind="studio",
        name="工作室",
        region_id=HERE,
        valid_from=SINCE,
    )
    roster = RosterImport.objects.create(
        organisation=firm,
        file_name="roster.csv",
        effective_on=date(2026, 11, 1),
        handed_in_at=now,
    )
    seal_roster(roster, f"姓名,身份证号\n王芳,{ID_NUMBER}\n".encode())
    asked = DataRequest.objects.create(person=person, kind="deletion", asked_at=now)
    return {
        **correction_and_paper(person, now),
        **rating_records(firm, now),
        **matter_and_material(person, now),
        **counter_records(HERE, now),
        "request_id": asked.pk,
        "organisation_id": firm.pk,
        "person_id": person.pk,
        "site_id": site.pk,
        "roster_id": roster.pk,
        "employment_id": employment.pk,
        "membership_id": membership.pk,
        "credential_id": credential.pk,
        **issued(credential, now),
        **shared(credential, now),
        "union_certificate_id": union_certificate(firm, now).pk,
        "pair_id": pair.pk,
        "merge_id": merge.pk,
        "frozen_id": freeze(person, now).pk,
        "draft_id": draft_here(now).pk,
        "notice_id": Notice.objects.create(
            person=person,
            kind="policy.newly_served",
            subject=f"policy:{policies()[0].code}",
            facts={"since": "2026-11-23"},
            made_at=now,
        ).pk,
    }


def union_certificate(union, now):
    """Return a certificate of a union, with its first copy."""
    since, until = SINCE, date(2030, 12, 31)
    credential = Credential.objects.create(
        organisation=union, kind="certificate", valid_from=since, recorded_at=now
    )
    issued(credential, now)
    certificate = UnionCertificate.objects.create(
        organisation=union,
        kind="legal_person",
        number="S-1",
        name=union.name,
        legal_representative="王芳",
        domicile="某镇",
        authority="浦江县总工会",
        issued_on=since,
        valid_from=since,
        valid_to=until,
        state_on=since,
        ground="entered",
        credential=credential,
        recorded_at=now,
    )
    certificate.prints.create(sequence=1, printed_at=now, printed_by_label="窗口")
    return certificate


def correction_and_paper(person, now):
    """Return a correction that waits, with a paper."""
    correction = Correction.objects.create(
        person=person, asked_by="person", token=uuid4(), asked_at=now
    )
    CorrectionValue.objects.create(
        correction=correction, field="phone", new="13800138000"
    )
    paper = CorrectionPaper.objects.create(
        correction=correction, kind="image/png", size_bytes=9, digest="0" * 64
    )
    purpose = f"corrections.paper:{paper.pk}"
    seal_file(BytesIO(b"\x89PNG"), path_of(paper.pk), purpose=purpose)
    return {"correction_id": correction.pk, "paper_id": paper.pk}


def matter_and_material(person, now):
    """Return a matter of the person that is in hand, with a file."""
    matter = Matter.objects.create(
        service=JOIN,
        number="330726202601050001",
        token=uuid4(),
        inquiry_code="123456",
        person=person,
        region_code=HERE,
        channel="online",
        state="accepted",
        version=3,
        begun_at=now,
        touched_at=now,
        submitted_at=now,
        accepted_at=now,
        waiting_since=now,
        supplement_due_on=date(2026, 12, 7),
    )
    notice = SupplementNotice(matter=matter, asked_at=now, due_on=date(2026, 12, 7))
    notice.items = {"field:wish": "请确认", "material:work_proof": "看不清楚"}
    notice.save()
    material = MatterMaterial.objects.create(
        matter=matter,
        key="work_proof",
        file_name="证明.png",
        media_type="image/png",
        size_bytes=9,
        digest="0" * 64,
        added_at=now,
    )
    path, purpose = files.path_of(material.pk), files.purpose_of(material.pk)
    seal_file(BytesIO(b"\x89PNG"), path, purpose=purpose)
    return {"matter_id": matter.pk, "material_id": material.pk}


def issued(credential, now):
    """Return a credential as it was issued, and the code that anyone may look up."""
    take_seal(actor=SYSTEM, now=now)
    issue = issue_credential(credential_id=credential.pk, actor=SYSTEM, now=now)
    return {"issue_id": issue.pk, "public_id": issue.public_id}


def status_list(now):
    """Return a list that gives out no more places."""
    return StatusList.objects.create(
        number="sample", size=131_072, is_open=False, made_at=now
    )


def shared(credential, now):
    """Return a link that shows the credential; the batch is nobody's."""
    token = "a-link-to-a-passport"
    share = PassportShare.objects.create(
        person=credential.person,
        purpose="应聘",
        token=token,
        token_digest=digest(token),
        made_at=now,
        ends_at=now + timedelta(days=36_500),  # requests come on the day of the run
    )
    share.items.create(credential=credential)
    return {"share_id": share.pk, "token": token}


def draft_here(now):
    """Return a policy of the town that somebody is writing."""
    like = policy("craftsmen.star_technician")
    text = write_policy(replace(like, region=HERE), attribute, families())
    return PolicyDraft.objects.create(
        code=like.code,
        kind="change",
        state="draft",
        text=text,
        based_on=like.version,
        based_on_text=write_policy(like, attribute, families()),
        author_label="王芳",
        begun_at=now,
        changed_at=now,
    )


@transaction.atomic
def freeze(person, now):
    """Return an answer about the person, kept for a decision."""
    return freeze_answer(
        policies()[0],
        subject_id=person.pk,
        on=today(now),
        actor=SYSTEM,
        now=now,
        reason="sample:1",
    )


def pair_and_merge(person, now):
    """Return somebody who may be the person again, and a record merged into theirs."""
    twin, merged = (
        Person.objects.create(
            name=person.name,
            sex=person.sex,
            birth_on=person.birth_on,
            valid_from=SINCE,
            id_number=f"33072620200101{serial}",
            id_index=blind_index(serial, purpose="register.id_number"),
            region_code=HERE,
            registered_at=now,
        )
        for serial in ("0024", "0032")
    )
    pair = DuplicatePair.objects.create(
        person=person, other=twin, rule="close_name", found_at=now
    )
    merge = PersonMerge.objects.create(kept=person, merged=merged, merged_at=now)
    merged.merged_into = person
    merged.save()
    return pair, merge


def another_upload(now):
    """Return an upload that is somebody else's: nobody else finds it."""
    return Upload.objects.create(
        kind="tests.nothing", owner=0, name="住所.pdf", size_bytes=9, begun_at=now
    )


def arguments(records, account, now):
    """Return a value for every argument an address may have.

    account: one that holds a role; a job of its is made.
    """
    job = Job.objects.create(
        kind="register.check_roster",
        created_by=account.pk,
        created_by_label=account.username,
        language="en",
        created_at=now,
    )
    identity = SocialAccount.objects.create(user=account, provider="oidc", uid="u-1")
    token = ApiToken.objects.create(
        account=account,
        name="薪酬系统",
        scopes=["policy:read"],
        digest="0" * 64,
        made_at=now,
        valid_to=date(2027, 1, 1),
    )
    service = Account.objects.create(
        username="payroll", display_name="薪酬系统", is_service=True, created_at=now
    )
    return {
        **records,
        "service_id": service.pk,
        "token_id": token.pk,
        "account_id": account.pk,
        "grant_id": account.grants.get().pk,
        "job_id": job.pk,
        "code": policies()[0].code,
        "policy_code": policies()[0].code,
        "organisation_policy": policies_about(Subject.ORGANISATION)[0].code,
        "condition": "conditions.0",
        "line": "grants.rows.new",
        "case": "cases.0",
        "exclusion": "not_with.new",
        "row": "conditions.0",
        "which": "adds",
        "region_code": HERE,
        "move": "suspend",
        "rating_act": "put-right",
        "service_code": JOIN,
        "queue": "mine",
        "act": "note",
        "issue_act": "suspend",
        "form": "png",
        "number": status_list(now).number,
        "purpose": "revocation",
        "upload_key": another_upload(now).key,
        "session_id": UNREACHED,
        "identity_id": identity.pk,
        "pk": UNREACHED,
        "provider_id": "oidc",
    }
