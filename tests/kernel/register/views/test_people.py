import pytest

from jiangxin.kernel.access.enums import Role
from jiangxin.kernel.privacy.models import PersonalDataExport
from jiangxin.kernel.register.models import Employment, Membership, Person
from tests.kernel.register.cast import id_number

TODAY = {"effective_on": "2026-11-20"}
PHONE = "13800001234"


@pytest.fixture
def person(make_person, firms):
    return make_person(
        12, employer=firms.north, union=firms.north_union, phone=PHONE, education="20"
    )


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_however_long(
    officer, url, make_person, firms, django_assert_num_queries, count
):
    for serial in range(count):
        make_person(serial, employer=firms.north, union=firms.north_union)
    officer.get(url("person-list"))
    with django_assert_num_queries(10):
        response = officer.get(url("person-list"))
    assert len(response.context["list"].table) == count


def test_list_masks_what_is_personal(officer, url, person):
    shown = officer.get(url("person-list")).content.decode()
    assert "王芳" in shown
    assert id_number(12) not in shown
    assert "3307**********" in shown
    exported = officer.get(url("person-list") + "?export=csv")
    text = b"".join(exported).decode()
    assert id_number(12) not in text
    assert "3307**********" in text
    assert PersonalDataExport.objects.get().list_key == "people"


@pytest.mark.parametrize(
    ("query", "is_there"),
    [
        ("q=wangf", True),
        ("q=wf", True),
        ("q=lisi", False),
        ("employer=北方", True),
        ("employer=南方", False),
        ("town=330726100", True),
        ("town=330726101", False),
        ("sex=2", True),
        ("sex=1", False),
        ("education=20", True),
        ("education=31", False),
        ("member=yes", True),
        ("member=no", False),
        ("birth_from=1990-01-01&birth_to=1990-12-31", True),
        ("birth_from=1991-01-01", False),
        ("skill=3", False),
        ("holds=honour", False),
    ],
)
def test_list_is_narrowed(officer, url, person, query, is_there):
    rows = officer.get(f"{url('person-list')}?{query}").context["list"].slice.rows
    assert (person in rows) is is_there


@pytest.mark.parametrize("typed", [PHONE, "138 0000 1234", id_number(12)])
@pytest.mark.parametrize("by_htmx", [True, False])
def test_a_whole_number_leads_to_the_person_and_stays_in_no_address(
    officer, url, person, typed, by_htmx
):
    headers = {"HX-Request": "true"} if by_htmx else {}
    response = officer.get(url("person-list"), {"q": typed}, headers=headers)
    leads_to = response.headers.get("HX-Redirect" if by_htmx else "Location")
    assert leads_to == url("person-detail", person.pk)


@pytest.mark.parametrize("typed", ["13900001234", id_number(13)])
def test_a_number_of_nobody_is_not_put_into_the_history(officer, url, person, typed):
    response = officer.get(
        url("person-list"), {"q": typed}, headers={"HX-Request": "true"}
    )
    assert response.status_code == 200
    assert response["HX-Push-Url"] == "false"


def test_a_number_shared_by_two_lists_both(officer, url, person, make_person, firms):
    other = make_person(13, employer=firms.north, phone=PHONE)
    rows = officer.get(url("person-list"), {"q": PHONE}).context["list"].slice.rows
    assert set(rows) == {person, other}


def test_a_number_of_others_leads_nowhere(clerk, url, make_person, firms):
    make_person(13, employer=firms.south, phone=PHONE)
    response = clerk.get(url("person-list"), {"q": PHONE})
    assert response.context["list"].slice.count == 0


def test_clerk_sees_the_own_people_only(clerk, url, person, make_person, firms):
    other = make_person(2, name="李四", employer=firms.south)
    rows = clerk.get(url("person-list")).context["list"].slice.rows
    assert rows == [person]
    assert clerk.get(url("person-detail", person.pk)).status_code == 200
    assert clerk.get(url("person-detail", other.pk)).status_code == 404


def test_outsider_sees_nobody(outsider, url, person):
    assert outsider.get(url("person-list")).context["list"].slice.count == 0
    for name in ("person-detail", "person-change", "employment-start", "union-join"):
        assert outsider.get(url(name, person.pk)).status_code == 404


def test_who_has_nothing_to_do_here_is_told_so(auditor, url):
    for name in ("person-list", "person-new", "person-take-on"):
        assert auditor.get(url(name)).status_code == 403


def test_leader_sees_and_changes_nothing(signed_in, url, person):
    leader = signed_in(Role.FEDERATION_LEADER, "330726")
    response = leader.get(url("person-detail", person.pk))
    assert response.context["acts"] == []
    assert leader.get(url("person-change", person.pk)).status_code == 403


def test_page_shows_the_record_masked(officer, url, person):
    shown = officer.get(url("person-detail", person.pk)).content.decode()
    for text in ("王芳", "138****1234", "3307**********", "北方机械", "北方工会"):
        assert text in shown
    for text in (PHONE, id_number(12)):
        assert text not in shown


