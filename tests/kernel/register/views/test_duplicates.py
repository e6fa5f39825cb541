from datetime import date

import pytest
from django.urls import reverse

from jiangxin.foundation.actor import SYSTEM
from jiangxin.kernel.access.enums import Role
from jiangxin.kernel.register.enums import DuplicateState
from jiangxin.kernel.register.models import DuplicatePair, Person, PersonMerge
from jiangxin.kernel.register.operations import people
from jiangxin.kernel.register.operations.people import PersonFacts
from tests.kernel.register.cast import COUNTY, NORTH, SOUTH, id_number

LIST = "/desk/duplicates/"
PHONE = "13800001234"


@pytest.fixture(autouse=True)
def in_english(settings):
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def pair(make_person, firms):
    make_person(1, name="王小芳", employer=firms.north, union=firms.north_union)
    make_person(3, name="王晓芳", employer=firms.north, phone=PHONE, education="20")
    return DuplicatePair.objects.get()


def url(pair):
    return reverse("register:duplicate-detail", args=[pair.pk])


def decide(client, pair, **answers):
    seen = client.get(url(pair)).context["form"].initial["seen"]
    return client.post(url(pair), {"seen": seen, **answers})


def test_the_list_shows_pairs_masked_and_only_those_to_be_decided(officer, pair):
    html = officer.get(LIST).content.decode()
    assert "王小芳" in html
    assert "王晓芳" in html
    assert id_number(1) not in html
    decide(officer, pair, decision="different")
    assert "Nobody seems to be registered twice" in officer.get(LIST).content.decode()
    assert "王小芳" in officer.get(f"{LIST}?state=different").content.decode()


@pytest.mark.parametrize(
    ("role", "region", "status"),
    [
        (Role.FEDERATION_OFFICER, COUNTY, 200),
        (Role.TOWN_UNION_CLERK, NORTH, 200),
        (Role.TOWN_UNION_CLERK, SOUTH, 404),
        (Role.FEDERATION_LEADER, COUNTY, 404),
    ],
)
def test_a_pair_is_shown_where_one_keeps_people(signed_in, pair, role, region, status):
    assert signed_in(role, region).get(url(pair)).status_code == status


def test_the_review_says_what_differs_and_shows_nothing_unmasked(officer, pair):
    response = officer.get(url(pair))
    differs = {str(line.label): line.differs for line in response.context["lines"]}
    assert differs["Name"]
    assert differs["Mobile phone"]
    assert not differs["Sex"]
    assert not differs["Date of birth"]
    assert not differs["Employment"]
    html = response.content.decode()
    assert PHONE not in html
    assert id_number(1) not in html
    assert "Person registered" in html


def test_merging_takes_the_chosen_name_and_what_only_one_has(officer, pair):
    response = decide(officer, pair, decision="first", name="second")
    person = Person.objects.get()
    assert response["Location"] == f"/desk/people/{person.pk}/"
    assert (person.pk, person.name) == (pair.person_id, "王晓芳")
    assert (person.phone, person.education) == (PHONE, "20")
    html = officer.get(response["Location"]).content.decode()
    assert "Records that were merged into this one" in html
    merged = officer.get(f"/desk/people/{pair.other_id}/")
    assert merged["Location"] == response["Location"]
    assert officer.get(url(pair))["Location"] == response["Location"]


def test_the_second_record_may_be_the_one_that_stays(officer, pair):
    decide(officer, pair, decision="second", name="second")
    person = Person.objects.get()
    assert (person.pk, person.name) == (pair.other_id, "王晓芳")
    assert not person.past_versions.exists()
    assert person.memberships.get().valid_to is None


def test_a_merge_is_undone_from_the_persons_page(officer, pair):
    decide(officer, pair, decision="first")
    undo = reverse("register:merge-undo", args=[PersonMerge.objects.get().pk])
    person_page = officer.get(f"/desk/people/{pair.person_id}/").content.decode()
    assert undo in person_page
    assert officer.post(undo, {}).status_code == 200
    assert Person.objects.count() == 1
    assert officer.post(undo, {"sure": "on"}).status_code == 302
    assert Person.objects.count() == 2
    assert undo not in officer.get(f"/desk/people/{pair.person_id}/").content.decode()
    refused = officer.post(undo, {"sure": "on"})
    assert "undone already" in refused.content.decode()


def test_a_stale_review_is_refused_on_the_page(officer, pair, now):
    seen = officer.get(url(pair)).context["form"].initial["seen"]
    people.change_person(
        person_id=pair.person_id,
        facts=PersonFacts("王小芳", education="30"),
        effective_on=date(2026, 6, 1),
        actor=SYSTEM,
        now=now,
    )
    response = officer.post(url(pair), {"seen": seen, "decision": "first"})
    assert "was changed since you opened this page" in response.content.decode()
    assert Person.objects.count() == 2


def test_a_decision_needs_an_answer(officer, pair):
    response = decide(officer, pair)
    assert response.status_code == 200
    pair.refresh_from_db()
    assert pair.state == DuplicateState.OPEN
