"""The number series an invented centre has used up, so that the real ones go on behind them."""

from __future__ import annotations

from collections.abc import Mapping

from mediation_desk.shared.track import Track

Name = tuple[str, str, int]
"""Body (or centre), kind of number, year."""

CASE_CODES = "案件代码"
_SHARED = (Track.PEOPLES.value, Track.JUDICIAL.value)


class Series:
    """Counts up each series from 1. People's and judicial cases of one body look alike and share their numbers."""

    def __init__(self) -> None:
        self._last: dict[Name, int] = {}

    def next(self, body: str, kind: str, year: int) -> int:
        """The next serial."""
        name = _name(body, kind, year)
        serial = self._last[name] = self._last.get(name, 0) + 1
        return serial

    def skip(self, body: str, kind: str, year: int, serial: int) -> None:
        """Never give out ``serial`` or a smaller one."""
        name = _name(body, kind, year)
        self._last[name] = max(serial, self._last.get(name, 0))

    @property
    def last(self) -> Mapping[Name, int]:
        """The last serial of every series, under each kind that may draw from it."""
        used: dict[Name, int] = {}
        for (body, kind, year), serial in self._last.items():
            for one in _SHARED if kind in _SHARED else (kind,):
                used[body, one, year] = serial
        return used


def _name(body: str, kind: str, year: int) -> Name:
    return body, _SHARED[0] if kind in _SHARED else kind, year
