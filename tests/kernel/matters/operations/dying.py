"""Acts on a matter in a process of its own, which may be killed in the middle of one."""

import os
import signal
from datetime import date
from pathlib import Path
from uuid import uuid4

from django.utils import timezone

from jiangxin.foundation.actor import SYSTEM, Scope
from jiangxin.foundation.parts import Part, register_part
from jiangxin.kernel.matters import registry
from jiangxin.kernel.matters.enums import Channel
from jiangxin.kernel.matters.models import Matter
from jiangxin.kernel.matters.operations import door, materials
from jiangxin.kernel.matters.operations.accepting import accept_matter
from jiangxin.kernel.matters.operations.drafting import (
    Begun,
    Contact,
    begin_matter,
    delete_draft,
    submit_matter,
)
from jiangxin.kernel.matters.operations.materials import NewFile, add_material
from jiangxin.kernel.register.models import Region
from jiangxin.kernel.register.operations.organisations import (
    OrganisationFacts,
    register_organisation,
)
from tests.foundation.uploads.samples import pdf
from tests.kernel.register.cast import Somebody
from tests.unreached import UNREACHED

SERVICES = Path(__file__).parent.parent / "services"
ANSWERS = {"chair": "李明", "years": "5"}


CLERK = Somebody(
    (Scope("33"),),
    label="窗口小陈",
    account_id=UNREACHED + 21,
    permissions={"matters.handle"},
)


def offer():
    register_part(
        Part("trial", "Trial", "", brings=(registry.ServiceFolder(SERVICES),))
    )
    registry._services.cache_clear()


def prepare():
    """Begin a draft at the window; print its number."""
    offer()
    now = timezone.now()
    above = None
    for code, level in (("33", 1), ("3307", 2), ("330726", 3), ("330726100", 4)):
        above = Region.objects.create(code=code, name=code, level=level, parent=above)
    union = register_organisation(
        kind="grassroots_union",
        code="U1",
        facts=OrganisationFacts("U1", "330726100"),
        effective_on=date(2026, 1, 5),
        actor=SYSTEM,
        now=now,
    )
    begun = Begun(
        "trial.permit", uuid4(), channel=Channel.WINDOW, organisation_id=union.pk
    )
    print(begin_matter(begun, actor=SYSTEM, now=now).pk)  # noqa: T201 -- read by the test


def die(*_given, **_more):
    os.kill(os.getpid(), signal.SIGKILL)


def upload(*, dies):
    """Hand in a file; die when it is kept and its row is not safe yet."""
    offer()
    if dies:
        attaches = materials.attach
        materials.attach = lambda *given, **more: (attaches(*given, **more), die())
    add_material(
        matter_id=Matter.objects.get().pk,
        key="approval",
        file=NewFile("a.pdf", pdf()),
        actor=CLERK,
        now=timezone.now(),
    )


def submit(*, dies):
    """Submit and accept; die when the act is written and the trail is not."""
    offer()
    matter, now = Matter.objects.get(), timezone.now()
    if dies:
        door.record = die
    submit_matter(
        matter_id=matter.pk,
        seen=matter.version,
        answers=ANSWERS,
        contact=Contact("李明", "13800138000"),
        actor=SYSTEM,
        now=now,
    )
    accept_matter(
        matter_id=matter.pk,
        seen=matter.version + 1,
        papers=["form"],
        actor=SYSTEM,
        now=now,
    )


def delete():
    """Throw the draft away; die when its rows are gone and that is not safe yet."""
    offer()
    goes = Matter.delete
    Matter.delete = lambda matter: (goes(matter), die())
    delete_draft(matter_id=Matter.objects.get().pk, actor=SYSTEM)
