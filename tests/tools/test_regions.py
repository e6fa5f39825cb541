import csv

import pytest

from tools import regions
from tools.regions import Region

FILES = {
    "provinces": ["33,浙江省", "36,江西省"],
    "cities": ["3307,金华市", "3611,上饶市"],
    "areas": ["330726,浦江县", "361126,弋阳县"],
    "streets": ["330726100,浦南街道", "361126100,弋江镇"],
    "villages": ["330726100001,某村", "361126100001,某村"],
}


@pytest.fixture
def package(tmp_path):
    for name, lines in FILES.items():
        (tmp_path / f"{name}.csv").write_text("\n".join(["code,name", *lines]))
    (tmp_path / "HK-MO-TW.json").write_text('{"澳门特别行政区": {"澳门半岛": []}}')
    return tmp_path


@pytest.mark.parametrize(
    ("code", "parent"),
    [
        ("33", ""),
        ("3307", "33"),
        ("330726", "3307"),
        ("330726100", "330726"),
        ("330726100001", "330726100"),
    ],
)
def test_parent_of_a_code_is_the_code_one_level_up(code, parent):
    assert regions.parent_of(code) == parent


def test_zhejiang_goes_to_the_village_and_other_provinces_to_the_county(package):
    codes = {region.code for region in regions.read(package)}
    assert "330726100001" in codes
    assert "361126" in codes
    assert "361126100" not in codes


def test_provinces_listed_by_name_get_their_code(package):
    assert Region("82", "澳门特别行政区", "") in set(regions.read(package))


def test_a_region_without_its_parent_is_refused():
    with pytest.raises(regions.MissingParent, match="330726"):
        regions.check_parents([Region("33", "", ""), Region("330726", "", "3307")])


def test_write_gives_one_line_a_region_parents_first(package, tmp_path):
    to = tmp_path / "data" / "regions.csv"
    assert regions.write(package, to=to) == 9
    with to.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    assert rows[0] == {"code": "33", "name": "浙江省", "parent": ""}
    assert [len(row["code"]) for row in rows] == sorted(
        len(row["code"]) for row in rows
    )
