"""The components, as tags: `{% load ui %}`. Every one is shown at /styleguide/."""

from collections.abc import Sequence
from functools import cache
from math import ceil
from typing import Any

from django import template
from django.forms.utils import flatatt
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from jiangxin.foundation.parts import Door
from jiangxin.foundation.ui import menus
from jiangxin.foundation.ui.components import (
    TONE_ICONS,
    Act,
    Bar,
    Condition,
    Crumb,
    Empty,
    Fact,
    Moment,
    Step,
    Tab,
)

register = template.Library()


@register.simple_tag
def icon(name: str, label: str = "", css: str = "") -> SafeString:
    """Draw an icon of icons.txt. label: for those who do not see it, if it is alone."""
    return _icon(name, str(label), css, static("vendor/icons.svg"))


@cache
def _icon(name: str, label: str, css: str, sprite: str) -> SafeString:
    """Drawn once in a process: pages show the same few dozen over and over."""
    attributes = (
        {"role": "img", "aria-label": label} if label else {"aria-hidden": "true"}
    )
    return format_html(
        '<svg class="icon {}" viewBox="0 0 24 24"{}><use href="{}#{}"></use></svg>',
        css,
        flatatt(attributes),
        sprite,
        name,
    )


@register.simple_tag(takes_context=True)
def door_menu(context: template.Context, door: Door) -> list[menus.MenuSection]:
    request = context.get("request")
    actor = getattr(request, "actor", None)
    return menus.menu(
        door,
        actor=actor,
        path=request.path if request else "",
        now=getattr(request, "now", None),
    )


@register.simple_tag(takes_context=True)
def bar_search(context: template.Context) -> menus.BarSearch | None:
    return menus.bar_search(getattr(context.get("request"), "actor", None))


@register.inclusion_tag("ui/_page_header.html")
def page_header(
    title: str,
    purpose: str = "",
    act_label: str = "",
    act_url: str = "",
    act_icon: str = "",
    act: Act | None = None,
    *,
    prints: bool = False,
) -> dict[str, Any]:
    """The one h1 of a page, what the page is for, and its one primary act.

    prints: whether the page is meant for paper, too, and offers it.
    """
    if act is None and act_url:
        act = Act(act_label, act_url, act_icon)
    return {"title": title, "purpose": purpose, "act": act, "prints": prints}


@register.inclusion_tag("ui/_breadcrumb.html")
def breadcrumb(crumbs: Sequence[Crumb]) -> dict[str, Any]:
    return {"crumbs": crumbs}


@register.inclusion_tag("ui/_tabs.html")
def tabs(items: Sequence[Tab], label: str = "") -> dict[str, Any]:
    return {"items": items, "label": label}


@register.simple_block_tag
def card(
    content: SafeString,
    title: str = "",
    icon: str = "",
    link_url: str = "",
    link_label: str = "",
    flush: bool = False,  # noqa: FBT001, FBT002 -- written flush=True in templates
    level: int = 2,
) -> str:
    """Put the content on a card. flush: a table or list that reaches its edges."""
    values = {
        "content": content,
        "title": title,
        "icon": icon,
        "link_url": link_url,
        "link_label": link_label,
        "flush": flush,
        "level": level,
    }
    return render_to_string("ui/_card.html", values)


@register.simple_block_tag
def figures(content: SafeString) -> str:
    """A row of figure tiles that wraps."""
    return format_html('<ul class="figures">{}</ul>', content)


@register.inclusion_tag("ui/_figure.html")
def figure(
    value: object,
    label: str,
    unit: str = "",
    url: str = "",
    note: str = "",
    icon: str = "",
    tone: str = "",
) -> dict[str, Any]:
    """A number with its unit, what it counts, and the way to the records behind it."""
    return {
        "value": value,
        "label": label,
        "unit": unit,
        "url": url,
        "note": note,
        "icon": icon,
        "tone": tone,
    }


