"""The files of a matter: received, checked and kept by `foundation.uploads`."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.actor import Actor
from jiangxin.foundation.db import needs_transaction, opens_transaction
from jiangxin.foundation.errors import NotFound, Refused
from jiangxin.foundation.uploads.enums import ScanResult
from jiangxin.foundation.uploads.models import Upload
from jiangxin.foundation.uploads.operations import (
    attach,
    drop,
    keep_copy,
    keep_whole,
    open_upload,
)
from jiangxin.foundation.uploads.queries import uploads_visible_to
from jiangxin.foundation.uploads.registry import UploadKind
from jiangxin.kernel.matters import permissions
from jiangxin.kernel.matters.enums import WITH_THE_OFFICE, MaterialState, MatterState
from jiangxin.kernel.matters.models import Matter, MatterMaterial
from jiangxin.kernel.matters.operations.files import (
    forget_files,
    holder_of,
    open_file,
    upload_of,
    uploads_handed_in,
)
from jiangxin.kernel.matters.queries.matters import get_material, materials_in_force
from jiangxin.kernel.matters.queries.promises import keys_promised
from jiangxin.kernel.matters.queries.services import service_of
from jiangxin.kernel.matters.rules.service import Material, Service
from jiangxin.kernel.privacy.enums import SealedValue, ViewPurpose
from jiangxin.kernel.privacy.operations.showing import keep_view

MATERIAL_FILE = UploadKind("matters.material", _("Material of a matter"))
MOST_FILES = 10


class TooManyFiles(Refused):
    code = "matters.too_many_files"
    text = _("At most %(most)s files for one material. Remove one first.")


class MaterialClosed(Refused):
    code = "matters.material_closed"
    text = _("This material cannot be changed now: %(state)s.")


class MayNotFollow(Refused):
    code = "matters.may_not_follow"
    text = _("“%(material)s” has to be there from the beginning; no promise will do.")


@dataclass(frozen=True)
class NewFile:
    name: str
    content: bytes


def add_material(
    *, matter_id: int, key: str, file: NewFile, actor: Actor, now: datetime
) -> MatterMaterial:
    """Hand in a file that came in one go. The same content again changes nothing.

    Raises what `keep_whole` and `add_upload` raise. No transaction of its own: what was
    wrong with a refused file stays on record.
    """
    upload = keep_whole(
        kind=MATERIAL_FILE, name=file.name, content=file.content, actor=actor, now=now
    )
    return add_upload(
        matter_id=matter_id, key=key, upload_key=upload.key, actor=actor, now=now
    )


@opens_transaction
def add_upload(
    *, matter_id: int, key: str, upload_key: str, actor: Actor, now: datetime
) -> MatterMaterial:
    """Hand in an upload for a material. The same content again changes nothing.

    Raises NotFound, MaterialClosed, TooManyFiles; and UploadIncomplete.
    """
    matter, wanted = _lock_material(matter_id, key, actor)
    upload = _get_upload(upload_key, matter, actor)
    there = materials_in_force(matter).filter(key=wanted.key)
    same = there.filter(digest=upload.digest, state=MaterialState.HANDED_IN).first()
    if same is not None and upload.digest:
        if not upload.holder:
            drop(key=upload.key, actor=actor)
        return same
    _make_room(there)
    there.exclude(state=MaterialState.HANDED_IN).update(replaced_at=now)
    made = MatterMaterial.objects.create(
        matter=matter,
        key=wanted.key,
        file_name=upload.name,
        media_type=upload.format,
        size_bytes=upload.size_bytes,
        digest=upload.digest,
        added_at=now,
        added_by_label=actor.label,
    )
    holder = holder_of(made.pk)
    if upload.holder:  # chosen for two materials: each has its own
        keep_copy(
            open_upload(upload),
            kind=MATERIAL_FILE,
            name=upload.name,
            scanned=upload.scan,
            holder=holder,
            actor=actor,
            now=now,
        )
    else:
        kind = MATERIAL_FILE.key
        attach([upload.key], kind=kind, holder=holder, actor=actor, now=now)
    return made


def _get_upload(key: str, matter: Matter, actor: Actor) -> Upload:
    """Return an upload of the actor's, or one this matter has. Raises NotFound."""
    own = uploads_visible_to(actor).filter(key=key, kind=MATERIAL_FILE.key).first()
    found = own or uploads_handed_in(matter).filter(key=key).first()
    if found is None:
        raise NotFound
    return found


@opens_transaction
def reuse_material(
    *, matter_id: int, material_id: int, actor: Actor, now: datetime
) -> MatterMaterial:
    """Take what was handed in with an earlier matter of the same subject.

    What was only typed, replaced, or found wrong was not handed in for good.
    Raises NotFound, MaterialClosed, TooManyFiles.
    """
    earlier = get_material(material_id, visible_to=actor)
    matter, wanted = _lock_material(matter_id, earlier.key, actor)
    is_same = (earlier.matter.organisation_id, earlier.matter.person_id) == (
        matter.organisation_id,
        matter.person_id,
    )
    if not wanted.may_be_reused or not is_same or not _may_be_reused(earlier):
        raise NotFound
    there = materials_in_force(matter).filter(key=wanted.key)
    same = there.filter(digest=earlier.digest, state=MaterialState.HANDED_IN).first()
    if same is not None:
        return same
    _make_room(there)
    there.exclude(state=MaterialState.HANDED_IN).update(replaced_at=now)
    made = MatterMaterial.objects.create(
        matter=matter,
        key=wanted.key,
        file_name=earlier.file_name,
        media_type=earlier.media_type,
        size_bytes=earlier.size_bytes,
        digest=earlier.digest,
        reused_from=earlier,
        added_at=now,
        added_by_label=actor.label,
    )
    upload = upload_of(earlier.pk)
    keep_copy(
        open_file(earlier.pk),
        kind=MATERIAL_FILE,
        name=earlier.file_name,
        scanned=upload.scan if upload else ScanResult.NOT_SCANNED,
        holder=holder_of(made.pk),
        actor=actor,
        now=now,
    )
    return made


