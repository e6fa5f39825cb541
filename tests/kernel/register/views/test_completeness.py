import pytest

from jiangxin.kernel.credentials.models import Credential
from jiangxin.kernel.register.models import Employment
from tests.kernel.register.cast import SINCE

TITLE = "What would most complete this register"


@pytest.fixture(autouse=True)
def in_english(settings):
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def people(make_person, firms, now):
    one = make_person(
        1,
        name="单芳",
        employer=firms.north,
        union=firms.north_union,
        phone="13800001234",
    )
    make_person(3, name="李明", employer=firms.north)
    make_person(5, name="王强", employer=firms.south)
    Employment.objects.filter(person=one).update(occupation="6-18-01-01")
    Credential.objects.create(
        person=one,
        kind="skill_certificate",
        ladder="skill",
        grade=3,
        valid_from=SINCE,
        recorded_at=now,
    )


def gaps(client, organisation):
    response = client.get(f"/desk/organisations/{organisation.pk}/")
    html = response.content.decode()
    return html.partition(TITLE)[2].partition("</section>")[0] if TITLE in html else ""


def test_an_employer_and_its_union_see_what_is_missing_most(officer, people, firms):
    for organisation in (firms.north, firms.north_union):
        shown = gaps(officer, organisation)
        assert "2 of 2 people" in shown  # nobody's education
        assert "1 of 2 people" in shown
        assert shown.count("?employer=E-NORTH&amp;lacks=") == 3


@pytest.mark.parametrize(
    ("lacks", "names"),
    [
        ("phone", {"李明"}),
        ("education", {"单芳", "李明"}),
        ("union_date", {"李明"}),
        ("occupation", {"李明"}),
        ("skill_grade", {"李明"}),
    ],
)
def test_a_gap_opens_the_list_of_those_people(officer, people, lacks, names):
    url = "/desk/people/"
    html = officer.get(url, {"employer": "E-NORTH", "lacks": lacks}).content.decode()
    assert {name for name in ("单芳", "李明", "王强") if name in html} == names


def test_a_clerk_sees_the_gaps_of_their_employer(clerk, people, firms):
    assert "of 2 people" in gaps(clerk, firms.north)


def test_gaps_are_not_for_those_of_other_places(outsider, people, firms):
    assert outsider.get(f"/desk/organisations/{firms.north.pk}/").status_code == 404


def test_an_employer_without_people_has_no_gaps(officer, firms):
    assert gaps(officer, firms.south) == ""
