"""Model fields whose column holds only sealed bytes."""

import json
from typing import TYPE_CHECKING, Any

from django.db import models

from tinhso.core.crypto import open_bytes, seal_bytes

if TYPE_CHECKING:
    _Field = models.BinaryField[Any, Any]
else:
    _Field = models.BinaryField


class _SealedField(_Field):
    """Bytes at rest, a value in Python. Not searchable: keep a `…_lookup` column beside it where needed.

    The bytes are bound to their table and column: moved to another column they do not open. They are not bound to their
    row, which has no id yet when they are sealed: who may write to the table could still swap two rows' values.
    """

    purpose = "field"

    @property
    def place(self) -> str:
        """Where the bytes lie, as `table.column`."""
        return f"{self.model._meta.db_table}.{self.column}"

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if value is not None:
            value = seal_bytes(self.dump(value), self.purpose, self.place)
        return super().get_db_prep_value(value, connection, prepared)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        return None if value is None else self.parse(open_bytes(bytes(value), self.purpose, self.place))

    def dump(self, value: Any) -> bytes:
        raise NotImplementedError

    def parse(self, data: bytes) -> Any:
        raise NotImplementedError


class EncryptedTextField(_SealedField):
    def dump(self, value: str) -> bytes:
        return value.encode()

    def parse(self, data: bytes) -> str:
        return data.decode()


class EncryptedJSONField(_SealedField):
    def dump(self, value: Any) -> bytes:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()

    def parse(self, data: bytes) -> Any:
        return json.loads(data)
