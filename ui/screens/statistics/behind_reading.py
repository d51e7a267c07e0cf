"""Reads what stands behind a figure, some of it at a time; off the GUI thread."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from mediation_desk.access.permissions import Permission
from mediation_desk.statistics.figures import Counted, book
from mediation_desk.statistics.mediators.model import CaseLine
from mediation_desk.statistics.model import Value
from mediation_desk.statistics.organisations import table as organisations
from mediation_desk.statistics.ports import Share, Spot
from mediation_desk.statistics.service import Cell
from ui.screens.statistics import behind_lines
from ui.screens.statistics.behind_lines import START, BehindLine, Cursor, Page
from ui.screens.statistics.members import read_members
from ui.screens.statistics.page import AtSpots, Behind, Sought, TheseCases
from ui.services import Services


def read_page(services: Services, sought: Sought, of_whole: bool, after: Cursor, place: int) -> Page:
    """The cases behind ``after``, numbered on from ``place``."""
    match sought:
        case AtSpots():
            return _at_spots(services, sought, of_whole, after, place)
        case TheseCases():
            return _of_keys(services, sought.keys)
        case _:
            return _of_cell(services, sought, of_whole, after, place)


def _of_cell(services: Services, behind: Behind, of_whole: bool, after: Cursor, place: int) -> Page:
    statistics, actor = services.statistics, services.actor
    if behind.violation is not None:
        keys = statistics.causes(actor, behind.table, behind.violation, among=behind.among)
        return _of_keys(services, keys)
    if behind.table.code == organisations.CODE:
        return read_members(services, behind)
    most = behind_lines.PAGE
    if behind.submission is None:
        cell = statistics.cell(
            actor,
            behind.table,
            behind.row,
            behind.column,
            among=behind.among,
            of_whole=of_whole,
            after=after[1],
            limit=most,
        )
    else:
        cell = services.submissions.cell(
            actor,
            behind.submission,
            behind.table.code,
            behind.row,
            behind.column,
            of_whole=of_whole,
            after=after[1],
            limit=most,
        )
    lines = _lines(services, cell.shares, cell.figure.unit, place)
    return Page(
        lines=lines,
        more=cell.more,
        cursor=(0, cell.shares[-1].case_key) if cell.shares else after,
        figure=cell.figure,
        whole=cell.whole,
        expected=_in_table(behind, cell),
    )


def _at_spots(services: Services, sought: AtSpots, of_whole: bool, after: Cursor, place: int) -> Page:
    """One spot after the other until there are enough lines."""
    asked, spots = sought.asked, tuple(_wanted(one, of_whole) for one in sought.spots)
    figure, lines = book().counted[spots[0].figure], list[BehindLine]()
    at, key = after
    most, more = behind_lines.PAGE, False
    while at < len(spots) and not more:
        room = most - len(lines)
        shares = services.statistics.behind(
            services.actor, spots[at], asked.as_of, among=asked.among, after=key, limit=room + 1
        )
        more = len(shares) > room
        lines += _lines(services, shares[:room], figure.unit, place + len(lines), at)
        key = shares[:room][-1].case_key if shares[:room] else key
        if not more:
            at, key = at + 1, ""
    return Page(
        lines=tuple(lines),
        more=more,
        cursor=(at, key),
        figure=figure,
        whole=_whole(sought.spots[0]),
        expected=_sum(services, sought, spots) if after == START else None,
    )


def _sum(services: Services, sought: AtSpots, spots: Iterable[Spot]) -> Value:
    asked = sought.asked
    sums = (
        services.statistics.number_at(services.actor, one, asked.as_of, among=asked.among) for one in spots
    )
    return sum(sums, start=0)


def _wanted(spot: Spot, of_whole: bool) -> Spot:
    return replace(spot, figure=spot.whole, whole="") if of_whole and spot.whole else spot


def _whole(spot: Spot) -> Counted | None:
    return book().counted[spot.whole] if spot.whole else None


def _of_keys(services: Services, keys: Iterable[str]) -> Page:
    return Page(lines=_lines(services, (Share(case_key=key, adds=1) for key in keys), "件", 0))


def _lines(
    services: Services, shares: Iterable[Share], unit: str, place: int, spot: int = 0
) -> tuple[BehindLine, ...]:
    listed = tuple(shares)
    known: dict[str, CaseLine] = {}
    if services.actor.can(Permission.CASE_READ) and listed:
        keys = [one.case_key for one in listed]
        known = {one.case_key: one for one in services.statistics.cases_behind(services.actor, keys)}
    return tuple(
        BehindLine(place=at, share=one, unit=unit, case=known.get(one.case_key), spot=spot)
        for at, one in enumerate(listed, start=place + 1)
    )


def _in_table(behind: Behind, cell: Cell) -> Value:
    """The figure whose cases are listed, where the table shows it as such."""
    if all(one.code != cell.figure.code for one in behind.table.columns):
        return None
    return behind.table.value(behind.table.row(behind.row), cell.figure.code)
