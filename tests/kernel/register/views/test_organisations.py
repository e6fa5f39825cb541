import pytest

from jiangxin.kernel.register.models import Organisation, Site
from tests.kernel.register.cast import COUNTY, NORTH, SOUTH

FILLED = {
    "kind": "employer",
    "name": "东方纺织",
    "code": "E-EAST",
    "region": "北镇",
    "industry": "",
    "effective_on": "2026-11-20",
}


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_however_long(
    officer, url, make_organisation, django_assert_num_queries, count
):
    for number in range(count):
        make_organisation(f"E-{number}")
    officer.get(url("organisation-list"))
    with django_assert_num_queries(7):
        response = officer.get(url("organisation-list"))
    assert len(response.context["list"].table) == count


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("q=机械", {"北方机械", "南方机械"}),
        ("q=u-north", {"北方工会"}),
        ("kind=grassroots_union", {"北方工会", "南方工会"}),
        (f"town={SOUTH}", {"南方机械", "南方工会"}),
        ("above=yes", set()),
        ("ownership=state", set()),
        ("closed=yes", set()),
        ("closed=no&q=北方", {"北方机械", "北方工会"}),
    ],
)
def test_list_is_narrowed(officer, url, firms, query, names):
    rows = officer.get(f"{url('organisation-list')}?{query}").context["list"].slice.rows
    assert {row.name for row in rows} == names


def test_clerk_sees_the_own_organisation_only(clerk, url, firms):
    rows = clerk.get(url("organisation-list")).context["list"].slice.rows
    assert {row.code for row in rows} == {"E-NORTH", "U-NORTH"}
    assert clerk.get(url("organisation-detail", firms.south.pk)).status_code == 404
    assert clerk.get(url("organisation-detail", firms.north.pk)).status_code == 200
    assert clerk.get(url("organisation-new")).status_code == 403
    assert clerk.get(url("organisation-change", firms.north.pk)).status_code == 403


def test_outsider_sees_none(outsider, url, firms):
    assert outsider.get(url("organisation-list")).context["list"].slice.count == 0
    for name in ("organisation-detail", "organisation-change", "site-open"):
        assert outsider.get(url(name, firms.north.pk)).status_code == 404


def test_who_has_nothing_to_do_here_is_told_so(auditor, url, regions):
    for name in ("organisation-list", "site-list", "region-list"):
        assert auditor.get(url(name)).status_code == 403


def test_page_shows_the_tree_and_who_belongs(officer, url, make_organisation, firms):
    federation = make_organisation("F-1", kind="federation", at=COUNTY, name="县总工会")
    town = make_organisation(
        "T-1", kind="town_union", name="镇工会", upper_id=federation.pk
    )
    shown = officer.get(url("organisation-detail", town.pk)).content.decode()
    assert "县总工会" in shown
    assert "浙江省 / 金华市 / 浦江县 / 北镇" in shown
    shown = officer.get(url("organisation-detail", firms.north.pk)).content.decode()
    assert "北方工会" in shown
    early = officer.get(url("organisation-detail", town.pk) + "?on=2020-01-01")
    assert early.context["facts"] == []


def test_organisation_is_registered_by_a_plain_form(officer, url, regions):
    assert officer.get(url("organisation-new")).status_code == 200
    response = officer.post(url("organisation-new"), FILLED)
    organisation = Organisation.objects.get()
    assert response.url == url("organisation-detail", organisation.pk)
    assert organisation.region_id == NORTH


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("name", ""),
        ("code", "编号"),
        ("code", "E-NORTH"),
        ("credit_code", "123"),
        ("region", "东镇"),
        ("upper", "北方机械"),
        ("employer", "北方机械"),
        ("effective_on", "2099-01-01"),
    ],
)
def test_every_error_stands_at_its_field(officer, url, firms, field, given):
    form = officer.post(url("organisation-new"), {**FILLED, field: given}).context[
        "form"
    ]
    assert list(form.errors) == [field]


