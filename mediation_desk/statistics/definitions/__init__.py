"""The statistical tables of the desk, one module each; ``TABLES`` is the list of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from mediation_desk.shared.record import record
from mediation_desk.statistics.definitions import cases, tracks
from mediation_desk.statistics.model import Period, StatTable
from mediation_desk.statistics.ports import StatisticsReader

Fill = Callable[[StatisticsReader, Period, date], StatTable]


@record
class Definition:
    """One kind of table and how it is filled."""

    code: str
    title: str
    fill: Fill


TABLES: Mapping[str, Definition] = {
    one.code: one
    for one in (
        Definition(code=tracks.CODE, title=tracks.TITLE, fill=tracks.fill),
        Definition(code=cases.CODE, title=cases.TITLE, fill=cases.fill),
    )
}
"""By code, in the order they are offered."""
