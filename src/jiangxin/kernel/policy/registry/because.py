"""Because of what somebody is newly served, or no longer, in the active language."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from jiangxin.kernel.policy.enums import AttributeType, Why
from jiangxin.kernel.policy.registry.attributes import attribute
from jiangxin.kernel.policy.registry.wording import shown


def because(kept: Mapping[str, Any] | None) -> str:
    """Write a cause as a match keeps it; nothing when it is not known."""
    if not kept:
        return ""
    changed = kept.get("changed")
    if changed:
        return _("; ").join(_change(key, values) for key, values in changed.items())
    return str(Why(kept["why"]).label)


def _change(key: str, values: list[Any] | None) -> str:
    try:
        one = attribute(key)
    except (KeyError, ValueError):
        return key  # its part is no longer there
    if values is None:
        return _("%(attribute)s changed") % {"attribute": one.label}
    before, now = (shown(one, _read(one.type, value)) for value in values)
    return _("%(attribute)s: %(before)s → %(now)s") % {
        "attribute": one.label,
        "before": before,
        "now": now,
    }


def _read(type_: AttributeType, value: Any) -> Any:
    """Return a value from JSON as the profile holds it."""
    if isinstance(value, str) and type_ is AttributeType.DATE:
        return date.fromisoformat(value)
    if isinstance(value, str) and type_ is AttributeType.DECIMAL:
        return Decimal(value)
    return value
