"""The files of a matter: handed in, used again, promised, taken back, shown."""

from dataclasses import replace

import pytest

from jiangxin.foundation.errors import NotFound
from jiangxin.foundation.uploads.models import Upload
from jiangxin.foundation.uploads.operations import keep_whole
from jiangxin.foundation.uploads.queries import uploads_of
from jiangxin.foundation.uploads.refusals import (
    FileCarriesPrograms,
    FileEmpty,
    FileTooLarge,
    FileUnreadable,
    FormatNotWanted,
    UploadIncomplete,
)
from jiangxin.kernel.matters.models import MatterMaterial
from jiangxin.kernel.matters.operations.accepting import keep_promise, supplement_matter
from jiangxin.kernel.matters.operations.drafting import withdraw_matter
from jiangxin.kernel.matters.operations.materials import (
    MATERIAL_FILE,
    MOST_FILES,
    MaterialClosed,
    MayNotFollow,
    NewFile,
    TooManyFiles,
    add_material,
    add_upload,
    open_material,
    promise_material,
    remove_material,
    reuse_material,
)
from jiangxin.kernel.matters.queries.matters import materials_in_force
from tests.foundation.uploads.samples import PAPER, pdf
from tests.kernel.matters.conftest import (
    CHAIR,
    FAR_WINDOW,
    NOBODY,
    PDF,
    PNG,
    WINDOW,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def add(now):
    def added(matter, key="form", *, content=PDF, actor=CHAIR):
        return add_material(
            matter_id=matter.pk,
            key=key,
            file=NewFile("文件.pdf", content),
            actor=actor,
            now=now,
        )

    return added


def promise(matter, now, key="form"):
    return promise_material(matter_id=matter.pk, key=key, actor=CHAIR, now=now)


def remove(material, now, actor=CHAIR):
    return remove_material(material_id=material.pk, actor=actor, now=now)


def reuse(matter, material, now):
    return reuse_material(
        matter_id=matter.pk, material_id=material.pk, actor=CHAIR, now=now
    )


def test_a_file_comes_back_as_it_was_handed_in(begin, add, now):
    made = add(begin())
    found, content = open_material(material_id=made.pk, actor=CHAIR, now=now)
    assert (content, found.media_type, found.file_name) == (
        PDF,
        "application/pdf",
        "文件.pdf",
    )


def test_the_same_content_again_changes_nothing(begin, add):
    matter = begin()
    assert add(matter).pk == add(matter).pk
    assert MatterMaterial.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", FileEmpty),
        (b"MZ\x90\x00", FormatNotWanted),
        (PNG[:-20], FileUnreadable),
        (pdf(inside=b"/JavaScript"), FileCarriesPrograms),
        (b"%PDF-1.7\n" + b"0" * MATERIAL_FILE.most_bytes, FileTooLarge),
    ],
)
def test_what_is_no_file_of_the_kinds_wanted_is_refused(begin, add, content, refusal):
    with pytest.raises(refusal):
        add(begin(), content=content)
    assert not MatterMaterial.objects.exists()


@pytest.fixture
def upload(now):
    def kept(content=PDF, actor=CHAIR, kind=MATERIAL_FILE):
        return keep_whole(
            kind=kind, name="章程.pdf", content=content, actor=actor, now=now
        )

    return kept


@pytest.fixture
def give(now):
    def given(matter, upload, key="form", actor=CHAIR):
        return add_upload(
            matter_id=matter.pk, key=key, upload_key=upload.key, actor=actor, now=now
        )

    return given


def test_an_upload_belongs_to_the_material_once_it_is_handed_in(begin, upload, give):
    matter, mine = begin(), upload()
    made = give(matter, mine)
    assert list(uploads_of([f"matters.material:{made.pk}"])) == [mine]
    assert (made.file_name, made.media_type, made.size_bytes, made.digest) == (
        "章程.pdf",
        "application/pdf",
        len(PDF),
        mine.digest,
    )
    assert give(matter, mine) == made


