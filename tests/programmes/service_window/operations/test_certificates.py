"""What granting writes: a certificate, its credential, the register; or nothing at all."""

from datetime import date, timedelta

import pytest

from jiangxin.foundation.trail.verification import verify
from jiangxin.kernel.credentials.models import Credential
from jiangxin.kernel.matters.operations.deciding import grant_matter
from jiangxin.kernel.register.models import Membership, Organisation, OrganisationPast
from jiangxin.programmes.service_window import registry
from jiangxin.programmes.service_window.models import UnionCertificate
from jiangxin.programmes.service_window.operations.certificates import (
    CertificateThere,
    NoCertificate,
    NothingChanges,
    NumberMissing,
    PapersMissing,
)
from jiangxin.programmes.service_window.operations.memberships import (
    MemberElsewhere,
    NoMember,
    UnionUnknown,
)
from tests.programmes.service_window.conftest import CODE, WINDOW, fresh

pytestmark = pytest.mark.django_db(transaction=True)


def only():
    return UnionCertificate.objects.select_related("credential").get(state="valid")


def test_the_first_issue_makes_a_certificate_and_its_credential(carry, firms, now):
    matter = carry(registry.FIRST)
    made = only()
    assert (made.number, made.legal_representative) == ("ZJ-001", "李明")
    assert (made.name, made.domicile) == ("北方工会", "北镇人民路1号")
    assert made.matter_id == matter.pk
    assert made.ground == "first"
    credential = made.credential
    assert credential.kind == "certificate"
    assert credential.title == "工会法人资格证书"
    assert credential.valid_to == made.valid_to + timedelta(days=1)
    assert credential.evidence == matter.number
    union = Organisation.objects.get(pk=firms.north_union.pk)
    assert union.credit_code == made.credit_code == CODE
    assert verify().is_sound


def test_without_the_number_nothing_is_granted(accept, finish, grant):
    matter = accept(registry.FIRST)
    finish(matter)
    with pytest.raises(NumberMissing):
        grant(matter)
    assert fresh(matter).state == "accepted"
    assert not UnionCertificate.objects.exists()
    assert not Credential.objects.exists()


def test_a_grant_sent_twice_issues_once(accept, finish, number, now):
    matter = accept(registry.FIRST)
    finish(matter, until="number")
    number(matter)
    matter = finish(matter)
    for _time in range(2):
        grant_matter(matter_id=matter.pk, seen=matter.version, actor=WINDOW, now=now)
    assert UnionCertificate.objects.count() == Credential.objects.count() == 1


def test_a_union_is_registered_for_the_first_time_once(carry):
    carry(registry.FIRST)
    with pytest.raises(CertificateThere):
        carry(registry.FIRST, "ZJ-002")


@pytest.mark.parametrize(
    "code",
    [registry.CHANGE, registry.RENEWAL, registry.REISSUE, registry.CANCELLATION],
)
def test_what_is_not_on_record_is_neither_changed_nor_ended(carry, code):
    more = {
        "certificate_number": "OLD-1",
        "certificate_valid_to": "2026-12-01",
        "domicile": "北镇",
    }
    with pytest.raises(NoCertificate):
        carry(code, **more)


def test_a_change_replaces_the_certificate_and_keeps_both(carry, now):
    carry(registry.FIRST)
    carry(
        registry.CHANGE,
        "ZJ-002",
        papers=["change_statement"],
        new_domicile="北镇建设路8号",
    )
    later = only()
    earlier = later.replaces
    assert (later.domicile, later.legal_representative) == ("北镇建设路8号", "李明")
    assert (earlier.domicile, earlier.state) == ("北镇人民路1号", "replaced")
    assert earlier.credential.status == "superseded"
    assert later.credential.status == "valid"


def test_a_new_domicile_needs_no_approval_but_a_new_chair_does(carry):
    carry(registry.FIRST)
    with pytest.raises(PapersMissing) as refused:
        carry(registry.CHANGE, "ZJ-002", new_legal_representative="周敏")
    assert "批复" in refused.value.message
    assert only().legal_representative == "李明"


