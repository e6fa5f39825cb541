"""Kinds of notices that a part of these tests sends, and who gets them."""

from dataclasses import replace

import pytest
from django.urls import reverse

from jiangxin.foundation import parts
from jiangxin.foundation.actor import Scope
from jiangxin.foundation.parts import Part, register_part
from jiangxin.kernel.notices.registry import Channel, NoticeKind, NoticeText
from tests.kernel.privacy.conftest import (
    as_officer,
    as_worker,
    english,
    make_account,
    person,
)
from tests.kernel.register.cast import Somebody
from tests.kernel.register.conftest import (
    firms,
    made_up_people,
    make_organisation,
    make_person,
    regions,
)

__all__ = [
    "as_officer",
    "as_worker",
    "english",
    "firms",
    "made_up_people",
    "make_account",
    "make_organisation",
    "make_person",
    "person",
    "regions",
]

FOUND = NoticeKind(
    key="tests.found",
    label="A policy found you",
    description="When a policy serves you from now on.",
    write=lambda told: NoticeText(
        f"{told.about} serves you since {told.facts['since']}",
        "See why.",
        reverse("access:portal-home"),
    ),
    facts=frozenset({"since"}),
    is_optional=True,
    about=lambda subject: f"Policy {subject}",
)
DECIDED = NoticeKind(
    key="tests.decided",
    label="Your request was decided",
    description="Always told.",
    write=lambda told: NoticeText("Your request was decided"),
)
WORK = NoticeKind(
    key="tests.work",
    label="Work for the desk",
    description="To staff.",
    write=lambda told: NoticeText(
        f"{told.facts['count']} people", url=reverse("access:desk-home")
    ),
    to="account",
    facts=frozenset({"count"}),
)


@pytest.fixture
def carried():
    return []


@pytest.fixture(autouse=True)
def kinds(monkeypatch, carried):
    monkeypatch.setattr(parts, "_parts", dict(parts._parts))
    channel = Channel("tests", "By pigeon", carried.append)
    register_part(Part("tests", "Tests", "", brings=(FOUND, DECIDED, WORK, channel)))


@pytest.fixture
def worker(person):
    return replace(
        Somebody((Scope(),), label="王芳"),
        person_id=person.pk,
        permissions=frozenset({"register.view_own_record"}),
    )