def test_page_shows_an_earlier_day(officer, url, person):
    officer.post(url("person-change", person.pk), {"name": "王小芳", **TODAY})
    page = url("person-detail", person.pk)
    names = [
        officer.get(f"{page}?on={day}").context["facts"][0].value
        for day in ("2026-11-19", "2026-11-20", "nonsense", "2099-01-01")
    ]
    assert names == ["王芳", "王小芳", "王小芳", "王小芳"]
    assert officer.get(f"{page}?on=2020-01-01").context["facts"] == []


def test_person_is_registered_by_a_plain_form(officer, url, firms, settings):
    settings.DEMONSTRATION = True
    response = officer.post(
        url("person-new"),
        {
            "name": "王芳",
            "id_number": id_number(12),
            "phone": PHONE,
            "employer": "北方机械",
            "occupation": "6-18-01-01",
            "post": "钳工",
            "union": "U-NORTH",
            **TODAY,
        },
    )
    person = Person.objects.get()
    assert response.url == url("person-detail", person.pk)
    assert Employment.objects.get().occupation == "6-18-01-01"
    assert Membership.objects.get().union == firms.north_union


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("name", ""),
        ("id_number", "330726189001010010"),
        ("phone", "12"),
        ("employer", "西方机械"),
        ("employer", "机械"),
        ("occupation", "不存在的职业"),
        ("effective_on", "2099-01-01"),
        ("union", "北方机械"),
    ],
)
def test_every_error_stands_at_its_field(officer, url, firms, settings, field, given):
    settings.DEMONSTRATION = True
    filled = {
        "name": "王芳",
        "id_number": id_number(12),
        "employer": "E-NORTH",
        **TODAY,
        field: given,
    }
    form = officer.post(url("person-new"), filled).context["form"]
    assert list(form.errors) == [field]
    assert not Person.objects.exists()


def test_change_keeps_a_phone_that_is_not_given(officer, url, person):
    response = officer.post(
        url("person-change", person.pk), {"name": "王小芳", "education": "31", **TODAY}
    )
    assert response.status_code == 302, response.context["form"].errors
    assert response.url == url("person-detail", person.pk)
    person.refresh_from_db()
    assert (person.name, person.phone, person.education) == ("王小芳", PHONE, "31")


def test_person_is_taken_on(officer, url, person, firms):
    response = officer.post(
        url("person-take-on"),
        {
            "name": "王芳",
            "id_number": id_number(12),
            "employer": "E-SOUTH",
            "valid_from": "2026-11-20",
        },
    )
    assert response.url == url("person-detail", person.pk)
    assert Employment.objects.get(valid_to=None).organisation == firms.south


def test_ties_begin_and_end_by_plain_forms(officer, url, person, firms):
    officer.post(
        url("employment-start", person.pk),
        {"employer": "E-SOUTH", "valid_from": "2026-11-19"},
    )
    job = Employment.objects.get(valid_to=None)
    assert job.organisation == firms.south
    officer.post(url("employment-end", job.pk), {"valid_to": "2026-11-20"})
    assert not Employment.objects.filter(valid_to=None).exists()
    officer.post(
        url("union-join", person.pk), {"union": "U-SOUTH", "valid_from": "2026-11-19"}
    )
    membership = Membership.objects.get(valid_to=None)
    assert membership.union == firms.south_union
    officer.post(url("union-leave", membership.pk), {"valid_to": "2026-11-20"})
    assert not Membership.objects.filter(valid_to=None).exists()


def test_forms_of_ties_are_shown_and_say_what_is_wrong(officer, url, person):
    job, membership = Employment.objects.get(), Membership.objects.get()
    for name, number in (
        ("employment-start", person.pk),
        ("employment-end", job.pk),
        ("union-join", person.pk),
        ("union-leave", membership.pk),
        ("person-change", person.pk),
    ):
        assert officer.get(url(name, number)).status_code == 200
    for name in ("employment-end", "union-leave"):
        assert officer.get(url(name, 999)).status_code == 404
    response = officer.post(url("employment-end", job.pk), {"valid_to": "2099-01-01"})
    assert list(response.context["form"].errors) == ["valid_to"]


def test_nobody_unknown_gets_in(client, db, url):
    assert client.get(url("person-list")).status_code == 302


def test_clerk_reads_the_name_but_no_link_of_a_body_of_others(
    clerk, url, make_person, firms
):
    person = make_person(3, employer=firms.south, union=firms.north_union)
    firm = url("organisation-detail", firms.south.pk)
    shown = clerk.get(url("person-detail", person.pk)).content.decode()
    assert "南方机械" in shown
    assert firm not in shown
    assert clerk.get(firm).status_code == 404


def test_an_earlier_day_knows_nothing_of_later_ties(officer, url, person, firms):
    officer.post(
        url("employment-start", person.pk),
        {"employer": "E-SOUTH", "valid_from": "2026-11-19"},
    )
    page = url("person-detail", person.pk)
    titles = [
        [
            (tie.title, tie.tone)
            for tie in officer.get(f"{page}?on={day}").context["ties"]
        ]
        for day in ("2026-11-18", "2026-11-19")
    ]
    north, south, union = (
        officer.get(page).context["ties"][place].title for place in (1, 0, 2)
    )
    assert titles[0] == [(north, "ok"), (union, "ok")]
    assert titles[1] == [(south, "ok"), (north, "off"), (union, "ok")]
