import argparse
import re
from pathlib import Path

import pytest
from django.core.management.base import BaseCommand
from django.db.models import TextChoices

import jiangxin
from jiangxin.foundation.errors import Refused
from jiangxin.foundation.reference import markdown
from jiangxin.foundation.reference.pages import commands, refusals, settings, states

PACKAGE = Path(jiangxin.__file__).parent


def test_each_variable_of_the_environment_is_in_the_table_once():
    source = "".join(
        (PACKAGE / "project" / name).read_text(encoding="utf-8")
        for name in ("settings.py", "env.py")
    )
    read = re.findall(r'\b\w+\(\s*"(JIANGXIN_\w+)"', source)
    assert sorted(variable.name for variable in settings.VARIABLES) == sorted(set(read))


@pytest.mark.parametrize(
    ("name", "spoken"),
    [
        ("register_import_roster", "register import-roster"),
        ("docs_build", "docs build"),
        ("worker", "worker"),
    ],
)
def test_spoken_name_is_what_one_types(name, spoken):
    assert commands.spoken_name(name) == spoken


class Sample(BaseCommand):
    help = "Do something."

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FILE", help="what to read")
        parser.add_argument("more", nargs="*")
        parser.add_argument("--kind", choices=["a", "b"], required=True)
        parser.add_argument("--port", type=int, default=0, help="%(dest)s to use")
        parser.add_argument("-n", "--dry-run", action="store_true")
        parser.add_argument("--hidden", help=argparse.SUPPRESS)


def test_a_command_is_described_by_its_own_arguments():
    text = commands._command("sample_do", Sample())
    assert (
        "jiangxin sample do FILE [MORE ...] --kind KIND [--port PORT] [--dry-run]"
        in (text)
    )
    assert "| `--kind KIND` | (one of a, b) |" in text
    assert "| `--port PORT` | port to use (default: 0) |" in text
    assert "| `-n, --dry-run` |  |" in text
    assert "hidden" not in text
    assert "verbosity" not in text


class Light(TextChoices):
    RED = "red", "Red"
    GREEN = "green", "Green"


def test_states_are_drawn_from_the_first_to_those_that_end():
    text = states._page("road", {Light.RED: (Light.GREEN,), Light.GREEN: ()})
    assert "## Light (road)" in text
    assert "[*] --> red" in text
    assert "red --> green" in text
    assert "green --> [*]" in text
    assert "| `green` | Green | final |" in text


def test_each_table_of_moves_names_every_state():
    for part, moves in states.tables_of_moves():
        kind = type(next(iter(moves)))
        assert set(moves) == set(kind), part


def test_refusals_have_codes_of_their_own_and_a_text():
    found = refusals.refusals()
    codes = [kind.code for kind in found]
    assert len(set(codes)) == len(codes)
    for kind in found:
        part = kind.__module__.split(".")[2]
        assert kind.code.startswith(f"{part}."), kind
        assert str(kind.text)


def test_refusals_leave_out_those_only_inherited_from():
    class Base(Refused):
        pass

    class Real(Base):
        code = "test.real"
        text = "No."

    assert list(refusals._below(Base)) == [Real]


def test_a_table_keeps_its_columns_whatever_is_in_a_cell():
    assert markdown.table(["A"], [["x | y\nz"]]).splitlines()[-1] == "| x \\| y z |"
    assert markdown.table(["A"], []) == ""


def test_in_both_adds_the_chinese_where_there_is_one():
    from django.utils.translation import gettext_lazy

    assert markdown.in_both("Nothing to translate") == "Nothing to translate"
    assert markdown.in_both(gettext_lazy("Monday")) == "Monday · 星期一"
