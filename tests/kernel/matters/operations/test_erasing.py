"""What is kept no longer than needed, and the copy of what is kept."""

from datetime import timedelta

import pytest

from jiangxin.foundation.errors import NotFound
from jiangxin.kernel.matters.models import Matter, MatterMaterial
from jiangxin.kernel.matters.operations.accepting import accept_matter
from jiangxin.kernel.matters.operations.drafting import submit_matter, withdraw_matter
from jiangxin.kernel.matters.operations.erasing import (
    delete_forgotten_drafts,
    delete_outdated_files,
    forgotten_drafts,
    outdated_files,
)
from jiangxin.kernel.matters.operations.materials import open_material
from jiangxin.kernel.matters.queries.own import files_of, lines_of, rows_of
from jiangxin.kernel.privacy.declared import period
from tests.kernel.matters.conftest import CHAIR, CONTACT, REQUEST, WINDOW

pytestmark = pytest.mark.django_db(transaction=True)
DAYS = timedelta(days=1)


def names(uploads):
    return {one.name for one in (uploads / "kept").iterdir()}


def test_files_of_what_was_settled_long_ago_go_and_their_digests_stay(
    submit, act, uploads, now
):
    matter = act(withdraw_matter, submit(), actor=CHAIR, note="")
    assert outdated_files(now).count() == 0
    assert delete_outdated_files(now + DAYS) == 2
    assert delete_outdated_files(now + DAYS) == 0
    assert names(uploads) == set()
    material = matter.materials.first()
    assert (len(material.digest), material.deleted_at) == (64, now + DAYS)
    with pytest.raises(NotFound):
        open_material(material_id=material.pk, actor=CHAIR, now=now)


def test_files_of_what_is_open_stay(submit, uploads, now):
    submit()
    assert delete_outdated_files(now + 9999 * DAYS) == 0
    assert len(names(uploads)) == 2


def test_a_draft_that_nobody_opened_for_long_goes_with_its_files(
    begin, hand_in, uploads, now
):
    hand_in(begin(), "form")
    assert forgotten_drafts(now).count() == 0
    assert delete_forgotten_drafts(now) == 0
    assert delete_forgotten_drafts(now + DAYS) == 1
    assert names(uploads) == set()
    assert not MatterMaterial.objects.exists()


def test_what_was_submitted_is_no_forgotten_draft(submit, now):
    submit()
    assert delete_forgotten_drafts(now + 9999 * DAYS) == 0
    assert Matter.objects.count() == 1


@pytest.mark.parametrize("key", ["matter_files", "matter_drafts"])
def test_how_long_is_declared_with_its_reason(key, now):
    found = period(key, on=now.date())
    assert found.days
    assert found.why


def test_a_person_may_take_a_copy_of_their_matters(
    begin, make_person, act, hand_in, firms
):
    person = make_person(employer=firms.north, phone="13800138000")
    matter = begin(WINDOW, service=REQUEST, channel="window", person_id=person.pk)
    hand_in(matter, "proof", actor=WINDOW)
    act(submit_matter, matter, answers={"wish": "yes"}, contact=CONTACT)
    act(accept_matter, matter)
    (row,) = rows_of(person.pk)
    assert (row["service"], row["state"]) == (REQUEST, "accepted")
    assert row["contact_phone"] == "13800138000"
    assert "wish: yes" in row["answers"]
    assert [one["file_name"] for one in files_of(person.pk)] == ["文件.pdf"]
    assert row["number"] in lines_of(person.pk)[0]
    assert rows_of(0) == files_of(0) == lines_of(0) == []
