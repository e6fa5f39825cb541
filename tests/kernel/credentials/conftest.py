"""The people and firms of the register's tests."""

from tests.kernel.register.conftest import (
    firms,
    made_up_people,
    make_organisation,
    make_person,
    regions,
)

__all__ = ["firms", "made_up_people", "make_organisation", "make_person", "regions"]
