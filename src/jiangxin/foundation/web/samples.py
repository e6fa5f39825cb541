"""What the style guide shows; the words are in samples.yaml."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import yaml
from django import forms
from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest

from jiangxin.foundation.ui import components
from jiangxin.foundation.ui.forms import DateInput
from jiangxin.foundation.web.listing import (
    ChoiceFilter,
    Column,
    DateRangeFilter,
    Listing,
    Search,
)
from jiangxin.foundation.web.listing.paging import Slice
from jiangxin.foundation.web.listing.view import ListState

WORDS = Path(__file__).with_name("samples.yaml")


class SampleForm(forms.Form):
    """Every kind of field; bound to nothing it shows every kind of error."""

    name = forms.CharField(help_text="As on the identity card.")
    education = forms.ChoiceField(choices=[("", "–"), ("college", "College")])
    born_on = forms.DateField(widget=DateInput)
    story = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), required=False)
    roster = forms.FileField(help_text=".xlsx or .csv, up to 20 MB.")
    sex = forms.ChoiceField(
        choices=[("f", "Woman"), ("m", "Man")], widget=forms.RadioSelect
    )
    skills = forms.MultipleChoiceField(
        choices=[("weld", "Welding"), ("turn", "Turning")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    agreed = forms.BooleanField(label="I agree", help_text="You may withdraw it.")


class SampleList(ListState):
    """A list whose rows come from the words, so that no table is needed."""

    def show(self, rows: list[Any], *, count: int) -> "SampleList":
        self.slice = Slice(rows, count, is_more=False, number=1, pages=9, size=25)
        return self


def context(request: HttpRequest) -> dict[str, Any]:
    words = yaml.safe_load(WORDS.read_text(encoding="utf-8"))

    def made(kind: str, name: str) -> list[Any]:
        return [getattr(components, kind)(**each) for each in words[name]]

    last = len(words["crumbs"]) - 1
    return {
        "title": words["title"],
        "purpose": words["purpose"],
        "crumbs": [
            components.Crumb(label, "" if index == last else "#main")
            for index, label in enumerate(words["crumbs"])
        ],
        "act": components.Act("Import a roster", "#form", "upload"),
        "tabs": [
            components.Tab(label, "#main", is_current=index == 0, count=count)
            for index, (label, count) in enumerate(words["tabs"])
        ],
        "figures": words["figures"],
        "badges": words["badges"],
        "facts": made("Fact", "facts"),
        "moments": made("Moment", "moments"),
        "steps": made("Step", "steps"),
        "conditions": made("Condition", "conditions"),
        "bars": made("Bar", "bars"),
        "form": SampleForm(),
        "faulty": SampleForm({}, auto_id="faulty_%s"),
        "masked": words["facts"][1]["value"],
        **_lists(request, words),
    }


def _lists(request: HttpRequest, words: dict[str, Any]) -> dict[str, Any]:
    labels = words["columns"]
    listing = Listing(
        key="sample",
        columns=[
            Column("name", labels["name"], sort=("name",), link=lambda _: "#list"),
            Column("place", labels["place"]),
            Column("grade", labels["grade"], sort=("grade",)),
            Column("born", labels["born"], sort=("born",), align="end"),
            Column(
                "hours",
                labels["hours"],
                sort=("hours",),
                align="end",
                unit=labels["hours_unit"],
            ),
            Column("state", labels["state"], template="ui/listing/_state.html"),
        ],
        filters=[
            Search(("name__contains",)),
            ChoiceFilter(
                "place",
                labels["place"],
                [(row["place"], row["place"]) for row in words["rows"]],
            ),
            DateRangeFilter("born", labels["born"]),
        ],
        export=True,
    )
    rows = [SimpleNamespace(**row) for row in words["rows"]]
    nothing = ContentType.objects.none()
    return {
        "list": SampleList(listing, request, nothing).show(rows, count=135_204),
        "no_list": SampleList(
            Listing(key="nothing", columns=listing.columns), request, nothing
        ).show([], count=0),
    }
