import pytest

from jiangxin.foundation import parts
from jiangxin.foundation.parts import MenuItem, Part, brought, register_part


@pytest.fixture
def no_parts(monkeypatch):
    monkeypatch.setattr(parts, "_parts", {})


ONE = MenuItem("desk", "One", "one:list", "list")
TWO = MenuItem("desk", "Two", "two:list", "list")


@pytest.mark.usefixtures("no_parts")
def test_what_parts_bring_is_collected_by_kind_in_order():
    register_part(Part("one", "One", "", brings=("text", ONE)))
    register_part(Part("two", "Two", "", brings=(TWO, 3)))
    assert brought(MenuItem) == [ONE, TWO]
    assert brought(int) == [3]
    assert [part.key for part in parts.parts()] == ["one", "two"]


@pytest.mark.usefixtures("no_parts")
def test_registering_a_part_again_changes_nothing():
    part = Part("one", "One", "")
    register_part(part)
    register_part(part)
    assert parts.parts() == [part]


@pytest.mark.usefixtures("no_parts")
def test_two_parts_of_one_name_are_a_fault():
    register_part(Part("one", "One", ""))
    with pytest.raises(ValueError, match="one"):
        register_part(Part("one", "Another", ""))
