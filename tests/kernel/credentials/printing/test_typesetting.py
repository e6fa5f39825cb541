"""Certificates are set: legible to people, cameras, screen readers and archives."""

import re
import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jiangxin.kernel.credentials.printing.facts import Line, Sheet
from jiangxin.kernel.credentials.printing.typesetting import render, render_for_printing
from tests.kernel.credentials.printing import paper

RARE = "䶮㛃𬭊𫖯𣲗㙦𬱖"
SAMPLES = {
    Sheet.HONOUR: paper.honour(),
    Sheet.SKILL: paper.listing(),
    Sheet.LEGAL_PERSON: paper.listing(Sheet.LEGAL_PERSON),
}

every_sheet = pytest.mark.parametrize("facts", SAMPLES.values(), ids=SAMPLES)


@every_sheet
def test_the_qr_code_on_the_page_leads_to_the_verify_page(facts):
    assert paper.codes_in(render(facts)) == [paper.ADDRESS]


@every_sheet
def test_the_qr_code_is_read_from_a_poor_copy(facts):
    assert paper.codes_in(render(facts), dots_an_inch=72) == [paper.ADDRESS]


@every_sheet
def test_a_certificate_says_that_it_is_archivable_and_accessible(facts):
    document = render(facts)
    metadata = document[document.index(b"<x:xmpmeta") : document.index(b"</x:xmpmeta")]
    assert b"<pdfaid:part>3</pdfaid:part>" in metadata
    assert b"<pdfaid:conformance>A</pdfaid:conformance>" in metadata
    assert b"<pdfuaid:part>1</pdfuaid:part>" in metadata


@every_sheet
def test_the_text_of_a_certificate_can_be_copied(facts):
    text = paper.text_of(render(facts))
    for expected in (facts.heading, facts.issuer, "2026年5月1日", paper.CODE):
        assert expected in text
    for line in facts.lines:
        assert line.label in text
        assert line.value in text


@every_sheet
def test_a_certificate_is_one_page(facts):
    assert paper.pages_of(render(facts)) == 1


def test_sheets_lie_or_stand():
    assert paper.size_of(render(paper.honour())) == (297, 210)
    assert paper.size_of(render(paper.listing())) == (210, 297)
    assert paper.size_of(render(paper.listing(Sheet.LEGAL_PERSON))) == (297, 210)


def test_the_credential_is_inside_the_certificate():
    document = render(paper.honour())
    assert document.count(b"/AFRelationship/Data") == 1
    assert document.count(b"(credential.json)") > 0
    assert document.count(b'{"id": "urn:example"}') == 1


def test_the_same_facts_give_the_same_bytes():
    assert render(paper.honour()) == render(paper.honour())


def test_every_font_is_embedded():
    document = render(paper.honour())
    described = document.count(b"/Type/FontDescriptor")
    assert described == len(re.findall(rb"/FontFile\d? \d+ 0 R", document))
    assert described > 0


def test_rare_characters_are_set():
    assert RARE in paper.text_of(render(paper.honour(salutation=RARE)))


@pytest.mark.parametrize("length", [2, 10, 30])
def test_names_of_any_length_fit_on_one_page(length):
    name = ("买买提·吐尔逊江" * 5)[:length]
    lines = (Line("姓名", name),)
    for facts in (
        paper.honour(holder=name, salutation=f"{name}同志："),
        paper.listing(holder=name, lines=lines),
        paper.listing(Sheet.LEGAL_PERSON, holder=name, lines=lines),
    ):
        document = render(facts)
        assert name in paper.text_of(document)
        assert paper.pages_of(document) == 1
        assert paper.codes_in(document) == [paper.ADDRESS]


def test_a_long_sentence_is_set_smaller_and_stays_on_the_page():
    sentence = "在劳动和技能竞赛中成绩突出，" * 40
    document = render(paper.honour(sentence=sentence))
    assert paper.pages_of(document) == 1
    assert paper.codes_in(document) == [paper.ADDRESS]


def test_many_long_facts_are_set_smaller_and_stay_on_the_page():
    lines = tuple(Line(f"事项{n}", "浦江县某某行业协会" * 6) for n in range(9))
    for sheet in (Sheet.SKILL, Sheet.LEGAL_PERSON):
        document = render(paper.listing(sheet, lines=lines))
        assert paper.pages_of(document) == 1
        assert paper.codes_in(document) == [paper.ADDRESS]


def test_a_demonstration_says_so():
    shown = paper.text_of(render(paper.honour(is_demonstration=True)))
    assert "不具有法律效力" in shown
    assert "不具有法律效力" not in paper.text_of(render(paper.honour()))


def test_a_demonstration_mark_leaves_the_code_legible():
    document = render(paper.listing(is_demonstration=True))
    assert paper.codes_in(document) == [paper.ADDRESS]


def test_a_later_print_says_which_it_is():
    assert "第3次打印" in paper.text_of(render(paper.honour(copy_number=3)))
    assert "次打印" not in paper.text_of(render(paper.honour(copy_number=1)))


def test_a_printing_run_has_a_page_for_each():
    run = [paper.honour(salutation=f"王{n}同志：", code=f"code{n}") for n in range(3)]
    document = render_for_printing(run)
    assert paper.pages_of(document) == 3
    for number in range(3):
        assert f"王{number}同志" in paper.text_of(document, number)


def test_a_printing_run_is_of_one_sheet():
    with pytest.raises(ValueError, match="unpack"):
        render_for_printing([paper.honour(), paper.listing()])


@settings(max_examples=25)
@given(st.text(string.punctuation + "张三\n\t{}#$*_`<>@", min_size=1, max_size=40))
def test_what_is_typed_is_never_read_as_an_instruction(text):
    """Signs that mean something to the typesetter are shown as they are."""
    lines = (Line("名称", text),)
    document = render(paper.listing(holder=text, lines=lines, sentence=text))
    assert paper.pages_of(document) == 1
    assert paper.codes_in(document) == [paper.ADDRESS]


def test_signs_that_mean_something_to_the_typesetter_are_shown():
    text = '#panic("x")*_$`@<a>'
    shown = paper.text_of(render(paper.listing(sentence=text)))
    assert text in shown
