"""Service files: what is wrong is named with file, line and place."""

from dataclasses import replace
from pathlib import Path

import pytest

from jiangxin.kernel.matters.enums import Channel, FieldKind, ServiceSubject, StopKind
from jiangxin.kernel.matters.rules.clock import DayUnit, LimitKind
from jiangxin.kernel.matters.rules.reading import NEEDED, read_service
from jiangxin.kernel.policy.rules.places import PolicyFault

SERVICES = Path(__file__).parent.parent / "services"
TEXT = (SERVICES / "permit.yaml").read_text(encoding="utf-8")


def read(text, part="trial"):
    return read_service(text, file="permit.yaml", part=part)


def line_of(words):
    before, _words, _after = TEXT.partition(words)
    return before.count("\n") + 1


def test_a_service_is_read_whole():
    service = read(TEXT)
    assert service.code == "trial.permit"
    assert service.subject is ServiceSubject.ORGANISATION
    assert service.channels == (Channel.ONLINE, Channel.WINDOW, Channel.PROXY)
    assert [one.limit.kind for one in service.limits] == [
        LimitKind.STATUTORY,
        LimitKind.PROMISED,
    ]
    assert service.acceptance.limit.unit is DayUnit.WORKING
    assert service.step("publicity").stops is StopKind.EXCLUDED
    assert service.field("years").kind is FieldKind.CHOICE
    assert [one.key for one in service.materials if one.may_follow] == ["form"]
    assert service.organisation_kinds == ("grassroots_union",)
    assert service.handed_out.en == "Permit"


def test_every_change_of_the_file_is_another_version_and_keeps_its_text():
    service, other = read(TEXT), read(TEXT + "# \n")
    assert service.version != other.version
    assert (service.text, other.text) == (TEXT, TEXT + "# \n")
    assert replace(other, version=service.version) == service


def test_steps_follow_each_other_to_the_end():
    service = read(TEXT)
    first = service.step_after("")
    second = service.step_after(first.key)
    assert (first.key, second.key) == ("review", "publicity")
    assert service.step_after(second.key) is None


# What is changed, to what, on which line the fault then is, and what it says.
FAULTS = [
    (
        "code: trial.permit",
        "code: permit",
        "code:",
        "'permit' is not a name like trial",
    ),
    ("code: trial.permit", "code: other.permit", "code:", "is not a name like trial"),
    ("subject: organisation", "subject: firm", "subject:", "firm"),
    ("[online, window, proxy]", "[online, post]", "channels:", "post"),
    ("[online, window, proxy]", "[]", "channels:", "is an empty list"),
    ("days: 2, unit: working", "days: 0, unit: working", "acceptance:", "0"),
    ("days: 15, unit: natural", "days: x, unit: natural", "kind: statutory", "whole"),
    ("days: 15, unit: natural", "days: 15, unit: week", "kind: statutory", "week"),
    ("kind: promised, days: 5", "kind: statutory, days: 5", "limits:", "twice"),
    ("supplements: {days: 10", "supplements: {days: 0", "supplements:", "below one"),
    ("source: 《测试办法》第六条}", "why: x}", "promises:", "'why' is not one of"),
    (
        "    source: 《行政许可法》第四十五条\n",
        "",
        "key: publicity",
        "names the source",
    ),
    ("stops: excluded", "stops: never", "stops:", "never"),
    ("key: chair,", "key: name,", "fields:", "'name' stands here twice"),
    ("kind: text}", "kind: tekst}", "{key: chair", "tekst"),
    ("kind: date,", "kind: choice,", "{key: since", "choices go with"),
    ("needed: false}", "needed: maybe}", "{key: since", "neither true nor false"),
    ("form: copy,", "form: fax,", "{key: approval", "fax"),
    ("key: form,", "key: approval,", "materials:", "'approval' stands here twice"),
    ("title: {zh-hans: 试办许可, en", "title: {zh: 试办许可, en", "title:", "zh"),
    ("document: 《测试办法》", "document: ''", "document:", "is empty"),
]


@pytest.mark.parametrize(("words", "instead", "where", "said"), FAULTS)
def test_a_fault_is_named_with_its_file_and_line(words, instead, where, said):
    assert words in TEXT
    with pytest.raises(PolicyFault) as fault:
        read(TEXT.replace(words, instead, 1))
    assert fault.value.file == "permit.yaml"
    assert said in fault.value.problem
    # A list's own node begins at its first line, not at its key.
    assert 0 <= fault.value.line - line_of(where) <= 1


@pytest.mark.parametrize("name", NEEDED)
def test_what_has_to_be_there_and_is_not_is_named(name):
    lines = TEXT.splitlines(keepends=True)
    start = next(n for n, line in enumerate(lines) if line.startswith(f"{name}:"))
    end = start + 1
    while end < len(lines) and lines[end].startswith(" "):
        end += 1
    with pytest.raises(PolicyFault, match=f"'{name}' is missing"):
        read("".join(lines[:start] + lines[end:]))


def test_what_no_service_has_is_refused():
    with pytest.raises(PolicyFault, match="'fee' is not one of"):
        read(TEXT + "fee: 0\n")