def _may_be_reused(earlier: MatterMaterial) -> bool:
    return (
        bool(earlier.digest)
        and earlier.state == MaterialState.HANDED_IN
        and earlier.replaced_at is None
        and earlier.matter.submitted_at is not None
    )


def _make_room(there: QuerySet[MatterMaterial]) -> None:
    """Raise TooManyFiles when one material has as many as it may have."""
    if there.filter(state=MaterialState.HANDED_IN).count() >= MOST_FILES:
        raise TooManyFiles(most=MOST_FILES)


@opens_transaction
def promise_material(
    *, matter_id: int, key: str, actor: Actor, now: datetime
) -> MatterMaterial:
    """Promise to hand a material in later: until it is accepted, not afterwards.

    Raises NotFound, MaterialClosed, MayNotFollow.
    """
    matter, wanted = _lock_material(matter_id, key, actor)
    if matter.accepted_at is not None:
        raise MaterialClosed(state=matter.get_state_display())
    if not wanted.may_follow:
        raise MayNotFollow(material=wanted.label.zh_hans)
    there = materials_in_force(matter).filter(key=key)
    known = there.filter(state=MaterialState.PROMISED).first()
    if known is not None:
        return known
    there.update(replaced_at=now)
    return MatterMaterial.objects.create(
        matter=matter,
        key=key,
        state=MaterialState.PROMISED,
        added_at=now,
        added_by_label=actor.label,
    )


@opens_transaction
def remove_material(*, material_id: int, actor: Actor, now: datetime) -> Matter:
    """Take back a file of a draft, or of a material that was reopened.

    Raises NotFound, MaterialClosed.
    """
    material = get_material(material_id, visible_to=actor)
    matter, _wanted = _lock_material(material.matter_id, material.key, actor)
    material.refresh_from_db()
    if material.replaced_at is not None:
        raise NotFound
    if matter.state == MatterState.DRAFT:
        forget_files([material.pk])
        material.delete()
        return matter
    # A promise that an acceptance rests on is kept or broken, not taken back.
    if matter.accepted_at is not None and material.state == MaterialState.PROMISED:
        raise MaterialClosed(state=matter.get_state_display())
    material.replaced_at = now
    material.save(update_fields=["replaced_at"])
    return matter


@needs_transaction
def keep_papers(
    matter: Matter,
    wanted: Service,
    keys: Collection[str],
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Write down which papers were seen; only the office has seen any."""
    if not permissions.can_act_as_office(actor, matter):
        return
    for key in keys:
        if wanted.material(key) is not None:
            keep_paper(matter, key, actor=actor, now=now)


@needs_transaction
def keep_paper(matter: Matter, key: str, *, actor: Actor, now: datetime) -> None:
    """Write down that a paper was seen at the window; once, however often it is said."""
    there = materials_in_force(matter).filter(key=key)
    if there.filter(is_paper=True, state=MaterialState.HANDED_IN).exists():
        return
    there.exclude(state=MaterialState.HANDED_IN).update(replaced_at=now)
    MatterMaterial.objects.create(
        matter=matter, key=key, is_paper=True, added_at=now, added_by_label=actor.label
    )


@opens_transaction
def open_material(
    *, material_id: int, actor: Actor, now: datetime
) -> tuple[MatterMaterial, bytes]:
    """Return a file and its content; of a person's matter, record who was shown it.

    Raises NotFound, TooManyViews; SealBroken when it was altered.
    """
    material = get_material(material_id, visible_to=actor)
    if not material.digest:
        raise NotFound
    matter = material.matter
    if matter.person is not None and not permissions.is_applicant(actor, matter):
        keep_view(
            matter.person,
            value=SealedValue.EVIDENCE,
            purpose=ViewPurpose.SERVICE,
            note=str(matter),
            actor=actor,
            now=now,
        )
    with open_file(material.pk) as file:
        return material, file.read()


def _lock_material(matter_id: int, key: str, actor: Actor) -> tuple[Matter, Material]:
    """Return a matter whose material `key` is open to be changed by the applicant."""
    rows = Matter.objects.select_for_update(of=("self",))
    matter = rows.filter(pk=matter_id).first()
    if matter is None or not permissions.can_act_as_applicant(actor, matter):
        raise NotFound
    wanted = service_of(matter).material(key)
    if wanted is None:
        raise NotFound
    if not is_open(matter, key):
        raise MaterialClosed(state=matter.get_state_display())
    return matter, wanted


def is_open(matter: Matter, key: str) -> bool:
    """Whether a material may be changed: a draft's, a reopened one, a promised one."""
    if matter.state == MatterState.DRAFT:
        return True
    if matter.state not in WITH_THE_OFFICE:
        return False
    notice = matter.notices.filter(answered_at__isnull=True).first()
    if notice is not None and f"material:{key}" in notice.items:
        return True
    return matter.promise_due_on is not None and key in keys_promised(matter)
