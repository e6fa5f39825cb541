import csv
from datetime import UTC, date, datetime

import polars as pl
import pytest
from django.core.management import CommandError, call_command

from jiangxin.demonstration.faults import REPEATED, faults
from jiangxin.demonstration.sample_roster import Employer, draw_roster, write_roster
from jiangxin.demonstration.texts import roster_words
from jiangxin.kernel.register.enums import OrganisationKind
from jiangxin.kernel.register.models import Organisation, Region
from jiangxin.kernel.register.roster import preparing
from jiangxin.kernel.register.roster.context import RosterContext, plain_name

TODAY = date(2026, 11, 22)
EMPLOYERS = [
    Employer("兰溪恒信机械有限公司", "machining"),
    Employer("兰溪春禾茶业", "agriculture"),
]


def draw(*, rows=800, seed=1, faulty=0.1, employers=EMPLOYERS):
    return draw_roster(
        rows=rows,
        seed=seed,
        faulty=faulty,
        employers=employers,
        division="330781",
        on=TODAY,
    )


def context():
    return RosterContext(
        organisation=Organisation(region_id="330781"),
        employers={plain_name(e.name): i for i, e in enumerate(EMPLOYERS, 1)},
        own_employer_id=1,
        regions={1: "330781", 2: "330781"},
        unions={1: 11, 2: 12},
        own_union_id=None,
        on=TODAY,
        today=TODAY,
        now=datetime(2026, 11, 22, tzinfo=UTC),
        allow_demonstration=True,
    )


def refusals(path):
    """Return what the import refuses: (row, column, code)."""
    table = preparing.read(path.read_bytes(), path.name)
    checked = preparing.check(table, preparing.choose(table.headings, None), context())
    found = checked.problems.frame().filter(~pl.col("is_warning"))
    return set(found.select("row", "column", "code").rows()), checked.rows.height


@pytest.mark.parametrize(("seed", "faulty"), [(1, 0.1), (2, 0.02), (3, 0.5), (4, 0)])
def test_the_import_refuses_exactly_the_known_faults(tmp_path, seed, faulty):
    roster = draw(seed=seed, faulty=faulty)
    write_roster(roster, tmp_path / "roster.xlsx")
    found, rows = refusals(tmp_path / "roster.xlsx")
    assert found == {(k.row, k.fault.column, k.fault.code) for k in roster.faults}
    assert len(roster.faults) == round(800 * faulty)
    assert rows == 800


def test_every_kind_of_fault_appears():
    appearing = {known.fault.key for known in draw().faults}
    assert appearing == {fault.key for fault in [*faults(), REPEATED]}


def test_faults_have_keys_of_their_own():
    keys = [fault.key for fault in [*faults(), REPEATED]]
    assert len(keys) == len(set(keys))


def test_the_same_seed_gives_the_same_roster():
    one, again, other = draw(), draw(), draw(seed=2)
    assert one.rows.equals(again.rows)
    assert one.faults == again.faults
    assert not one.rows.equals(other.rows)


def test_a_roster_has_twelve_columns_in_order():
    assert draw(rows=3, faulty=0).rows.columns == list(
        roster_words()["columns"].values()
    )


@pytest.mark.parametrize("rows", [1, 2, 7, 99, 100, 101])
def test_a_roster_has_as_many_rows_as_asked(rows):
    assert draw(rows=rows, faulty=0).rows.height == rows


def test_one_row_cannot_repeat_another():
    assert draw(rows=1, faulty=1).faults[0].fault is not REPEATED


def test_a_roster_may_name_no_employer():
    rows = draw(employers=[Employer(None, "machining")], faulty=0).rows
    assert rows[roster_words()["columns"]["employer"]].null_count() == rows.height


@pytest.fixture
def federation(db):
    county = Region.objects.create(code="330781", name="兰溪市", level=3)
    unit = {"region": county, "valid_from": date(2000, 1, 1)}
    found = Organisation.objects.create(
        code="F330781", name="兰溪市总工会", kind=OrganisationKind.FEDERATION, **unit
    )
    employer = Organisation.objects.create(
        code="E1",
        name="兰溪恒信机械有限公司",
        kind=OrganisationKind.EMPLOYER,
        industry="C34",
        **unit,
    )
    Organisation.objects.create(
        code="U1",
        name="兰溪恒信机械有限公司工会委员会",
        kind=OrganisationKind.GRASSROOTS_UNION,
        employer=employer,
        **unit,
    )
    return found


def employers_in(path):
    table = preparing.read(path.read_bytes(), path.name)
    place = str(table.headings.index(roster_words()["columns"]["employer"]))
    return set(table.rows[place].drop_nulls())


@pytest.mark.parametrize("code", ["F330781", "E1", "U1"])
def test_the_command_names_employers_the_organisation_may_name(
    federation, tmp_path, code, capsys
):
    path = tmp_path / "r.xlsx"
    call_command("register_sample_roster", path, rows=60, faults=0, organisation=code)
    assert employers_in(path) == {"兰溪恒信机械有限公司"}
    assert "60 rows" in capsys.readouterr().out


def test_the_command_names_no_employer_when_asked(federation, tmp_path):
    path = tmp_path / "r.xlsx"
    call_command(
        "register_sample_roster",
        path,
        rows=60,
        faults=0,
        organisation="F330781",
        new_employers=True,
    )
    assert employers_in(path) == set()


def test_the_command_writes_the_faults_beside(db, tmp_path):
    call_command("register_sample_roster", tmp_path / "r.xlsx", rows=100, faults=0.2)
    with (tmp_path / "r.faults.csv").open(encoding="utf-8") as file:
        known = list(csv.DictReader(file))
    assert len(known) == 20
    assert set(known[0]) == {"row", "fault", "column", "code"}


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"file": "r.csv"}, "ends in .xlsx"),
        ({"rows": 0}, "at least one row"),
        ({"faults": 2}, "share from 0 to 1"),
        ({"organisation": "E2"}, "No organisation has the code E2"),
        ({"file": "nowhere/r.xlsx"}, "nowhere"),
    ],
)
def test_the_command_refuses_what_cannot_be(federation, tmp_path, options, says):
    file = tmp_path / options.pop("file", "r.xlsx")
    with pytest.raises(CommandError, match=says):
        call_command("register_sample_roster", file, **options)


def test_a_region_without_employers_is_refused(federation, tmp_path):
    Organisation.objects.exclude(code="F330781").update(closed_on=TODAY)
    with pytest.raises(CommandError, match="has no employer"):
        call_command(
            "register_sample_roster", tmp_path / "r.xlsx", organisation="F330781"
        )
