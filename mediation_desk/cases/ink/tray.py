"""待签: every printed paper of a case with its places, copy by copy, and what is still missing.

Nothing here is stored: places come from the printed papers, deeds from the marks beside the case file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from enum import StrEnum

from mediation_desk.cases.ink.mark import WHOLE, Ink, InkDeed
from mediation_desk.cases.ink.place import InkKind, InkPlace
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.summary import PrintedPaper
from mediation_desk.shared.clock import local_day
from mediation_desk.shared.record import record

AGREEMENT = "agreement"
_BY_FINGERPRINT = "按指印"
_MOST_TOLD = 3


class TrayState(StrEnum):
    """How a printed version stands."""

    OPEN = "待签"
    COMPLETE = "签齐"
    VOIDED = "旧版作废"
    DROPPED = "不用签"
    SURPLUS = "重印件"


@record
class Task:
    """What one human still has to do: ``done`` of ``whole`` places, over all copies."""

    hand: str
    whole: int
    done: int
    refused: int

    @property
    def words(self) -> str:
        """``田志远：2 处已签 1 处``."""
        told = f"{self.hand}：{self.whole} 处已签 {self.done} 处"
        return f"{told}，拒签 {self.refused} 处" if self.refused else told


@record
class Tray:
    """One printed paper in one wording. ``marks`` has the mark that counts for each place and copy.

    ``whole`` is the mark on the paper as a whole: its scan was compared, or it needs no ink.
    """

    form: str
    paper_no: int
    version: str
    title: str
    printed_at: datetime
    copies: int
    places: tuple[InkPlace, ...]
    marks: Mapping[tuple[str, int], Ink]
    whole: Ink | None = None
    refusals_stand: bool = True
    state: TrayState = TrayState.OPEN

    @property
    def printed_on(self) -> date:
        """The local day of printing."""
        return local_day(self.printed_at)

    def place(self, key: str) -> InkPlace | None:
        """The place with this key."""
        return next((one for one in self.places if one.key == key), None)

    def settled(self, key: str, copy: int) -> bool:
        """Whether nobody is waited for there."""
        mark = self.marks.get((key, copy))
        return mark is not None and (mark.deed is not InkDeed.REFUSED or self.refusals_stand)

    def open_copies(self, place: InkPlace) -> tuple[int, ...]:
        """Copies on which this place is still empty."""
        return tuple(copy for copy in range(1, self.copies + 1) if not self.settled(place.key, copy))

    @property
    def filled(self) -> bool:
        """Whether every place of every copy is settled, or a scan shows it."""
        if self.whole is not None:
            return True
        return all(self.settled(one.key, copy) for one in self.places for copy in range(1, self.copies + 1))


def trays(file: CaseFile, papers: Sequence[PrintedPaper]) -> tuple[Tray, ...]:
    """Every printed wording that has places, in the order of printing, each with how it stands.

    A newer wording voids the open places of the one before. Where all hands had signed before, the newer one is a
    reprint that needs no ink, unless the signatures were voided in between.
    """
    found: dict[tuple[str, int], list[Tray]] = {}
    for tray in _printed(file, papers):
        found.setdefault((tray.form, tray.paper_no), []).append(tray)
    settled = [one for versions in found.values() for one in _judged(file, versions)]
    return tuple(sorted(settled, key=lambda one: one.printed_at))


def open_trays(file: CaseFile, papers: Sequence[PrintedPaper]) -> tuple[Tray, ...]:
    """Those that wait for a hand, oldest first."""
    return tuple(tray for tray in trays(file, papers) if tray.state is TrayState.OPEN)


def tasks(tray: Tray) -> tuple[Task, ...]:
    """The places grouped by human, in the order of the paper."""
    by_hand: dict[str, list[InkPlace]] = {}
    for place in tray.places:
        by_hand.setdefault(place.hand, []).append(place)
    whole = tray.whole is not None
    return tuple(
        Task(
            hand=hand,
            whole=len(places),
            done=sum(whole or not tray.open_copies(one) for one in places),
            refused=sum(_refused(tray, one) for one in places),
        )
        for hand, places in by_hand.items()
    )


def missing(tray: Tray, most: int = _MOST_TOLD) -> str:
    """``田志远的签名（人民调解协议书第2页，第3份）；另有5处``; "" when nothing is missing."""
    if tray.state is not TrayState.OPEN:
        return ""
    gaps = [(place, tray.open_copies(place)) for place in tray.places]
    gaps = [(place, copies) for place, copies in gaps if copies]
    told = [_gap(tray, place, copies) for place, copies in gaps[:most]]
    rest = len(gaps) - len(told)
    return "、".join(told) + (f"，另有{rest}处" if rest else "")


def copies_words(copies: Sequence[int]) -> str:
    """``第3份``, ``第1至5份``, ``第1、4份``."""
    if len(copies) > 1 and copies[-1] - copies[0] == len(copies) - 1:
        return f"第{copies[0]}至{copies[-1]}份"
    shown = "、".join(str(copy) for copy in copies[:5])
    return f"第{shown}{'等' if len(copies) > 5 else ''}份"


def _gap(tray: Tray, place: InkPlace, copies: tuple[int, ...]) -> str:
    page = f"第{place.page}页" if place.page else "各页"
    which = f"，{copies_words(copies)}" if tray.copies > 1 else ""
    refused = any((place.key, copy) in tray.marks for copy in copies)
    what = f"{place.kind}（拒签还没有处理）" if refused else place.kind.value
    return f"{place.hand}的{what}（{tray.title}{page}{which}）"


def _refused(tray: Tray, place: InkPlace) -> bool:
    marks = (tray.marks.get((place.key, copy)) for copy in range(1, tray.copies + 1))
    return any(mark is not None and mark.deed is InkDeed.REFUSED for mark in marks)


def _printed(file: CaseFile, papers: Iterable[PrintedPaper]) -> Iterable[Tray]:
    """One tray for each wording printed, whatever the number of files and printings."""
    merged: dict[tuple[str, int, str], PrintedPaper] = {}
    for paper in papers:
        if not paper.places:
            continue
        key = (paper.form, paper.no, paper.version)
        first = merged.get(key)
        merged[key] = paper if first is None else replace(first, copies=max(first.copies, paper.copies))
    for paper in merged.values():
        yield _tray(file, paper)


def _tray(file: CaseFile, paper: PrintedPaper) -> Tray:
    beside = file.beside
    mine = [one for one in beside.inks if one.of(paper.form, paper.no, paper.version)]
    marks: dict[tuple[str, int], Ink] = {}
    for mark in mine:
        marks.update({(mark.place, copy): mark for copy in mark.copies})
    corrected = tuple(
        InkPlace(key=f"g{one.no}/{line}", page=one.page, kind=InkKind.CORRECTION, hands=(name,))
        for one in beside.ink_corrections
        if one.of(paper.form, paper.no, paper.version)
        for line, name in enumerate(one.initials)
    )
    places = (*_as_signed(file, paper), *corrected)
    out = {one.ref for one in file.not_signed}
    binding = paper.form == AGREEMENT
    open_refusals = any(
        mark.deed is InkDeed.REFUSED and (place := _by_key(places, key)) is not None and place.ref not in out
        for (key, _copy), mark in marks.items()
    )
    return Tray(
        form=paper.form,
        paper_no=paper.no,
        version=paper.version,
        title=paper.title,
        printed_at=paper.at,
        copies=paper.copies,
        places=places,
        marks=marks,
        whole=next((mark for mark in reversed(mine) if mark.place == WHOLE), None),
        refusals_stand=not (binding and open_refusals),
    )


def _by_key(places: Sequence[InkPlace], key: str) -> InkPlace | None:
    return next((one for one in places if one.key == key), None)


def _as_signed(file: CaseFile, paper: PrintedPaper) -> tuple[InkPlace, ...]:
    """The places of the agreement; whoever put a fingerprint instead of a signature owes no signature beside it."""
    if paper.form != AGREEMENT or file.agreement is None:
        return paper.places
    instead = {one.ref for one in file.beside.signings if one.instead}
    instead |= {one.ref for one in file.agreement.signatures if one.method.startswith(_BY_FINGERPRINT)}
    return tuple(
        one for one in paper.places if not (one.kind is InkKind.SIGNATURE and one.ref and one.ref in instead)
    )


def _judged(file: CaseFile, versions: Sequence[Tray]) -> Iterable[Tray]:
    current: Tray | None = None
    told: list[Tray] = []
    for tray in sorted(versions, key=lambda one: one.printed_at):
        if tray.whole is not None and tray.whole.deed is InkDeed.DROPPED:
            told.append(replace(tray, state=TrayState.DROPPED))
        elif current is not None and current.filled and not _voided_between(file, current, tray):
            told.append(replace(tray, state=TrayState.SURPLUS))
        else:
            if current is not None:
                told.append(replace(current, state=TrayState.VOIDED))
            current = tray
    if current is not None:
        told.append(replace(current, state=TrayState.COMPLETE if current.filled else TrayState.OPEN))
    return told


def _voided_between(file: CaseFile, older: Tray, newer: Tray) -> bool:
    """Whether the signatures on the older agreement were voided before the newer one was printed (作废重签)."""
    return older.form == AGREEMENT and any(
        older.printed_on <= one.voided_on <= newer.printed_on for one in file.beside.voided_signatures
    )
