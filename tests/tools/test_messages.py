import polib
import pytest

from tools import messages
from tools.messages import Message


def _entry(text, translation="", **more):
    return polib.POEntry(msgid=text, msgstr=translation, **more)


def _catalogue(*entries):
    catalogue = polib.POFile()
    catalogue.extend(entries)
    return catalogue


def test_messages_of_python_are_found_with_context_and_plural():
    source = b"""
a = _("Sign in")
b = pgettext_lazy("verb", "Open")
c = ngettext("%(n)s row", "%(n)s rows", n)
d = other("not this")
"""
    assert set(messages.messages_of_python(source)) == {
        Message("Sign in"),
        Message("Open", context="verb"),
        Message("%(n)s row", plural="%(n)s rows"),
    }


def test_messages_of_a_template_are_found_however_it_is_indented():
    source = """
    <p>{% translate "Sign in" %}</p>
  {% blocktranslate trimmed count n=rows %}
      {{ n }} row
    {% plural %}
      {{ n }} rows
  {% endblocktranslate %}
 <a title="{% translate 'Open' context 'verb' %}">{{ x|default:_("none") }}</a>
"""
    assert set(messages.messages_of_template(source)) == {
        Message("Sign in"),
        Message("%(n)s row", plural="%(n)s rows"),
        Message("Open", context="verb"),
        Message("none"),
    }


def test_merge_keeps_translations_drops_what_is_gone_and_sorts():
    known = _catalogue(_entry("Sign in", "登录"), _entry("Gone", "没了"))
    merged = messages.merge({Message("Sign in"), Message("Open")}, known)
    assert [(entry.msgid, entry.msgstr) for entry in merged] == [
        ("Open", ""),
        ("Sign in", "登录"),
    ]


def test_merge_of_its_own_result_changes_nothing():
    found = {Message("Sign in"), Message("%(n)s row", plural="%(n)s rows")}
    once = messages.merge(found, _catalogue())
    once[0].msgstr_plural = {0: "%(n)s 行"}
    again = messages.merge(found, polib.pofile(str(once)))
    assert str(again) == str(once)


def test_a_text_with_and_without_plural_is_one_entry():
    found = {Message("row"), Message("row", plural="rows")}
    assert len(messages.merge(found, _catalogue())) == 1


@pytest.mark.parametrize(
    ("entry", "problem"),
    [
        (_entry("Sign in"), "not translated"),
        (_entry("Sign in", "登录", flags=["fuzzy"]), "fuzzy"),
        (_entry("登录", "登录"), "not English"),
        (_entry("%(n)s rows", "行"), "placeholders"),
        (_entry("%(n)s rows", "%(m)s 行"), "placeholders"),
    ],
)
def test_problems_name_what_keeps_a_catalogue_from_being_complete(entry, problem):
    (found,) = messages.problems(_catalogue(entry))
    assert problem in found


def test_problems_find_none_in_a_complete_catalogue():
    plural = polib.POEntry(
        msgid="%(n)s row", msgid_plural="%(n)s rows", msgstr_plural={0: "%(n)s 行"}
    )
    assert list(messages.problems(_catalogue(_entry("Open", "打开"), plural))) == []
