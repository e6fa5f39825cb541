"""A model field whose values are sealed in the database and plain in Python."""

from typing import TYPE_CHECKING, Any, NoReturn

from django.core.exceptions import FieldError
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from jiangxin.foundation.sealing.text import seal, unseal

if TYPE_CHECKING:
    _Field = models.BinaryField[str, str]
else:
    _Field = models.BinaryField


class SealedTextField(_Field):
    """Text that the database, its backups and its readers see only sealed.

    The place it is sealed for is `app.Model.field`. A field or model that is renamed
    keeps its old place with `sealed_as`, or its values could no longer be opened.
    It cannot be searched or sorted: keep a `blind_index` beside it for look-up.
    """

    description = "Sealed text"

    def __init__(self, *args: Any, sealed_as: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sealed_as = sealed_as

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        if self.sealed_as:
            kwargs["sealed_as"] = self.sealed_as
        return name, path, list(args), dict(kwargs)

    @property
    def place(self) -> str:
        """What values are bound to, so that they cannot be moved to another column."""
        return self.sealed_as or f"{self.model._meta.label}.{self.name}"

    def get_default(self) -> Any:
        # BinaryField answers b"" where nothing is set.
        return super().get_default() or ""

    def to_python(self, value: Any) -> Any:
        return value

    def from_db_value(self, value: Any, *_: Any) -> str | None:
        return None if value is None else unseal(bytes(value), aad=self.place)

    def get_db_prep_value(
        self,
        value: Any,
        connection: BaseDatabaseWrapper,
        prepared: bool = False,  # noqa: FBT001, FBT002 -- Django's signature
    ) -> Any:
        if isinstance(value, str):
            value = seal(value, aad=self.place)
        elif value is not None:
            message = f"{self.place} takes text, not {type(value).__name__}"
            raise TypeError(message)
        return super().get_db_prep_value(value, connection, prepared)

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name != "isnull":
            self._refuse()
        return super().get_lookup(lookup_name)

    def get_transform(self, lookup_name: str) -> Any:  # noqa: ARG002 -- Django's call
        self._refuse()

    def value_to_string(self, obj: models.Model) -> NoReturn:  # noqa: ARG002 -- as above
        message = f"{self.place} is sealed and leaves the database only in its backups"
        raise FieldError(message)

    def _refuse(self) -> NoReturn:
        message = f"{self.place} is sealed: look it up by a blind index beside it"
        raise FieldError(message)
