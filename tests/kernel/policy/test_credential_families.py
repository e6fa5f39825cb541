"""What policies read of what people, their employers and organisations hold."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from jiangxin.foundation.actor import SYSTEM
from jiangxin.kernel.access.enums import Role
from jiangxin.kernel.credentials.enums import CredentialKind
from jiangxin.kernel.credentials.models import Credential
from jiangxin.kernel.policy.enums import Subject
from jiangxin.kernel.policy.models import PolicyMatch
from jiangxin.kernel.policy.operations import match_everyone
from jiangxin.kernel.policy.queries.one_profile import profile_of
from jiangxin.kernel.policy.queries.timelines import turns_of
from jiangxin.kernel.policy.registry import attribute, policies
from tests.kernel.policy import making
from tests.kernel.policy.making import NOW, TODAY, leaf, policy

pytestmark = pytest.mark.django_db

LOAN = "skill_credit.enterprise_loan"


def give(kind, *, since, until=None, grade=None, status="valid", **holder):
    return Credential.objects.create(
        kind=kind,
        grade=grade,
        valid_from=since,
        valid_to=until,
        status=status,
        recorded_at=NOW,
        **holder,
    )


def read(subject_id, key, *, on=TODAY, subject=Subject.PERSON):
    asked = policy(leaf(key, "equals", None))
    return profile_of(subject_id, [asked], on, subject)[key]


def test_held_since_is_the_first_day_of_the_earliest_in_force():
    who = making.person()
    key = "credential_since__insurance_record"
    assert read(who.pk, key) is None
    give("insurance_record", since=date(2021, 3, 1), person=who)
    give("insurance_record", since=date(2019, 3, 1), until=date(2020, 1, 1), person=who)
    give("insurance_record", since=date(2018, 3, 1), status="revoked", person=who)
    assert read(who.pk, key) == date(2021, 3, 1)
    ever = "credential_since__insurance_record__any__ever"
    assert read(who.pk, ever) == date(2019, 3, 1)


def test_only_what_is_kept_elsewhere_is_unknown_when_not_on_record():
    assert attribute("credential_since__insurance_record").absent_means == "unknown"
    assert attribute("credential_since__mentorship").absent_means == "none"


def test_employers_credentials_are_those_of_the_employer_of_the_day():
    who = making.person()
    rated = making.organisation("rated")
    making.employ(who, rated, until=date(2025, 6, 1))
    making.employ(who, making.organisation("other"), since=date(2025, 6, 1))
    give("enterprise_rating", since=date(2023, 1, 1), organisation=rated)
    key = "employer_credential_count__enterprise_rating"
    assert read(who.pk, key, on=date(2025, 5, 31)) == 1
    assert read(who.pk, key, on=date(2025, 6, 1)) == 0
    assert read(making.person(2).pk, key) == 0


def test_who_will_qualify_when_the_employers_agreement_lapses_is_told_the_day():
    who = making.person()
    mill = making.organisation("mill")
    making.employ(who, mill)
    ends = date(2027, 3, 1)
    give("wage_agreement", since=date(2024, 3, 1), until=ends, organisation=mill)
    asked = policy(leaf("employer_credential_count__wage_agreement", "at_least", 1))
    assert turns_of(who.pk, [asked], TODAY)[asked.code].on == ends


def test_organisation_holds_its_first_studio_since():
    mill = making.organisation("mill")
    key = "organisation_credential_since__studio_naming"
    give("studio_naming", since=date(2020, 5, 1), grade=1, organisation=mill)
    give("studio_naming", since=date(2022, 5, 1), grade=3, organisation=mill)
    assert read(mill.pk, key, subject=Subject.ORGANISATION) == date(2020, 5, 1)
    of_province = f"{key}__3"
    assert read(mill.pk, of_province, subject=Subject.ORGANISATION) == date(2022, 5, 1)


def test_every_kind_of_credential_can_be_asked_for():
    for kind in CredentialKind.values:
        for family in ("credential_count", "credential_since"):
            assert attribute(f"{family}__{kind}").key == f"{family}__{kind}"


def test_whole_register_is_matched_with_every_policy():
    who = making.person(birth_on=date(1980, 1, 1))
    making.employ(who, making.organisation("mill", at="330402"))
    making.join(who, making.organisation("union", kind="grassroots_union", at="330402"))
    making.certify(who, 5)
    give("craftsman_title", since=date(2023, 5, 1), grade=1, person=who)
    give("mentorship", since=date(2026, 1, 1), person=who)
    give("hardship_file", since=date(2026, 1, 1), grade=2, person=who)
    run = match_everyone(actor=SYSTEM, now=NOW, reason="test")
    assert set(run.counts) == {one.code for one in policies()}
    served = PolicyMatch.objects.filter(person=who).values_list(
        "policy_code", flat=True
    )
    assert {
        "craftsmen.highly_skilled_worker",
        "craftsmen.county_craftsman",
        "craftsmen.mentor_allowance",
        "pre_shift.speaker",
        "rights.hardship_relief",
        "rights.legal_aid_waiver",
        "studios.leader_studio",
    } <= set(served)
    assert "skill_credit.craftsman_loan" not in served  # another county


def test_policy_about_organisations_is_none_of_those_matched_with_people():
    for command in (["policy_match", "--policy", LOAN], ["policy_explain", LOAN, "1"]):
        with pytest.raises(CommandError) as refused:
            call_command(*command)
        assert LOAN not in str(refused.value)


def test_policy_about_organisations_has_a_page_but_no_people(signed_in):
    client = signed_in(Role.FEDERATION_OFFICER, region_code="33")
    shown = client.get(reverse("policy:policy-detail", args=[LOAN]))
    assert shown.status_code == 200
    organisations = reverse("policy:policy-organisations", args=[LOAN])
    assert shown.context["people_url"] == organisations
    assert client.get(reverse("policy:policy-list")).status_code == 200
    people = reverse("policy:policy-people", args=[LOAN])
    assert client.get(people).status_code == 404
    person = reverse("policy:policy-person", args=[LOAN, making.person().pk])
    assert client.get(person).status_code == 404
