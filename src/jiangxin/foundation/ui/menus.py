"""The menu of a door, from what the parts declare and the actor may use."""

from dataclasses import dataclass, field
from itertools import groupby

from django.urls import NoReverseMatch, reverse

from jiangxin.foundation.actor import Actor, holds
from jiangxin.foundation.parts import Door, MenuItem, Text, parts


@dataclass(frozen=True)
class MenuLink:
    label: Text
    url: str
    icon: str
    is_current: bool


@dataclass
class MenuSection:
    """Links of one part. title: empty for parts that bring a single link."""

    title: Text
    links: list[MenuLink] = field(default_factory=list)


def menu(door: Door, *, actor: Actor | None, path: str) -> list[MenuSection]:
    """Return the sections of `door` that `actor` may use, in the order declared.

    actor: None when nobody is known, as on a page shown for a broken request.
    path: the current address; the link whose address begins it longest is current.
    """
    found = [
        (item, part.title)
        for part in parts()
        for item in part.brings
        if isinstance(item, MenuItem) and item.door == door and _shown(item, actor)
    ]
    found.sort(key=lambda pair: pair[0].order)
    urls = {item: url for item, _ in found if (url := _url(item))}
    current = max(
        (url for url in urls.values() if _begins(url, path)), key=len, default=""
    )
    many = {title for _, title in found if [t for _, t in found].count(title) > 1}
    sections = []
    for title, pairs in groupby(found, lambda pair: pair[1] if pair[1] in many else ""):
        links = [
            MenuLink(item.label, urls[item], item.icon, urls[item] == current)
            for item, _ in pairs
            if item in urls
        ]
        sections.append(MenuSection(title, links))
    return [section for section in sections if section.links]


def _shown(item: MenuItem, actor: Actor | None) -> bool:
    return not item.permission or (actor is not None and holds(actor, item.permission))


def _begins(url: str, path: str) -> bool:
    """The door's home page is the start of every address in it, so must be equal."""
    if url.count("/") <= 2:  # noqa: PLR2004 -- "/", "/desk/"
        return path == url
    return path.startswith(url)


def _url(item: MenuItem) -> str:
    try:
        return reverse(item.url_name)
    except NoReverseMatch:
        return ""