def test_region_called_like_another_is_asked_for_by_code(officer, url, regions):
    from jiangxin.kernel.register.models import Region

    Region.objects.create(code="330726102", name="北镇", level=4, parent_id=COUNTY)
    form = officer.post(url("organisation-new"), FILLED).context["form"]
    assert "330726102" in form.errors["region"][0]


def test_organisation_is_changed_and_closed_by_plain_forms(officer, url, firms):
    page = url("organisation-change", firms.north.pk)
    assert officer.get(page).context["form"]["region"].value() == NORTH
    officer.post(page, {**FILLED, "name": "北方智造"})
    firms.north.refresh_from_db()
    assert firms.north.name == "北方智造"
    page = url("organisation-close", firms.north.pk)
    assert officer.get(page).status_code == 200
    refused = officer.post(page, {"valid_to": "2026-11-20"})
    assert refused.context["form"].non_field_errors()
    officer.post(
        url("organisation-close", firms.south_union.pk), {"valid_to": "2026-11-20"}
    )
    firms.south_union.refresh_from_db()
    assert firms.south_union.closed_on is not None
    closed = officer.get(url("organisation-detail", firms.south_union.pk))
    assert closed.context["acts"] == []


def test_site_opens_and_closes_by_plain_forms(officer, url, firms):
    page = url("site-open", firms.north.pk)
    assert officer.get(page).status_code == 200
    response = officer.post(
        page,
        {
            "kind": "station",
            "name": "驿站",
            "region": NORTH,
            "valid_from": "2026-11-19",
        },
    )
    site = Site.objects.get()
    assert response.url == url("site-detail", site.pk)
    assert len(officer.get(response.url).context["acts"]) == 1
    rows = officer.get(url("site-list") + "?q=驿").context["list"].slice.rows
    assert rows == [site]
    assert officer.get(url("site-close", site.pk)).status_code == 200
    officer.post(url("site-close", site.pk), {"valid_to": "2026-11-20"})
    assert officer.get(response.url).context["acts"] == []


@pytest.mark.parametrize("count", [1, 3])
def test_sites_cost_the_same_however_many(
    officer, url, firms, django_assert_num_queries, count
):
    for number in range(count):
        Site.objects.create(
            organisation=firms.north,
            kind="base",
            name=f"基地{number}",
            region_id=NORTH,
            valid_from="2026-01-01",
        )
    officer.get(url("site-list"))
    with django_assert_num_queries(7):
        response = officer.get(url("site-list"))
    assert len(response.context["list"].table) == count


def test_regions_are_looked_through_level_by_level(officer, url, regions):
    assert [
        row.pk for row in officer.get(url("region-list")).context["list"].slice.rows
    ] == ["33"]
    county = officer.get(url("region-detail", COUNTY))
    assert [row.pk for row in county.context["list"].slice.rows] == [NORTH, SOUTH]
    assert [crumb.label for crumb in county.context["crumbs"]][1:] == [
        "浙江省",
        "金华市",
        "浦江县",
    ]
    assert officer.get(url("region-detail", "99")).status_code == 404


def test_an_employer_shows_its_unions_members_and_no_employer_of_its_own(
    officer, url, firms, make_person
):
    make_person(1, employer=firms.north, union=firms.north_union)
    response = officer.get(url("organisation-detail", firms.north.pk))
    assert response.context["count"].members == 1
    labels = {str(fact.label) for fact in response.context["facts"]}
    union = officer.get(url("organisation-detail", firms.north_union.pk))
    assert {str(fact.label) for fact in union.context["facts"]} - labels


def test_bodies_above_that_may_not_be_seen_are_named_without_a_link(
    clerk, url, firms, make_organisation
):
    town = make_organisation("T-1", kind="town_union", name="镇总工会")
    firms.north_union.upper = town
    firms.north_union.save()
    shown = clerk.get(url("organisation-detail", firms.north_union.pk))
    assert "镇总工会" in shown.content.decode()
    assert url("organisation-detail", town.pk) not in shown.content.decode()
    assert url("organisation-detail", firms.north.pk) in shown.content.decode()
