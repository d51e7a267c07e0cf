"""``tracks.concluded@人民调解``: which table, which figure, which line a sentence quotes."""

from __future__ import annotations

from mediation_desk.shared.record import record
from mediation_desk.statistics.organisations.rules import organisation_rules
from mediation_desk.statistics.reporting.material import Source
from mediation_desk.statistics.tables import tables


class FaultyReference(ValueError):
    """``text`` names a figure, table or verb there is none of."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


@record
class Reference:
    """A cell, in any of the three periods; without a ``line`` it is the sum."""

    source: Source
    code: str
    line: str = ""


_RULES = {
    Source.TRACKS: "tracks",
    Source.CASES: "cases",
    Source.KINDS: "tracks",
    Source.AREAS: "tracks",
    Source.MONTHS: "tracks",
}
"""Whose columns a source has."""


def reference(text: str) -> Reference:
    """The cell ``text`` names. Raises ``FaultyReference`` for a table or figure there is none of."""
    name, _, line = text.strip().partition("@")
    head, _, code = name.rpartition(".")
    try:
        source = Source(head or Source.TRACKS)
    except ValueError:
        raise FaultyReference(text) from None
    if code not in columns_of(source):
        raise FaultyReference(text)
    if line and source is Source.TRACKS and line not in tables().listed["tracks"].lines:
        raise FaultyReference(text)
    return Reference(source=source, code=code, line=line)


def columns_of(source: Source) -> tuple[str, ...]:
    """Codes of every column a table of this source has."""
    if source is Source.ORGANISATIONS:
        return tuple(one.code for one in organisation_rules().figures)
    return tuple(column.code for column in tables().listed[_RULES[source]].columns)
