from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from jiangxin.foundation.parts import Permission, brought
from jiangxin.foundation.reference import ReferencePage, building
from jiangxin.foundation.trail.registry import event_types

# Pages of parts may ask the database what is published.
pytestmark = [pytest.mark.sqlite_only, pytest.mark.django_db]


@pytest.fixture(scope="module")
def pages(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        return building.build_pages()


def test_each_page_has_a_title_and_says_that_it_is_generated(pages):
    for name, text in pages.items():
        assert text.startswith("# "), name
        assert building.GENERATED in text
        assert text.endswith("\n")


def test_parts_add_pages_of_their_own(pages):
    brings = {f"{page.name}.md" for page in brought(ReferencePage)}
    assert {"permissions.md", "policies.md", "attributes.md"} <= brings <= set(pages)


def test_building_twice_gives_the_same(pages):
    assert building.build_pages() == pages


def test_everything_declared_is_written_down(pages):
    for permission in brought(Permission):
        assert f"`{permission.key}`" in pages["permissions.md"]
    for key in event_types():
        assert f"`{key}`" in pages["trail-events.md"]


def test_building_does_not_depend_on_the_active_language(pages):
    from django.utils import translation

    with translation.override("zh-hans"):
        assert building.build_pages() == pages


def run(*arguments):
    out = StringIO()
    call_command("docs_build", *arguments, stdout=out)
    return out.getvalue()


def test_docs_build_writes_what_changed_and_then_nothing(tmp_path):
    assert ", 0 changed" not in run("--folder", str(tmp_path))
    assert ", 0 changed" in run("--folder", str(tmp_path))
    assert run("--folder", str(tmp_path), "--check") == ""


def test_docs_build_checks_without_writing(tmp_path):
    run("--folder", str(tmp_path))
    settings = tmp_path / "settings.md"
    settings.write_text(settings.read_text().replace("JIANGXIN_HTTPS", "JIANGXIN_TLS"))
    before = settings.read_text()
    out = StringIO()
    with pytest.raises(CommandError, match="make docs"):
        call_command("docs_build", "--check", "--folder", str(tmp_path), stdout=out)
    assert "-| `JIANGXIN_TLS`" in out.getvalue()
    assert "+| `JIANGXIN_HTTPS`" in out.getvalue()
    assert settings.read_text() == before
