import pytest

from tools import build_assets

OUTLINE = """<svg
  xmlns="http://www.w3.org/2000/svg"
  width="24"
  viewBox="0 0 24 24"
  fill="none"
  stroke="currentColor"
  class="icon"
>
  <path d="M0 0" />
  <path d="M1 1" />
</svg>
"""


@pytest.fixture
def icons(tmp_path):
    for kind in ("outline", "filled"):
        folder = tmp_path / kind
        folder.mkdir()
        (folder / "star.svg").write_text(OUTLINE.replace("M1 1", kind))
    return tmp_path


def test_sprite_has_a_symbol_a_name(icons):
    drawn = build_assets.sprite(["star"], icons=icons)
    assert (
        '<symbol id="star" viewBox="0 0 24 24" fill="none" stroke="currentColor">'
        '<path d="M0 0" /><path d="outline" /></symbol>'
    ) in drawn
    assert "class=" not in drawn


def test_sprite_takes_the_filled_drawing_for_a_filled_name(icons):
    drawn = build_assets.sprite(["star-filled"], icons=icons)
    assert '<symbol id="star-filled"' in drawn
    assert 'd="filled"' in drawn


def test_sprite_refuses_a_name_that_no_icon_has(icons):
    with pytest.raises(build_assets.UnknownIcon, match="'sun'"):
        build_assets.sprite(["sun"], icons=icons)


def test_icon_names_are_read_in_order_without_comments_or_repeats():
    assert build_assets.icon_names("# all\nuser\nhome # door\n\nuser\n") == [
        "home",
        "user",
    ]


def test_copied_files_of_tabler_lose_the_address_of_their_map(tmp_path):
    for name in build_assets.TABLER:
        path = tmp_path / "package" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("content\n/*# sourceMappingURL=a.css.map */")
    build_assets.copy_tabler(package=tmp_path / "package", to=tmp_path / "to")
    copied = sorted((tmp_path / "to").iterdir())
    assert [path.name for path in copied] == ["tabler.min.css"]
    assert {path.read_text() for path in copied} == {"content\n"}
