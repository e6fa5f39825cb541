"""The menu of a door, from what the parts declare and the actor may use."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from django.urls import NoReverseMatch, reverse

from jiangxin.foundation.actor import Actor, holds
from jiangxin.foundation.parts import Door, MenuItem, SearchBox, Text, brought, parts


@dataclass(frozen=True)
class MenuLink:
    """counter: asked only where the count is shown. short: the label on a tab."""

    label: Text
    url: str
    icon: str
    is_current: bool
    short: Text
    counter: Callable[[], int] | None = None

    @cached_property
    def count(self) -> int:
        """How much is new there."""
        return self.counter() if self.counter else 0


@dataclass
class MenuSection:
    """Links of one part. title: empty for parts that bring a single link."""

    title: Text
    links: list[MenuLink] = field(default_factory=list)


def menu(
    door: Door, *, actor: Actor | None, path: str, now: datetime | None = None
) -> list[MenuSection]:
    """Return the sections of `door` that `actor` may use.

    A part that brings several links has a section under its title, at the place of its
    first link; single links and the door's home page stand without a title.
    actor: None when nobody is known, as on a page shown for a broken request.
    path: the current address; the link whose address begins it longest is current.
    now: without it nothing is counted.
    """
    found = sorted(
        (
            (item, url, part.title)
            for part in parts()
            for item in part.brings
            if isinstance(item, MenuItem) and item.door == door and _shown(item, actor)
            if (url := _url(item))
        ),
        key=lambda each: each[0].order,
    )
    current = max(
        (url for _, url, _ in found if _begins(url, path)), key=len, default=""
    )
    counts = Counter(title for _, url, title in found if not _is_home(url))
    sections: list[MenuSection] = []
    for item, url, title in found:
        heading = title if counts[title] > 1 and not _is_home(url) else ""
        _section(sections, heading).links.append(
            MenuLink(
                item.label,
                url,
                item.icon,
                url == current,
                item.short or item.label,
                _counter(item, actor, now),
            )
        )
    return sections


def _counter(
    item: MenuItem, actor: Actor | None, now: datetime | None
) -> Callable[[], int] | None:
    count = item.count
    if count is None or actor is None or now is None:
        return None
    return lambda: count(actor, now)


@dataclass(frozen=True)
class BarSearch:
    """The search box of the top bar, and the list that answers it."""

    box: SearchBox
    url: str


def bar_search(actor: Actor | None) -> BarSearch | None:
    """Return the search box that `actor` may use, if any."""
    for box in brought(SearchBox):
        if actor is not None and holds(actor, box.permission) and (url := _url(box)):
            return BarSearch(box, url)
    return None


def _section(sections: list[MenuSection], title: Text) -> MenuSection:
    """Find the section of that title, or the last one if it has none too; or add it."""
    candidates = sections if title else sections[-1:]
    for section in candidates:
        if section.title == title:
            return section
    sections.append(MenuSection(title))
    return sections[-1]


def _shown(item: MenuItem, actor: Actor | None) -> bool:
    return not item.permission or (actor is not None and holds(actor, item.permission))


def _begins(url: str, path: str) -> bool:
    """The door's home page begins every address in it, so it must be equal."""
    return path == url if _is_home(url) else path.startswith(url)


def _is_home(url: str) -> bool:
    return url in {"/", "/desk/", "/portal/"}


def _url(item: MenuItem | SearchBox) -> str:
    try:
        return reverse(item.url_name)
    except NoReverseMatch:
        return ""
