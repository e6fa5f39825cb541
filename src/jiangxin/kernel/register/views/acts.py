"""One act, one form, one page: what the register's and credentials' forms share."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from jiangxin.foundation.errors import Refused
from jiangxin.foundation.parts import Text
from jiangxin.foundation.ui.components import Act, Crumb
from jiangxin.foundation.web import Request, page


@dataclass(frozen=True)
class ActPage:
    """A page around a form.

    fields: at which field a refusal, by its code, is shown. other: the act that some
    come for instead.
    """

    title: Text
    submit: Text
    done: Text
    back_url: str
    purpose: Text = ""
    crumbs: Sequence[Crumb] = ()
    other: Act | None = None
    fields: Mapping[str, str] = field(default_factory=dict)


def act_page(
    request: Request,
    form: forms.Form,
    act: Callable[[dict[str, Any]], object],
    shown: ActPage,
    *,
    url_after: Callable[[Any], str] | None = None,
    template: str = "register/_act.html",
    extra: Mapping[str, object] | None = None,
) -> HttpResponse:
    """Show the form; once it is valid, do the act and go on, or say why not.

    url_after: where to go with what the act returned; back when not given. template:
    one that extends register/_act.html, and `extra`, what it shows besides.
    """
    if request.method == "POST" and form.is_valid():
        try:
            result = act(form.cleaned_data)
        except Refused as refusal:
            name = shown.fields.get(refusal.code)
            form.add_error(name if name in form.fields else None, refusal.message)
        else:
            messages.success(request, str(shown.done))
            return redirect(url_after(result) if url_after else shown.back_url)
    context = {"form": form, "shown": shown, "crumbs": shown.crumbs, **(extra or {})}
    return page(request, template, context)
