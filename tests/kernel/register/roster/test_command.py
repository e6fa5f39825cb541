import stat

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from jiangxin.kernel.register.models import Person, RosterImport
from tests.kernel.register.roster.making import contents, read_sheet, row, workbook

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def roster_file(tmp_path):
    path = tmp_path / "花名册.xlsx"
    path.write_bytes(workbook(row(1), row(2, phone="123")))
    return path


def run(path, **options):
    call_command("register_import_roster", path, **{"organisation": "F1", **options})


def test_it_writes_the_roster_and_says_what_became_of_it(world, roster_file, capsys):
    run(roster_file)
    said = capsys.readouterr()
    assert "1  new people" in said.out
    assert "1  Refused · Mobile phone: " in said.out
    assert "Writing people …" in said.err
    assert Person.objects.count() == 1


def test_refused_rows_lie_beside_the_file_for_its_owner_alone(
    world, roster_file, capsys
):
    beside = roster_file.with_name("花名册.refused.xlsx")
    beside.write_text("from last month, and readable by all")
    beside.chmod(0o644)
    run(roster_file)
    assert str(beside) in capsys.readouterr().out
    assert stat.S_IMODE(beside.stat().st_mode) == 0o600
    assert read_sheet(beside.read_bytes())[1][0] == "测试三"


def test_refused_rows_that_cannot_lie_there_are_still_at_the_desk(
    world, roster_file, capsys
):
    roster_file.with_name("花名册.refused.xlsx").mkdir()
    run(roster_file)
    assert "at the desk" in capsys.readouterr().err
    assert RosterImport.objects.get().state == "applied"


def test_nothing_lies_beside_a_file_without_refused_rows(world, tmp_path):
    (tmp_path / "r.xlsx").write_bytes(workbook(row(1)))
    run(tmp_path / "r.xlsx")
    assert [path.name for path in tmp_path.glob("*.xlsx")] == ["r.xlsx"]


def test_a_dry_run_writes_nothing_and_counts_the_same(world, roster_file, capsys):
    before = contents()
    run(roster_file, dry_run=True)
    said = capsys.readouterr().out
    assert "1  new people" in said
    assert "Nothing was written" in said
    assert contents() == before
    assert len(list(roster_file.parent.glob("*.xlsx"))) == 1


@pytest.mark.parametrize("is_dry", [True, False])
@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"organisation": "F9"}, "No organisation has the code F9"),
        ({"path": "nowhere.xlsx"}, "No such file"),
        ({"path": "."}, "Is a directory"),
        ({"content": b"not a workbook"}, "could not be read as a table"),
        ({"content": workbook({"post": "甲"})}, "No heading was recognised for: "),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_written(
    world, roster_file, options, says, is_dry
):
    options = dict(options)
    path = roster_file.parent / options.pop("path", roster_file.name)
    if content := options.pop("content", None):
        roster_file.write_bytes(content)
    before = contents()
    with pytest.raises(CommandError, match=says) as refusal:
        run(path, dry_run=is_dry, **options)
    assert refusal.value.returncode == 1
    assert contents() == before


def test_an_organisation_may_be_named_by_its_credit_code(world, roster_file):
    world.federation.credit_code = "81330781MC0000000X"
    world.federation.save()
    run(roster_file, organisation="81330781mc0000000x")
    assert RosterImport.objects.get().organisation == world.federation


def test_it_tells_warnings_from_refusals(world, tmp_path, capsys):
    path = tmp_path / "r.xlsx"
    path.write_bytes(workbook(row(1, occupation="说不清的活")))
    run(path)
    said = capsys.readouterr().out
    assert "1  Warning · Occupation: " in said
    assert "Refused ·" not in said


def test_it_speaks_the_language_of_the_platform(world, roster_file, capsys):
    with translation.override("zh-hans"):
        run(roster_file)
    said = capsys.readouterr()
    assert "新登记职工" in said.out
    assert "Refused" not in said.out
    assert "people" not in said.err
