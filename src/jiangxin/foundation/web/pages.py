"""One address serves a page and its fragment."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers


def wants_fragment(request: HttpRequest) -> bool:
    """Return whether htmx asks for a part of the page that the browser shows already.

    A boosted link and a step back in the history want the page whole.
    """
    htmx = getattr(request, "htmx", None)
    if not htmx:
        return False
    return not (htmx.boosted or htmx.history_restore_request)


def page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    fragment: str = "",
    status: int = 200,
) -> HttpResponse:
    """Render `template`, or only its partial `fragment` when htmx asks for one.

    fragment: a `partialdef` of that template, or `other.html#name` when the partial
    stands in a template it includes.
    """
    name = template
    if fragment and wants_fragment(request):
        name = fragment if "#" in fragment else f"{template}#{fragment}"
    response = render(request, name, dict(context or {}), status=status)
    # The same address answers in two ways, so caches must tell them apart.
    patch_vary_headers(response, ["HX-Request"])
    return response
