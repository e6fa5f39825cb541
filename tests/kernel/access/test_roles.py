"""The one table of roles against what the parts declare."""

import pytest

from jiangxin.foundation.parts import Permission, brought
from jiangxin.kernel.access.enums import Role, ScopeKind
from jiangxin.kernel.access.roles import ADMINISTRATORS, ROLES, may_be_held_together

DECLARED = {permission.key for permission in brought(Permission)}
HELD = {key for meaning in ROLES.values() for key in meaning.permissions}


def test_each_declared_permission_is_held_by_some_role():
    assert sorted(DECLARED - HELD) == []


def test_each_key_of_the_table_is_declared():
    assert sorted(HELD - DECLARED) == []


def test_each_role_has_a_meaning():
    assert set(ROLES) == set(Role)
    assert all(str(meaning.description) for meaning in ROLES.values())


@pytest.mark.parametrize("role", sorted(ADMINISTRATORS))
def test_administrators_hold_nothing_of_the_register(role):
    # The keys that sign are the platform's, and show nobody's record.
    keys = ROLES[role].permissions - {"credentials.manage_keys"}
    parts = {key.partition(".")[0] for key in keys}
    assert parts & {"register", "credentials", "policy"} == set()


def test_no_two_administrators_may_do_the_same_but_look():
    common = {"access.use_desk", "access.view_accounts"}
    for one in ADMINISTRATORS:
        for other in ADMINISTRATORS - {one}:
            shared = ROLES[one].permissions & ROLES[other].permissions
            assert shared <= common


def test_what_is_for_the_person_alone_is_held_by_workers_only():
    own = ROLES[Role.WORKER].permissions
    assert ROLES[Role.WORKER].scope == ScopeKind.SELF
    for role in set(Role) - {Role.WORKER}:
        assert own & ROLES[role].permissions == set()


def test_may_be_held_together_does_not_depend_on_the_order():
    for one in Role:
        for other in Role:
            assert may_be_held_together(one, other) == may_be_held_together(other, one)
