"""Files and their rows never part, whatever breaks."""

import os
from datetime import timedelta

import pytest

from jiangxin.kernel.matters.models import MatterMaterial
from jiangxin.kernel.matters.operations import files, materials
from jiangxin.kernel.matters.operations.drafting import delete_draft
from jiangxin.kernel.matters.operations.files import delete_left_behind
from tests.kernel.matters.conftest import CHAIR

pytestmark = pytest.mark.django_db(transaction=True)


def there(uploads):
    return sorted(one.name for one in (uploads / "matters").iterdir())


def grow_old(uploads, now, *, by=timedelta(days=2)):
    moment = (now - by).timestamp()
    for one in (uploads / "matters").iterdir():
        os.utime(one, (moment, moment))


def test_a_file_whose_row_was_undone_is_deleted_at_night(
    begin, hand_in, uploads, now, monkeypatch
):
    matter = begin()
    sound = materials.keep_file

    def breaks(*given):
        sound(*given)
        raise OSError

    monkeypatch.setattr(materials, "keep_file", breaks)
    with pytest.raises(OSError):
        hand_in(matter, "form")
    monkeypatch.undo()
    assert len(there(uploads)) == 1
    assert not MatterMaterial.objects.exists()
    assert delete_left_behind(now) == 0  # it might be an upload under way
    grow_old(uploads, now)
    assert delete_left_behind(now) == 1
    assert there(uploads) == []


def test_files_that_have_their_row_stay_however_old(begin, hand_in, uploads, now):
    hand_in(begin(), "form", "approval")
    (uploads / "matters" / ".sealing-cut-off").write_bytes(b"JXS1")
    grow_old(uploads, now, by=timedelta(days=4000))
    assert delete_left_behind(now) == 1
    assert len(there(uploads)) == 2


def test_where_nothing_was_ever_handed_in_nothing_is_deleted(db, uploads, now):
    assert delete_left_behind(now) == 0


def test_a_row_that_stays_keeps_its_file(begin, hand_in, uploads, monkeypatch):
    """Deleting breaks after the files were told to go: they must not have gone."""
    matter = begin()
    hand_in(matter, "form")

    def breaks(*given, **more):
        raise OSError

    monkeypatch.setattr(type(matter), "delete", breaks)
    with pytest.raises(OSError):
        delete_draft(matter_id=matter.pk, actor=CHAIR)
    assert there(uploads) == [str(MatterMaterial.objects.get().pk)]


def test_every_sealed_file_is_found_for_sealing_it_anew(begin, hand_in, uploads):
    hand_in(begin(), "form")
    made = MatterMaterial.objects.get()
    assert list(files.sealed_materials()) == [
        (files.path_of(made.pk), f"matters.material:{made.pk}")
    ]
