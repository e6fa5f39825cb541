"""What the copy of one's own data holds of matters, and what a merge shows of them."""

from collections.abc import Sequence

from jiangxin.kernel.matters.models import Matter, MatterMaterial
from jiangxin.kernel.privacy.registry import Row


def rows_of(person_id: int) -> Sequence[Row]:
    """Return the matters about a person, with what was answered in them."""
    return [
        {
            "number": one.number or "",
            "service": one.service,
            "state": one.state,
            "begun_at": one.begun_at,
            "submitted_at": one.submitted_at,
            "settled_at": one.settled_at,
            "contact_name": one.contact_name,
            "contact_phone": one.contact_phone,
            "answers": "\n".join(f"{key}: {said}" for key, said in one.answers.items()),
            "reason": one.reason,
            "handed_out_to": one.handed_out_to,
        }
        for one in Matter.objects.filter(person=person_id).order_by("pk")
    ]


def files_of(person_id: int) -> Sequence[Row]:
    """Return what was handed in with the matters about a person; not the files."""
    materials = MatterMaterial.objects.filter(matter__person=person_id)
    return [
        {
            "number": str(one.matter),
            "material": one.key,
            "state": one.state,
            "file_name": one.file_name,
            "is_paper": one.is_paper,
            "added_at": one.added_at,
            "deleted_at": one.deleted_at,
        }
        for one in materials.select_related("matter").order_by("pk")
    ]


def lines_of(person_id: int) -> list[str]:
    """Return the matters about a person in a few words each, for a merge."""
    matters = Matter.objects.filter(person=person_id).order_by("pk")
    return [
        f"{one} · {one.get_state_display()}" for one in matters.only("number", "state")
    ]
