"""Whether a row speaks of something that is on record already, or stands in the file further up."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from enum import StrEnum
from typing import Any

from mediation_desk.shared.record import record


class Choice(StrEnum):
    """What is to be done with a row."""

    SKIP = "跳过"
    UPDATE = "更新"
    NEW = "按新人"


@record
class Twin:
    """The other one: on record under ``key``, or row ``row`` of the same file. ``why`` is a clause."""

    name: str
    why: str
    choices: tuple[Choice, ...]
    key: str = ""
    row: int = 0


Key = tuple[Hashable, ...]
Seen = Mapping[Key, tuple[int, Mapping[str, Any]]]
"""Earlier rows of the file with their values, by their traits."""


@record
class Trait:
    """Something by which two records are held to be one; ``certain`` when nothing else need agree."""

    key: Key
    why: str
    certain: bool = False
