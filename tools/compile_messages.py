"""Compile each catalogue (.po) to what Django reads (.mo), without gettext installed."""

from pathlib import Path

import polib

LOCALE = Path("src/jiangxin/locale")


def main() -> None:
    for source in sorted(LOCALE.glob("*/LC_MESSAGES/*.po")):
        polib.pofile(str(source)).save_as_mofile(str(source.with_suffix(".mo")))


if __name__ == "__main__":
    main()