def test_one_upload_for_two_materials_becomes_two_files(begin, upload, give, now):
    matter, mine = begin(), upload()
    made = [give(matter, mine, key) for key in ("form", "approval")]
    assert len({one.holder for one in Upload.objects.all()}) == 2
    remove(made[0], now)
    assert open_material(material_id=made[1].pk, actor=CHAIR, now=now)[1] == PDF


def test_an_upload_of_what_is_there_already_does_not_stay_behind(
    begin, add, upload, give
):
    matter = begin()
    made = add(matter)
    assert give(matter, upload()) == made
    assert Upload.objects.count() == 1


def test_only_ones_own_upload_of_this_kind_is_handed_in(
    begin, add, upload, give, firms
):
    matter = begin()
    for alien in (
        upload(actor=WINDOW),
        upload(kind=PAPER),
        Upload(key="gone"),
    ):
        with pytest.raises(NotFound):
            give(matter, alien)
    assert not MatterMaterial.objects.exists()


def test_what_is_not_complete_is_not_handed_in(begin, upload, give):
    matter, mine = begin(), upload()
    Upload.objects.update(state="receiving", settled_at=None, digest="")
    with pytest.raises(UploadIncomplete):
        give(matter, mine)
    assert not MatterMaterial.objects.exists()


def test_one_material_has_so_many_files_and_no_more(begin, add):
    matter = begin()
    for number in range(MOST_FILES):
        add(matter, content=pdf(padding=number))
    with pytest.raises(TooManyFiles):
        add(matter, content=PNG)


def test_a_material_that_the_service_does_not_have_is_not_there(begin, add):
    with pytest.raises(NotFound):
        add(begin(), "salary_list")


@pytest.mark.parametrize("actor", [NOBODY, FAR_WINDOW, WINDOW])
def test_nobody_else_touches_the_files_of_a_draft(begin, add, now, actor):
    matter = begin()
    made = add(matter)
    with pytest.raises(NotFound):
        add(matter, actor=actor)
    with pytest.raises(NotFound):
        remove(made, now, actor)
    with pytest.raises(NotFound):
        open_material(material_id=made.pk, actor=actor, now=now)


def test_what_is_submitted_is_closed(submit, add, now):
    matter = submit()
    with pytest.raises(MaterialClosed):
        add(matter, content=PNG)
    with pytest.raises(MaterialClosed):
        remove(matter.materials.first(), now)
    with pytest.raises(MaterialClosed):
        promise(matter, now)


def test_only_what_a_notice_names_is_open_again(submit, ask, add, act):
    matter = ask(submit(), "material:form")
    with pytest.raises(MaterialClosed):
        add(matter, "approval", content=PNG)
    made = add(matter, "form", content=PNG)
    act(supplement_matter, matter, actor=CHAIR, answers={})
    assert [one.pk for one in materials_in_force(matter).filter(key="form")] == [
        made.pk
    ]
    with pytest.raises(MaterialClosed):
        add(matter, "form")


def test_what_was_faulty_stays_to_be_looked_at(submit, ask, add, now):
    matter = ask(submit(), "material:form")
    add(matter, "form", content=PNG)
    faulty = matter.materials.get(state="faulty")
    assert faulty.replaced_at == now
    assert open_material(material_id=faulty.pk, actor=WINDOW, now=now)[1] == PDF


def test_nothing_is_handed_in_with_what_is_settled(submit, ask, act, add):
    matter = act(withdraw_matter, ask(submit()), actor=CHAIR, note="")
    with pytest.raises(MaterialClosed):
        add(matter, content=PNG)


def test_a_promise_stands_for_what_may_follow_and_a_file_takes_its_place(
    begin, add, now
):
    matter = begin()
    promised = promise(matter, now)
    assert promise(matter, now).pk == promised.pk
    made = add(matter)
    assert [one.pk for one in materials_in_force(matter)] == [made.pk]


