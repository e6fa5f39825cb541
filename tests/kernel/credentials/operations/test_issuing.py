import json
import secrets
from datetime import date, timedelta

import pytest

from jiangxin.foundation.actor import Scope
from jiangxin.foundation.errors import NotFound, NotPermitted
from jiangxin.foundation.trail.queries import events_of
from jiangxin.kernel.credentials import operations, queries
from jiangxin.kernel.credentials.models import IssuedCredential, StatusList
from jiangxin.kernel.credentials.operations import CredentialFacts
from jiangxin.kernel.credentials.proofs import data_integrity, multikey
from tests.kernel.register.cast import COUNTY, OFFICER, SINCE, SOUTH, STRANGER, Somebody
from tests.unreached import UNREACHED

LATER = date(2026, 6, 1)
SOUTHERNER = Somebody((Scope(SOUTH),))
READER = Somebody((Scope(COUNTY),), permissions=frozenset({"credentials.view"}))


@pytest.fixture
def person(make_person, firms):
    return make_person(employer=firms.north, union=firms.north_union)


@pytest.fixture
def credential(now, person):
    return record(now, person_id=person.pk)


def record(now, *, on=SINCE, given=None, **holder):
    facts = given or CredentialFacts(
        kind="skill_certificate",
        grade=3,
        occupation="6-18-01-01",
        issuer="某技能评价机构",
        issued_on=SINCE,
    )
    return operations.record_credential(
        facts=facts, valid_from=on, actor=OFFICER, now=now, **holder
    )


def issue(credential, now, *, actor=OFFICER):
    return operations.issue_credential(
        credential_id=credential.pk, actor=actor, now=now
    )


def reissue(issue, now, *, actor=OFFICER, **more):
    return operations.reissue_credential(
        issue_id=issue.pk, reason="姓名有误", actor=actor, now=now, **more
    )


def document_of(issued):
    return json.loads(issued.document)


@pytest.mark.django_db(transaction=True)
class TestIssuing:
    def test_document_names_the_holder_and_the_achievement_and_no_more(
        self, now, credential, person
    ):
        document = document_of(issue(credential, now))
        subject = document["credentialSubject"]
        assert subject["identifier"][0]["identityHash"] == person.name
        assert subject["achievement"]["fieldOfStudy"] == "车工"
        assert subject["result"][0]["value"] == "高级工"
        assert document["awardedDate"] == f"{SINCE}T00:00:00Z"
        assert person.id_number not in json.dumps(document)
        assert str(person.birth_on) not in json.dumps(document)

    def test_document_is_signed_with_the_key_that_it_names(self, now, credential):
        issued = issue(credential, now)
        document = document_of(issued)
        proof = document.pop("proof")
        assert proof["verificationMethod"] == f"{issued.issuer}#{issued.key}"
        key = multikey.public_bytes(issued.key.public_part)
        data_integrity.check(document, proof, key=key)

    def test_first_issue_makes_the_key_and_keeps_it_sealed(self, now, credential):
        key = issue(credential, now).key
        assert multikey.public_of(key.private_part) == key.public_part
        assert events_of(f"signing_key:{key.pk}")[0].kind == "credentials.key_added"

    def test_issuing_again_returns_the_same_issue(self, now, credential):
        first = issue(credential, now)
        assert issue(credential, now + timedelta(days=1)).pk == first.pk
        assert IssuedCredential.objects.count() == 1

    def test_issue_stands_in_the_history_of_the_holder(self, now, credential, person):
        issued = issue(credential, now)
        newest = events_of(f"person:{person.pk}").order_by("-sequence")[0]
        assert newest.kind == "credentials.issued"
        assert json.loads(newest.payload)["issue_id"] == issued.pk

    def test_organisation_is_issued_its_own(self, now, firms):
        given = CredentialFacts(kind="studio_naming", title="劳模工作室")
        issued = issue(record(now, organisation_id=firms.north.pk, given=given), now)
        document = document_of(issued)
        named = document["credentialSubject"]["identifier"][0]["identityHash"]
        assert (named, document["name"]) == (firms.north.name, "劳模工作室")
        assert "result" not in document["credentialSubject"]

    @pytest.mark.parametrize("actor", [STRANGER, SOUTHERNER, READER])
    def test_who_may_not_issue_leaves_nothing_behind(self, now, credential, actor):
        with pytest.raises(NotPermitted):
            issue(credential, now, actor=actor)
        assert not IssuedCredential.objects.exists()

    def test_what_is_not_there_is_not_issued(self, now):
        with pytest.raises(NotFound):
            operations.issue_credential(credential_id=UNREACHED, actor=OFFICER, now=now)

    def test_only_what_is_valid_today_is_issued(self, now, person):
        over = record(
            now,
            person_id=person.pk,
            given=CredentialFacts(kind="honour", grade=1, valid_to=LATER),
        )
        with pytest.raises(operations.RecordNotInForce):
            issue(over, now)

    def test_what_reads_differently_is_not_issued_silently(
        self, now, credential, person
    ):
        issue(credential, now)
        person.name = "王小芳"
        person.save()
        with pytest.raises(operations.IssuedDiffers):
            issue(credential, now)

    def test_demonstration_says_so_in_the_document(self, now, credential, settings):
        settings.DEMONSTRATION = True
        issuer = document_of(issue(credential, now))["issuer"]
        assert "演示" in issuer["description"]


