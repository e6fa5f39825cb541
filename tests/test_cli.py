import os
import stat
import subprocess

import pytest
from django.core.management import CommandError
from django.db import DatabaseError
from django.utils import translation

from jiangxin import cli
from jiangxin.cli import _joined, main
from tests.foundation.jobs.processes import Platform


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        (["register", "import-roster", "a.xlsx"], ["register_import_roster", "a.xlsx"]),
        (["trail", "verify"], ["trail_verify"]),
        (["migrate", "register"], ["migrate", "register"]),
        (["migrate", "--plan"], ["migrate", "--plan"]),
        (["check"], ["check"]),
        ([], []),
    ],
)
def test_a_part_and_its_act_name_one_command(given, meant):
    assert _joined(given) == meant


@pytest.fixture(autouse=True)
def umask():
    """Put back what a command sets for its process."""
    before = os.umask(0o022)
    yield
    os.umask(before)


@pytest.fixture
def platform(tmp_path):
    return Platform(tmp_path)


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    "arguments", [["policy", "match"], ["trail", "verify"], ["demo", "load"]]
)
def test_a_database_without_tables_is_named_with_its_remedy(platform, arguments):
    platform.environment["JIANGXIN_DEMONSTRATION"] = "1"
    ended = platform.run(*arguments)
    assert ended.returncode == 1
    assert "jiangxin migrate" in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.sqlite_only
def test_another_fault_of_the_database_is_not_called_a_missing_table(db, monkeypatch):
    def fail(_arguments):
        raise DatabaseError

    monkeypatch.setattr(cli, "execute_from_command_line", fail)
    with pytest.raises(DatabaseError):
        main(["check"])


def test_whoever_reads_only_the_beginning_gets_no_traceback(platform):
    with subprocess.Popen(
        platform._command(["help"]),
        env=platform.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        process.stdout.close()
        assert process.stderr.read() == ""
        assert process.wait() == 1


@pytest.mark.sqlite_only
def test_the_database_is_its_owners_alone(platform):
    assert platform.run("migrate", "jobs").returncode == 0
    readable = [
        path
        for path in [platform.database, *platform.folder.rglob("*")]
        if stat.S_IMODE(path.stat().st_mode) & 0o077
    ]
    assert platform.database.exists()
    assert readable == []


@pytest.mark.django_db
def test_a_command_runs_by_its_two_words(capsys):
    with translation.override("en"):
        main(["trail", "verify"])
    assert "0 events" in capsys.readouterr().out


@pytest.mark.django_db
def test_a_refusal_of_a_command_ends_with_an_exit_code(capsys):
    with pytest.raises((SystemExit, CommandError)):
        main(["register", "import-roster", "nowhere.xlsx", "--organisation", "X"])
    assert "nowhere.xlsx" in capsys.readouterr().err