@register.simple_tag
def badge(word: str, tone: str = "info", icon: str = "") -> SafeString:
    """A state, told by word, icon and colour. Lists hold dozens: no template each."""
    drawn = _icon(icon or TONE_ICONS[tone], "", "", static("vendor/icons.svg"))
    return format_html('<span class="state tone-{}">{}{}</span>', tone, drawn, word)


@register.simple_block_tag
def alert(content: SafeString, tone: str = "info", title: str = "") -> str:
    values = {
        "content": content,
        "tone": tone,
        "title": title,
        "icon": TONE_ICONS[tone],
    }
    return render_to_string("ui/_alert.html", values)


@register.inclusion_tag("ui/_empty.html")
def empty(
    title: str | Empty,
    text: str = "",
    act_label: str = "",
    act_url: str = "",
    icon: str = "inbox",
) -> dict[str, Any]:
    """Nothing is here yet: say so, and what to do next."""
    if isinstance(title, Empty):
        return {"empty": title}
    act = Act(act_label, act_url) if act_url else None
    return {"empty": Empty(title, text, act, icon)}


@register.inclusion_tag("ui/_facts.html")
def facts(items: Sequence[Fact]) -> dict[str, Any]:
    return {"items": items}


@register.inclusion_tag("ui/_timeline.html")
def timeline(moments: Sequence[Moment]) -> dict[str, Any]:
    return {"moments": [(moment, TONE_ICONS[moment.tone]) for moment in moments]}


@register.inclusion_tag("ui/_steps.html")
def steps(items: Sequence[Step], label: str = "") -> dict[str, Any]:
    """A process, or a ladder, with "you are here"."""
    return {"items": items, "label": label}


@register.inclusion_tag("ui/_conditions.html")
def conditions(rows: Sequence[Condition], caption: str = "") -> dict[str, Any]:
    """Why a policy says yes or no: each condition with value, limit and clause."""
    return {"rows": rows, "caption": caption}


@register.inclusion_tag("ui/_bars.html")
def bars(items: Sequence[Bar], unit: str = "", label: str = "") -> dict[str, Any]:
    """Horizontal bars with their figures; the longest fills the width."""
    most = max((item.value for item in items), default=0)
    shares = [_share(item.value, most) for item in items]
    return {
        "items": list(zip(items, shares, strict=True)),
        "unit": unit,
        "label": label,
    }


def _share(value: float, whole: float) -> int:
    """Whole percent; what is more than nothing stays visible."""
    return min(100, ceil(100 * value / whole)) if whole > 0 else 0


@register.inclusion_tag("ui/_progress.html")
def progress(done: int, total: int, label: str = "", stage: str = "") -> dict[str, Any]:
    """How far a piece of work is. total: 0 while it is not known yet."""
    return {
        "done": done,
        "total": total,
        "label": label,
        "stage": stage,
        "percent": min(100, 100 * done // total) if total else 0,
    }


@register.simple_block_tag
def polled(content: SafeString, url: str, is_finished: bool) -> str:  # noqa: FBT001 -- a tag has no keyword-only arguments
    """Ask `url` for the content again every two seconds until it is finished.

    The view answers with the same fragment, and with status 286 once finished, which
    tells htmx to stop. Without JavaScript the whole page is loaded again.
    """
    values = {"content": content, "url": url, "is_finished": is_finished}
    return render_to_string("ui/_polled.html", values)


@register.inclusion_tag("ui/_masked.html")
def masked(value: str, reveal_url: str = "") -> dict[str, Any]:
    """Personal data with its middle hidden. reveal_url: where showing it is recorded."""
    return {"value": value, "reveal_url": reveal_url}


@register.inclusion_tag("ui/_submit.html")
def submit(
    label: str, cancel_url: str = "", icon: str = "", tone: str = "primary"
) -> dict[str, Any]:
    """The end of a form: its one act, and the way out."""
    return {"label": label, "cancel_url": cancel_url, "icon": icon, "tone": tone}
