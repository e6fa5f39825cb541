"""Somebody of the northern town, who says what is wrong on record about them."""

from dataclasses import replace
from uuid import uuid4

import pytest

from jiangxin.foundation.actor import Scope
from jiangxin.kernel.corrections.operations.asking import Asked, ask_correction
from jiangxin.kernel.corrections.operations.deciding import Decision, decide_correction
from jiangxin.kernel.corrections.queries.present import stamp
from tests.kernel.privacy.conftest import (
    as_officer,
    as_worker,
    english,
    make_account,
)
from tests.kernel.register.cast import OFFICER, Somebody
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
    "regions",
]

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 20 + b"IEND\xaeB`\x82"
PDF = b"%PDF-1.7 ... %%EOF\n"


@pytest.fixture(autouse=True)
def uploads(settings, tmp_path):
    settings.JIANGXIN_UPLOADS = tmp_path
    return tmp_path


@pytest.fixture
def person(make_person, firms):
    return make_person(employer=firms.north, phone="13800138000", education="21")


@pytest.fixture
def worker(person):
    return replace(
        Somebody((Scope(),), label="王芳"),
        person_id=person.pk,
        permissions=frozenset({"register.view_own_record"}),
    )


@pytest.fixture
def ask(worker, now):
    def asked(actor=worker, token=None, note="", papers=(), **values):
        return ask_correction(
            Asked(values, token or uuid4(), note, papers), actor=actor, now=now
        )

    return asked


@pytest.fixture
def decide(now):
    def decided(correction, *, actor=OFFICER, reasons=None, seen=None, **verdicts):
        seen = seen or stamp(
            type(correction.person).objects.get(pk=correction.person_id)
        )
        return decide_correction(
            correction_id=correction.pk,
            decision=Decision(verdicts, reasons or {}, seen),
            actor=actor,
            now=now,
        )

    return decided
