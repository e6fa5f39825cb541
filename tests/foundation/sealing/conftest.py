from datetime import date

import pytest

from jiangxin.foundation.sealing import ring
from jiangxin.kernel.register.models import Person


@pytest.fixture
def key_ring(settings, tmp_path):
    """A ring of its own, as a fresh deployment has it."""
    settings.JIANGXIN_KEY_RING = tmp_path / "keys" / "ring.json"
    settings.JIANGXIN_UPLOADS = tmp_path / "uploads"  # whose files have its keys
    ring.forget()
    yield settings.JIANGXIN_KEY_RING
    ring.forget()


@pytest.fixture
def make_people(key_ring, now):
    """Each with an identity number and a phone, so two sealed values."""

    def make(count):
        people = [
            Person(
                name="王芳",
                sex="2",
                birth_on=date(1990, 1, 1),
                id_number=f"number {serial}",
                id_index=f"{serial}",
                phone=f"phone {serial}",
                registered_at=now,
                valid_from=date(2026, 1, 1),
            )
            for serial in range(count)
        ]
        return Person.objects.bulk_create(people)

    return make