@pytest.mark.django_db(transaction=True)
class TestMany:
    def test_each_is_issued_found_or_refused_by_itself(
        self, now, make_person, firms, credential
    ):
        issued = issue(credential, now)
        fresh = record(now, person_id=make_person(2, employer=firms.north).pk)
        over = record(
            now,
            person_id=make_person(3, employer=firms.north).pk,
            given=CredentialFacts(kind="honour", grade=1, valid_to=LATER),
        )
        done = operations.issue_credentials(
            credential_ids=[credential.pk, fresh.pk, over.pk, fresh.pk, 404],
            actor=OFFICER,
            now=now,
        )
        assert [one.credential_id for one in done.issued] == [fresh.pk]
        assert [one.pk for one in done.already] == [issued.pk]
        assert {pk: type(why) for pk, why in done.refused.items()} == {
            over.pk: operations.RecordNotInForce,
            404: NotFound,
        }

    def test_two_credentials_of_one_person_are_issued_together(
        self, now, person, credential
    ):
        other = record(
            now, person_id=person.pk, given=CredentialFacts(kind="honour", grade=1)
        )
        done = operations.issue_credentials(
            credential_ids=[credential.pk, other.pk], actor=OFFICER, now=now
        )
        assert len({one.status_index for one in done.issued}) == 2

    def test_full_list_is_followed_by_another(
        self, now, make_person, firms, monkeypatch
    ):
        monkeypatch.setattr(
            "jiangxin.kernel.credentials.operations.places.SMALLEST_SIZE", 8
        )
        records = [
            record(now, person_id=make_person(serial, employer=firms.north).pk)
            for serial in range(6)
        ]
        done = operations.issue_credentials(
            credential_ids=[one.pk for one in records], actor=OFFICER, now=now
        )
        assert len(done.issued) == 6
        assert StatusList.objects.count() == 2
        assert StatusList.objects.filter(is_open=True).count() == 1


@pytest.mark.django_db(transaction=True)
class TestReissuing:
    def test_correction_names_what_it_is_in_the_place_of(self, now, credential, person):
        first = issue(credential, now)
        person.name = "王小芳"
        person.save()
        second = reissue(first, now)
        first.refresh_from_db()
        assert (first.status, first.status_reason) == ("superseded", "姓名有误")
        assert second.supersedes == first
        named = document_of(second)["credentialSubject"]["identifier"][0]
        assert named["identityHash"] == "王小芳"

    def test_revoked_issue_may_be_issued_anew_once(self, now, credential):
        first = issue(credential, now)
        operations.revoke_issue(
            issue_id=first.pk, reason="遗失", actor=OFFICER, now=now
        )
        second = reissue(first, now)
        first.refresh_from_db()
        assert (first.status, second.status) == ("revoked", "valid")
        with pytest.raises(operations.IssueMoveNotAllowed):
            reissue(first, now)

    def test_record_in_the_place_of_another_continues_its_issue(
        self, now, credential, person
    ):
        first = issue(credential, now)
        later = operations.supersede_credential(
            credential_id=credential.pk,
            facts=CredentialFacts(kind="skill_certificate", grade=4),
            valid_from=LATER,
            actor=OFFICER,
            now=now,
        )
        second = reissue(first, now, credential_id=later.pk)
        assert (second.credential, second.supersedes) == (later, first)

    def test_record_of_another_holder_cannot_continue_it(
        self, now, credential, make_person, firms
    ):
        other = record(now, person_id=make_person(2, employer=firms.north).pk)
        with pytest.raises(operations.HolderDiffers):
            reissue(issue(credential, now), now, credential_id=other.pk)

    def test_record_that_was_issued_already_cannot_continue_it(
        self, now, credential, person
    ):
        other = record(now, person_id=person.pk)
        issue(other, now)
        with pytest.raises(operations.IssuedDiffers):
            reissue(issue(credential, now), now, credential_id=other.pk)

    def test_suspended_record_is_not_issued_anew(self, now, credential):
        first = issue(credential, now)
        operations.suspend_credential(
            credential_id=credential.pk, on=LATER, reason="", actor=OFFICER, now=now
        )
        with pytest.raises(operations.RecordNotInForce):
            reissue(first, now)
        first.refresh_from_db()
        assert first.status == "suspended"

    def test_what_is_not_there_is_not_issued_anew(self, now, credential):
        first = issue(credential, now)
        with pytest.raises(NotFound):
            reissue(first, now, credential_id=UNREACHED)
        first.pk = UNREACHED
        with pytest.raises(NotFound):
            reissue(first, now)

    def test_stranger_issues_nothing_anew(self, now, credential):
        with pytest.raises(NotPermitted):
            reissue(issue(credential, now), now, actor=STRANGER)


@pytest.mark.django_db(transaction=True)
def test_code_is_not_to_be_guessed(now, credential, monkeypatch):
    drawn = []
    monkeypatch.setattr(
        secrets, "token_bytes", lambda size: drawn.append(size) or bytes(size)
    )
    assert len(issue(credential, now).public_id) == 26
    assert set(drawn) == {16}


@pytest.mark.django_db(transaction=True)
def test_public_issue_is_found_by_its_code_alone(now, credential):
    issued = issue(credential, now)
    assert queries.public_issue(issued.public_id.upper()).pk == issued.pk
    with pytest.raises(NotFound):
        queries.public_issue(str(issued.pk))
