"""permissions.md: the roles, and who may do what."""

from jiangxin.foundation.parts import Permission, brought
from jiangxin.foundation.reference import ReferencePage
from jiangxin.foundation.reference.markdown import code, in_both, section, table
from jiangxin.kernel.access.roles import ROLES


def build() -> str:
    return f"{_roles()}\n\n{_permissions()}"


def _roles() -> str:
    rows = (
        (
            in_both(role.label),
            in_both(meaning.description),
            in_both(meaning.scope.label),
        )
        for role, meaning in ROLES.items()
    )
    return section("Roles", table(["Role", "What it is for", "Held for"], rows))


def _permissions() -> str:
    rows = (
        (
            code(permission.key),
            in_both(permission.label),
            in_both(permission.description),
            _holders(permission.key),
        )
        for permission in sorted(brought(Permission), key=lambda each: each.key)
    )
    headings = ["Key", "Permission", "What it covers", "Roles that hold it"]
    return section("Permissions", table(headings, rows))


def _holders(key: str) -> str:
    return ", ".join(
        in_both(role.label)
        for role, meaning in ROLES.items()
        if key in meaning.permissions
    )


PERMISSIONS_PAGE = ReferencePage(
    "permissions",
    "Roles and permissions",
    "What each role is for and what it may do. A role counts only in the places it is "
    "held for, and only between its dates. The table is `kernel/access/roles.py`.",
    build,
)
