import pytest
from django.core.management import CommandError

from jiangxin.cli import _joined, main


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


@pytest.mark.django_db
def test_a_command_runs_by_its_two_words(capsys):
    main(["trail", "verify"])
    assert "0 events" in capsys.readouterr().out


@pytest.mark.django_db
def test_a_refusal_of_a_command_ends_with_an_exit_code(capsys):
    with pytest.raises((SystemExit, CommandError)):
        main(["register", "import-roster", "nowhere.xlsx", "--organisation", "X"])
    assert "nowhere.xlsx" in capsys.readouterr().err
