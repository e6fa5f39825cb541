"""What the register knows already, so that an application does not ask for it."""

from collections.abc import Mapping

from jiangxin.kernel.matters.registry import known
from jiangxin.kernel.matters.rules.service import Service


def known_answers(service: Service, subject_id: int) -> dict[str, str]:
    """Return the answers that the register has, by the field's key; none that are empty."""
    found = {}
    for field in service.fields:
        if field.known_from:
            value = known(field.known_from).read(subject_id)
            if value:
                found[field.key] = value
    return found


def with_known(
    service: Service, subject_id: int, answers: Mapping[str, str]
) -> dict[str, str]:
    """Return the answers as they count: what the register knows wins over what was typed."""
    asked = {one.key for one in service.fields}
    typed = {key: value.strip() for key, value in answers.items() if key in asked}
    return {**typed, **known_answers(service, subject_id)}
