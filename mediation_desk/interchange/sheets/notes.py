"""Records of the import as JSON data, to be kept among the small values of the centre."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from mediation_desk.shared.errors import InputError

if TYPE_CHECKING:
    from pydantic import TypeAdapter

T = TypeVar("T")


def to_note(kept: Any) -> Any:
    """As JSON data."""
    kind: Any = type(kept)
    return adapter(kind).dump_python(kept, mode="json")


def from_note(kind: type[T], note: Any) -> T:
    """What was kept. Raises ``InputError`` when another version of the program wrote it differently."""
    from pydantic import ValidationError

    kept: Any = kind
    try:
        found: T = adapter(kept).validate_json(json.dumps(note))
    except ValidationError:
        raise InputError("这份记录是程序的另一个版本保存的，读不出来。") from None
    return found


@cache
def adapter(kind: Any) -> TypeAdapter[Any]:
    """The reader and writer of a kind of record."""
    from pydantic import TypeAdapter

    return TypeAdapter(kind)
