import re

import pytest
from django import forms

from jiangxin.foundation.ui.forms import DateInput, class_of


@pytest.fixture(autouse=True)
def in_english(settings):
    settings.LANGUAGE_CODE = "en"


class Worker(forms.Form):
    name = forms.CharField(help_text="As on the card.")
    grade = forms.ChoiceField(choices=[("3", "senior")], required=False)
    born_on = forms.DateField(widget=DateInput)
    sex = forms.ChoiceField(choices=[("f", "Woman")], widget=forms.RadioSelect)
    agreed = forms.BooleanField()
    roster_id = forms.IntegerField(widget=forms.HiddenInput)

    def clean(self):
        raise forms.ValidationError("The two do not agree.")


def test_fresh_form_shows_labels_help_and_what_is_optional():
    html = str(Worker())
    assert '<label class="form-label" for="id_name">Name</label>' in html
    assert "As on the card." in html
    assert html.count("(optional)") == 1
    assert "notice" not in html
    assert html.count('type="hidden"') == 1


def test_faulty_form_begins_with_links_to_what_is_wrong():
    html = str(Worker({"name": ""}))
    summary = html[: html.index('class="field"')]
    assert "The two do not agree." in summary
    for field in ("name", "born_on", "sex", "agreed"):
        assert f'href="#id_{field}"' in summary
        assert f'id="id_{field}"' in html
    assert 'role="alert"' in summary


def test_error_and_help_are_tied_to_their_field():
    html = str(Worker({}))
    tied = re.search(r'<input type="text"[^>]*aria-describedby="([^"]*)"', html)
    assert tied.group(1) == "id_name_helptext id_name_error"
    for name in tied.group(1).split():
        assert f'id="{name}"' in html
    assert '<fieldset class="field" aria-describedby="id_sex_error">' in html


def test_ids_are_used_once():
    ids = re.findall(r'\sid="([^"]*)"', str(Worker({})))
    assert len(ids) == len(set(ids))


def test_fields_get_the_class_of_their_kind_beside_their_own():
    class Styled(forms.Form):
        code = forms.CharField(widget=forms.TextInput({"class": "narrow"}))

    assert 'class="narrow form-control"' in str(Styled())
    assert 'class="narrow form-control is-invalid"' in str(Styled({}))
    assert class_of(forms.Widget()) == ""


def test_date_is_sent_and_shown_as_the_browser_wants_it():
    html = str(Worker(initial={"born_on": "1988-03-05"})["born_on"])
    assert 'type="date"' in html
    assert 'value="1988-03-05"' in html