def test_what_has_to_be_there_from_the_beginning_cannot_be_promised(begin, now):
    with pytest.raises(MayNotFollow) as refused:
        promise(begin(), now, "approval")
    assert "批复" in refused.value.message


def test_after_acceptance_nothing_is_promised_any_more(accept, ask, now):
    matter = ask(accept(), "material:form")
    with pytest.raises(MaterialClosed):
        promise(matter, now)


def test_a_promise_that_an_acceptance_rests_on_cannot_be_taken_back(
    submit, act, begin, hand_in, now
):
    matter = begin_promised(begin, hand_in, act, now)
    promised = matter.materials.get(state="promised")
    with pytest.raises(MaterialClosed):
        remove(promised, now)


def test_what_was_promised_may_come_in_several_files(begin, hand_in, act, add, now):
    matter = begin_promised(begin, hand_in, act, now)
    first = add(matter, "form")
    add(matter, "form", content=PNG)
    remove(first, now)
    assert materials_in_force(matter).filter(key="form").count() == 1
    act(keep_promise, matter, actor=CHAIR)
    with pytest.raises(MaterialClosed):
        add(matter, "form")


def begin_promised(begin, hand_in, act, now):
    """Return an accepted matter whose form was promised."""
    from jiangxin.kernel.matters.operations.accepting import accept_matter
    from jiangxin.kernel.matters.operations.drafting import submit_matter
    from tests.kernel.matters.conftest import ANSWERS, CONTACT

    matter = begin()
    hand_in(matter, "approval")
    promise(matter, now)
    act(submit_matter, matter, actor=CHAIR, answers=ANSWERS, contact=CONTACT)
    return act(accept_matter, matter)


def test_a_file_taken_back_is_gone_with_its_row(
    begin, add, now, uploads, django_capture_on_commit_callbacks
):
    made = add(begin())
    with django_capture_on_commit_callbacks(execute=True):
        remove(made, now)
    assert not list((uploads / "kept").iterdir())
    with pytest.raises(NotFound):
        remove(made, now)


def test_what_is_replaced_is_not_taken_back_again(submit, ask, add, now):
    matter = ask(submit(), "material:form")
    add(matter, "form", content=PNG)
    with pytest.raises(NotFound):
        remove(matter.materials.get(state="faulty"), now)


@pytest.fixture
def earlier(submit, act):
    matter = submit()
    act(withdraw_matter, matter, actor=CHAIR, note="")
    return matter.materials.get(key="approval")


def test_a_file_of_an_earlier_matter_is_used_again(begin, earlier, now):
    matter = begin()
    made = reuse(matter, earlier, now)
    assert reuse(matter, earlier, now).pk == made.pk
    assert (made.reused_from, made.digest) == (earlier, earlier.digest)
    assert open_material(material_id=made.pk, actor=CHAIR, now=now)[1] == PDF


@pytest.mark.parametrize(
    "change",
    [
        {"key": "form"},  # this material is wanted anew each time
        {"state": "faulty"},
        {"digest": ""},
        {"replaced_at": "2026-11-23T01:30:00Z"},
        {"deleted_at": "2026-11-23T01:30:00Z"},
    ],
)
def test_not_everything_is_used_again(begin, earlier, now, change):
    matter = begin()
    MatterMaterial.objects.filter(pk=earlier.pk).update(**change)
    with pytest.raises(NotFound):
        reuse(matter, earlier, now)


def test_what_was_never_submitted_is_not_used_again(begin, add, now):
    matter = begin()
    other = begin(WINDOW, channel="window")
    made = add(other, "approval", actor=WINDOW)
    with pytest.raises(NotFound):
        reuse(matter, made, now)


def test_files_of_another_organisation_are_not_used(begin, earlier, firms, now):
    both = replace(CHAIR, held=WINDOW.held, permissions=WINDOW.permissions)
    matter = begin(both, organisation_id=firms.south_union.pk)
    with pytest.raises(NotFound):
        reuse_material(matter_id=matter.pk, material_id=earlier.pk, actor=both, now=now)
