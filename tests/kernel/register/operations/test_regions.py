from dataclasses import replace

import pytest
from django.core.management import CommandError, call_command

from jiangxin.foundation.actor import SYSTEM
from jiangxin.foundation.clock.working_days import today
from jiangxin.foundation.trail.queries import events_of
from jiangxin.kernel.register.models import Region
from jiangxin.kernel.register.operations import regions
from jiangxin.kernel.register.operations.regions import RegionRow, RegionsDone

pytestmark = pytest.mark.django_db
ROWS = [
    RegionRow("33", "浙江省", ""),
    RegionRow("3307", "金华市", "33"),
    RegionRow("330726", "浦江县", "3307"),
    RegionRow("330726100", "岩头镇", "330726"),
    RegionRow("330726100001", "某村", "330726100"),
]


def load(rows, now):
    return regions.load_regions(rows, actor=SYSTEM, now=now)


def write(path, *lines):
    path.write_text("\n".join(["code,name,parent", *lines, ""]), encoding="utf-8")
    return path


def test_list_is_loaded_once(now):
    assert load(ROWS, now) == RegionsDone(5, 0, 0)
    assert load(ROWS, now) == RegionsDone(0, 0, 0)
    village = Region.objects.get(pk="330726100001")
    assert (village.level, village.parent_id) == (5, "330726100")
    assert events_of("register:regions").count() == 1


def test_changed_name_is_changed_and_recorded(now):
    load(ROWS, now)
    changed = [*ROWS[:3], replace(ROWS[3], name="新镇"), ROWS[4]]
    assert load(changed, now) == RegionsDone(0, 1, 0)
    assert Region.objects.get(pk="330726100").name == "新镇"
    assert events_of("region:330726100").get().kind == "register.region_renamed"


def test_region_no_longer_listed_is_closed_and_opens_again(now):
    load(ROWS, now)
    assert load(ROWS[:4], now) == RegionsDone(0, 0, 1)
    assert Region.objects.get(pk="330726100001").valid_to == today(now)
    assert load(ROWS[:4], now) == RegionsDone(0, 0, 0)
    assert load(ROWS, now) == RegionsDone(0, 1, 0)
    assert Region.objects.get(pk="330726100001").valid_to is None


@pytest.mark.parametrize(
    "lines",
    [
        ["330,某省,"],
        ["33,,"],
        ["3307,金华市,33"],
        ["33,浙江省,", "33,浙江省,"],
        ["33,浙江省,", "4407,某市,33"],
    ],
)
def test_broken_list_is_refused_with_its_line(tmp_path, lines):
    with pytest.raises(regions.RegionListBroken) as refused:
        regions.read_regions(write(tmp_path / "regions.csv", *lines))
    assert refused.value.values["line"] == len(lines) + 1


def test_command_loads_or_only_counts(tmp_path, capsys):
    path = write(tmp_path / "regions.csv", "33,浙江省,", "3307,金华市,33")
    call_command("register_load_regions", str(path), "--dry-run")
    assert not Region.objects.exists()
    call_command("register_load_regions", str(path))
    assert Region.objects.count() == 2
    assert "2 added" in capsys.readouterr().out


def test_command_says_what_is_missing(tmp_path):
    with pytest.raises(CommandError, match="make setup"):
        call_command("register_load_regions", str(tmp_path / "none.csv"))


def test_the_whole_list_loads_in_a_moment(now, tmp_path):
    towns = [
        RegionRow(f"33{c:02}{n:02}{t:03}", f"镇{t}", f"33{c:02}{n:02}")
        for c in range(1, 12)
        for n in range(1, 11)
        for t in range(270)
    ]
    counties = [
        RegionRow(f"33{c:02}{n:02}", f"县{n}", f"33{c:02}")
        for c in range(1, 12)
        for n in range(1, 11)
    ]
    cities = [RegionRow(f"33{c:02}", f"市{c}", "33") for c in range(1, 12)]
    rows = [ROWS[0], *cities, *counties, *towns]
    assert load(rows, now).added == len(rows)
