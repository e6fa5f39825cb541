from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from jiangxin.project import env


@pytest.mark.parametrize(
    ("given", "meant"),
    [("1", True), ("yes", True), ("TRUE", True), ("0", False), ("off", False)],
)
def test_a_flag_is_read_however_it_is_said(monkeypatch, given, meant):
    monkeypatch.setenv("JIANGXIN_X", given)
    assert env.flag("JIANGXIN_X", default=not meant) is meant


def test_a_flag_that_is_not_set_has_its_default(monkeypatch):
    monkeypatch.delenv("JIANGXIN_X", raising=False)
    assert env.flag("JIANGXIN_X", default=True) is True


def test_a_flag_that_says_neither_is_refused_with_the_remedy(monkeypatch):
    monkeypatch.setenv("JIANGXIN_X", "maybe")
    with pytest.raises(ImproperlyConfigured, match=r"JIANGXIN_X=.*set it to 1 or 0"):
        env.flag("JIANGXIN_X", default=False)


def test_words_are_parted_by_commas_and_spaces(monkeypatch):
    monkeypatch.setenv("JIANGXIN_X", "a.example, b.example  c.example")
    assert env.words("JIANGXIN_X", ()) == ["a.example", "b.example", "c.example"]


def test_the_database_is_a_file_unless_said_otherwise(monkeypatch, tmp_path):
    monkeypatch.delenv("JIANGXIN_X", raising=False)
    assert env.database("JIANGXIN_X", tmp_path / "a.sqlite3")["NAME"] == (
        tmp_path / "a.sqlite3"
    )


def test_another_file_can_be_named(monkeypatch):
    monkeypatch.setenv("JIANGXIN_X", "sqlite:other.sqlite3")
    assert env.database("JIANGXIN_X", Path("a"))["NAME"] == Path("other.sqlite3")


def test_an_address_of_postgresql_is_taken_apart(monkeypatch):
    monkeypatch.setenv("JIANGXIN_X", "postgresql://u%40x:p%2Fw@db.example:5433/jx")
    found = env.database("JIANGXIN_X", Path("a"))
    assert (found["USER"], found["PASSWORD"]) == ("u@x", "p/w")
    assert (found["HOST"], found["PORT"], found["NAME"]) == ("db.example", "5433", "jx")


@pytest.mark.parametrize("given", ["mysql://a/b", "postgresql://host", "nonsense"])
def test_an_address_of_nothing_known_is_refused_with_the_remedy(monkeypatch, given):
    monkeypatch.setenv("JIANGXIN_X", given)
    with pytest.raises(ImproperlyConfigured, match="give sqlite:PATH or"):
        env.database("JIANGXIN_X", Path("a"))
