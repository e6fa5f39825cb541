"""Files and their rows never part, whatever breaks."""

import os
from datetime import timedelta
from io import BytesIO

import pytest

from jiangxin.foundation.sealing import seal_file
from jiangxin.foundation.uploads.models import Upload
from jiangxin.kernel.matters.models import MatterMaterial
from jiangxin.kernel.matters.operations import files, materials
from jiangxin.kernel.matters.operations.drafting import delete_draft, withdraw_matter
from jiangxin.kernel.matters.operations.files import delete_left_behind
from jiangxin.kernel.matters.operations.materials import open_material, reuse_material
from tests.kernel.matters.conftest import CHAIR, PDF
from tests.unreached import UNREACHED

pytestmark = pytest.mark.django_db(transaction=True)


def there(uploads):
    return sorted(one.name for one in (uploads / "kept").iterdir())


def make_old(material, uploads):
    """Keep a file as it was before uploads were shared."""
    path = files.path_of(material.pk)
    seal_file(BytesIO(PDF), path, purpose=files.purpose_of(material.pk))
    upload = Upload.objects.get(holder=files.holder_of(material.pk))
    (uploads / "kept" / upload.key).unlink()
    upload.delete()
    return material


@pytest.fixture
def old_file(begin, hand_in, uploads):
    hand_in(begin(), "form")
    return make_old(MatterMaterial.objects.get(), uploads)


def grow_old(uploads, now, *, by=timedelta(days=2)):
    moment = (now - by).timestamp()
    for one in (uploads / "matters").iterdir():
        os.utime(one, (moment, moment))


def test_a_file_whose_row_was_undone_is_its_owners_again(
    begin, hand_in, uploads, monkeypatch
):
    matter = begin()
    sound = materials.attach

    def breaks(*given, **more):
        sound(*given, **more)
        raise OSError

    monkeypatch.setattr(materials, "attach", breaks)
    with pytest.raises(OSError):
        hand_in(matter, "form")
    monkeypatch.undo()
    assert not MatterMaterial.objects.exists()
    assert (len(there(uploads)), Upload.objects.get().holder) == (1, "")
    hand_in(matter, "form")
    assert len(there(uploads)) == 1


def test_a_file_of_the_old_folder_is_read_and_used_again(
    submit, act, begin, uploads, now
):
    matter = act(withdraw_matter, submit(), actor=CHAIR, note="")
    old = make_old(matter.materials.get(key="approval"), uploads)
    made = reuse_material(
        matter_id=begin().pk, material_id=old.pk, actor=CHAIR, now=now
    )
    for one in (old, made):
        assert open_material(material_id=one.pk, actor=CHAIR, now=now)[1] == PDF
    assert Upload.objects.filter(holder=files.holder_of(made.pk)).exists()
    assert not files.path_of(made.pk).exists()


def test_a_file_of_the_old_folder_goes_with_its_draft(old_file):
    assert files.path_of(old_file.pk).exists()
    delete_draft(matter_id=old_file.matter_id, actor=CHAIR)
    assert not files.path_of(old_file.pk).exists()


def test_old_files_stay_with_their_row_and_go_at_night_without(old_file, uploads, now):
    (uploads / "matters" / ".sealing-cut-off").write_bytes(b"JXS1")
    (uploads / "matters" / str(UNREACHED)).write_bytes(b"JXS1")
    assert delete_left_behind(now) == 0  # it might be an act under way
    grow_old(uploads, now, by=timedelta(days=4000))
    assert delete_left_behind(now) == 2
    assert files.path_of(old_file.pk).exists()


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
    assert there(uploads) == [Upload.objects.get().key]


def test_every_old_file_is_found_for_sealing_it_anew(old_file):
    assert list(files.sealed_materials()) == [
        (files.path_of(old_file.pk), f"matters.material:{old_file.pk}")
    ]
