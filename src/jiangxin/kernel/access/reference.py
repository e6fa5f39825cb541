"""permissions.md: the roles, and who may do what. api.md: the operations of the API."""

from jiangxin.foundation.parts import Permission, brought
from jiangxin.foundation.reference import ReferencePage
from jiangxin.foundation.reference.markdown import code, in_both, section, table
from jiangxin.kernel.access.api import describing
from jiangxin.kernel.access.queries import api_scopes
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


def build_api() -> str:
    scopes = ((code(each.key), in_both(each.label)) for each in api_scopes())
    blocks = [section("Scopes", table(["Key", "What a token with it may do"], scopes))]
    blocks += [
        section(each.title, _operation(each)) for each in describing.operations()
    ]
    return "\n\n".join(blocks)


def _operation(each: describing.Operation) -> str:
    rows = [(code(one.name), one.kind, one.text) for one in each.inputs]
    blocks = [each.description, f"Scope: {code(each.scope)}."]
    if rows:
        blocks.append(table(["Given", "Kind", "Meaning"], rows))
    answers = ((code(one.name), one.kind, one.text) for one in each.answer)
    blocks.append(table(["Answered", "Kind", "Meaning"], answers))
    return "\n\n".join(filter(None, blocks))


API_PAGE = ReferencePage(
    "api",
    "API",
    "The operations under `/api/v1/`, from the same description that the platform "
    "serves as OpenAPI at `/api/v1/openapi.json`. How to begin: "
    "[use the API](../how-to/use-the-api.md).",
    build_api,
)
