"""The known columns of a kind of sheet: one for each field, with the names other tables give it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

from mediation_desk.shared.record import record

_MARKS = re.compile(r"[\s*:、,./\\_()\[\]【】“”\"'-]+")


@record
class SheetColumn:
    """A field as a column. ``shared``: rows merged into one cell all have its value; ``words``: other spellings."""

    field: str
    name: str
    aliases: tuple[str, ...]
    width: int
    shared: bool
    words: Mapping[str, str]

    @property
    def offered(self) -> tuple[str, ...]:
        """The values to choose from; empty where anything may be written."""
        return ()


@record
class SheetColumns:
    """All columns of a kind of sheet. ``names`` has every known title as `plain_title` makes it.

    ``likely`` are patterns by which a column without a usable title is recognised, the surest first.
    """

    columns: tuple[SheetColumn, ...]
    by_field: Mapping[str, SheetColumn]
    names: Mapping[str, str]
    ignored: frozenset[str]
    likely: tuple[tuple[str, re.Pattern[str]], ...] = ()


def plain_title(title: str) -> str:
    """A title reduced to what is compared: width, blanks, marks and case do not count."""
    return _MARKS.sub("", unicodedata.normalize("NFKC", title)).casefold()


def names_of(columns: Iterable[SheetColumn]) -> Mapping[str, str]:
    """Field by every name of it; our own names win over the aliases of another field."""
    known = tuple(columns)
    aliases = {plain_title(alias): one.field for one in known for alias in one.aliases}
    return aliases | {plain_title(name): one.field for one in known for name in (one.field, one.name)}
