"""Which fields of people the policies in force read."""

from datetime import date

from jiangxin.kernel.policy.registry import policies

# Which attributes are computed from a field that should be known of everybody.
_READ_FROM = {
    "education": {"education"},
    "occupation": {"occupation"},
    "union_date": {"is_union_member", "member_since"},
    "skill_grade": {"skill_grade"},
}


def fields_needed_on(on: date) -> set[str]:
    """Return the keys of known fields that a policy in force on a day reads."""
    read = {
        key
        for policy in policies()
        if policy.is_in_force(on)
        for key in policy.attributes()
    }
    return {field for field, attributes in _READ_FROM.items() if attributes & read}
