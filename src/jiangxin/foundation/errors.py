"""The three ways an act ends without being done, each with its own way out."""

from typing import Any, ClassVar

from django.utils.functional import Promise


class NotFound(Exception):
    """What was asked for does not exist, or not for this actor: both look the same."""


class NotPermitted(Exception):
    """The actor may see the thing but not do this to it."""

    def __init__(self, permission: str) -> None:
        super().__init__(permission)
        self.permission = permission


class Refused(Exception):
    """The platform says no to a well-formed request, and says how to go on.

    A subclass gives `code` (a stored key, never renamed) and `text` (a translatable
    sentence with named placeholders, filled from the keyword arguments).
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

    def __str__(self) -> str:
        return f"{self.code}: {self.message}"
