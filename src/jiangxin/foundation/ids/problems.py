"""What a check says: a problem refuses the text, a warning only remarks on it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from django.utils.functional import Promise


class IdProblem(ValueError):
    """The text cannot be such a number.

    A subclass gives `code` (a stored key, never renamed) and `text` (a translatable
    sentence that says the way out). The number itself is never part of either: problems
    end up in logs and in reason columns, where personal data has no place.
    """

    code: ClassVar[str]
    text: ClassVar[str | Promise]

    def __init__(self, **values: Any) -> None:
        super().__init__(self.code)
        self.values = values

    @property
    def message(self) -> str:
        """The sentence in the language that is active now."""
        return str(self.text) % self.values


@dataclass(frozen=True)
class IdWarning:
    """Something to look at in a number that is accepted all the same."""

    code: str
    text: str | Promise
    values: Mapping[str, Any] = field(default_factory=dict)

    @property
    def message(self) -> str:
        """The sentence in the language that is active now."""
        return str(self.text) % self.values

    def about(self, **values: Any) -> "IdWarning":
        """Return the same warning with its placeholders filled."""
        return IdWarning(self.code, self.text, values)