def test_a_move_to_another_authority_needs_a_statement_and_is_on_the_next(carry):
    carry(registry.FIRST)
    with pytest.raises(PapersMissing):
        carry(registry.CHANGE, "ZJ-002", new_authority="金华市总工会")


def test_with_its_statement_the_next_certificate_names_the_new_authority(carry):
    carry(registry.FIRST)
    papers = ["change_statement"]
    carry(registry.CHANGE, "ZJ-002", new_authority="金华市总工会", papers=papers)
    later = UnionCertificate.objects.get(number="ZJ-002")
    assert later.authority == "金华市总工会"
    assert later.credential.issuer == "金华市总工会"
    assert later.replaces.authority != later.authority


def test_a_new_name_becomes_the_registers_too(carry, firms):
    carry(registry.FIRST)
    carry(
        registry.CHANGE, "ZJ-002", papers=["change_approval"], new_name="北方集团工会"
    )
    union = Organisation.objects.get(pk=firms.north_union.pk)
    assert union.name == only().name == "北方集团工会"
    assert OrganisationPast.objects.get(organisation=union).name == "北方工会"


def test_a_change_into_what_it_is_already_is_none(carry):
    carry(registry.FIRST)
    with pytest.raises(NothingChanges):
        carry(registry.CHANGE, "ZJ-002", new_domicile="北镇人民路1号")


def test_a_renewal_carries_the_new_term_and_the_new_chair(carry):
    carry(registry.FIRST)
    days = {"valid_to": date(2029, 10, 31)}
    carry(registry.RENEWAL, "ZJ-002", days=days)
    assert only().legal_representative == "周敏"
    assert only().valid_to == date(2029, 10, 31)
    assert only().approval_number == "浦总工〔2031〕3号"


def test_a_lost_certificate_is_issued_again_with_its_words(carry):
    carry(registry.FIRST)
    first = only()
    carry(registry.REISSUE, "ZJ-002", days={"valid_to": first.valid_to})
    again = only()
    assert (again.number, again.replaces) == ("ZJ-002", first)
    assert (again.name, again.domicile) == (first.name, first.domicile)


def test_a_cancellation_revokes(carry):
    carry(registry.FIRST)
    matter = carry(registry.CANCELLATION)
    ended = UnionCertificate.objects.get()
    assert (ended.state, ended.cancelled_by) == ("cancelled", matter)
    assert ended.credential.status == "revoked"


def test_a_dispatched_body_gets_the_other_certificate(carry):
    carry(registry.CREDIT_CODE)
    assert only().kind == "credit_code"
    assert only().credential.title == "工会统一社会信用代码证书"


def test_joining_begins_a_membership(carry, firms, make_person):
    person = make_person(employer=firms.north)
    carry(registry.JOIN, person_id=person.pk)
    tie = Membership.objects.get(person=person, valid_to__isnull=True)
    assert tie.union == firms.north_union


def test_a_member_does_not_join_but_moves(carry, firms, make_person):
    person = make_person(employer=firms.north, union=firms.north_union)
    with pytest.raises(MemberElsewhere):
        carry(registry.JOIN, person_id=person.pk, union="U-SOUTH")


def test_moving_ends_one_membership_and_begins_the_other(carry, firms, make_person):
    person = make_person(employer=firms.north, union=firms.north_union)
    carry(registry.MOVE, person_id=person.pk)
    left, joined = Membership.objects.filter(person=person).order_by("valid_from")
    assert (left.union, joined.union) == (firms.north_union, firms.south_union)
    assert left.valid_to == joined.valid_from
    assert joined.valid_to is None


def test_who_is_no_member_does_not_move(carry, firms, make_person):
    person = make_person(employer=firms.north)
    with pytest.raises(NoMember):
        carry(registry.MOVE, person_id=person.pk, from_union="不详")


def test_a_union_that_is_not_there_is_not_joined(carry, firms, make_person):
    person = make_person(employer=firms.north)
    with pytest.raises(UnionUnknown):
        carry(registry.JOIN, person_id=person.pk, union="U-NONE")
