"""``ArchiveService``: the lists of the archive room; what happens to a volume is a step of its case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from mediation_desk.access.actor import Actor
from mediation_desk.access.permissions import Permission
from mediation_desk.cases.archiving.lists import (
    OralRegister,
    Threshold,
    VolumeLine,
    VolumeList,
    VolumeQuery,
)
from mediation_desk.cases.archiving.ports import VolumeStorage, VolumeWork
from mediation_desk.cases.archiving.retention import end_of
from mediation_desk.cases.archiving.rules import RegisterPeriod, archive_rules
from mediation_desk.cases.archiving.standing import FOR_EVER
from mediation_desk.cases.lifecycle import State
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.summary import MOST_COUNTED, CaseQuery
from mediation_desk.parties.covering import covered
from mediation_desk.shared.clock import Clock, local_day
from mediation_desk.shared.errors import InputError

MOST_FOUND, MOST_LABELS = 100, 200
"""Of a search, and of volumes that one sheet of paper may be about; a register volume has no more either."""
_QUARTERS = "一二三四"


class ArchiveService:
    """Reads only. Every list is a page of an index, whatever the size of the archive."""

    def __init__(self, storage: VolumeStorage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock

    @property
    def local_today(self) -> date:
        """The day at the counter."""
        return local_day(self._clock())

    def lines(self, actor: Actor, query: VolumeQuery) -> tuple[VolumeLine, ...]:
        """A page of a list, each line with the end of its period."""
        actor.require(Permission.CASE_READ)
        on = self.local_today
        with self._storage.read(actor) as work:
            lines = covered(actor, work, work.volumes.lines(query, on, thresholds(on)))
            return tuple(map(_with_end, lines))

    def counts(self, actor: Actor) -> dict[VolumeList, int]:
        """How long each list is; one more than ``MOST_COUNTED`` stands for any longer one."""
        actor.require(Permission.CASE_READ)
        on = self.local_today
        with self._storage.read(actor) as work:
            return {
                which: work.volumes.count(VolumeQuery(which=which), on, thresholds(on), MOST_COUNTED + 1)
                for which in VolumeList
            }

    def find(self, actor: Actor, words: str) -> tuple[VolumeLine, ...]:
        """Filed volumes by number, shelf number, case code, or any other word of the case."""
        actor.require(Permission.CASE_READ)
        typed = words.strip()
        if not typed:
            return ()
        with self._storage.read(actor) as work:
            lines = work.volumes.of(_keys(work, typed, self.local_today))
            return tuple(map(_with_end, covered(actor, work, lines)))

    def files(self, actor: Actor, keys: Sequence[str]) -> tuple[CaseFile, ...]:
        """The whole files of these cases, for labels and lists on paper. ``InputError`` for too many or unknown."""
        actor.require(Permission.CASE_READ)
        if len(keys) > MOST_LABELS:
            raise InputError(f"一次最多{MOST_LABELS}卷。", field="keys")
        with self._storage.read(actor) as work:
            return tuple(_found(work, key) for key in keys)

    def oral_register(self, actor: Actor, body: str, day: date) -> OralRegister:
        """The register volume of a body for the month or quarter of ``day``, as the rules want it."""
        actor.require(Permission.CASE_READ)
        first, last, name = register_period(day)
        with self._storage.read(actor) as work:
            lines = covered(actor, work, work.volumes.oral(body, first, last, MOST_LABELS))
        return OralRegister(body=body, first=first, last=last, name=name, lines=lines)


def thresholds(on: date) -> tuple[Threshold, ...]:
    """Per class, before which day a volume was filed whose period is over on ``on``; for ever has none."""
    return tuple(
        Threshold(retention=one.retention, filed_before=date(on.year - one.years, 1, 1))
        for one in archive_rules().classes
        if one.years and on.year > one.years
    )


def register_period(day: date) -> tuple[date, date, str]:
    """First and last day and the name of the register period that holds ``day``."""
    if archive_rules().oral is RegisterPeriod.MONTH:
        first, months, name = date(day.year, day.month, 1), 1, f"{day.year}年{day.month}月"
    else:
        quarter = (day.month - 1) // 3
        first, months = date(day.year, quarter * 3 + 1, 1), 3
        name = f"{day.year}年第{_QUARTERS[quarter]}季度"
    later = first.year * 12 + first.month - 1 + months
    return first, date(later // 12, later % 12 + 1, 1) - timedelta(days=1), name


def _keys(work: VolumeWork, typed: str, on: date) -> tuple[str, ...]:
    standing = work.volumes.at(typed.upper())
    query = CaseQuery(search=typed, states=(State.ARCHIVED,), limit=MOST_FOUND, on=on)
    found = [one.case_key for one in work.cases.summaries(query)]
    return tuple(dict.fromkeys((*([standing] if standing else []), *found)))


def _with_end(line: VolumeLine) -> VolumeLine:
    if line.ends_on is not None:  # decided by an appraisal
        return replace(line, ends_on=None if line.ends_on == FOR_EVER else line.ends_on)
    if line.retention is None or line.archived_on is None:
        return line
    return replace(line, ends_on=end_of(line.retention, line.archived_on))


def _found(work: VolumeWork, key: str) -> CaseFile:
    file = work.cases.find(key)
    if file is None:
        raise InputError(f"没有编号或代码为“{key}”的案件。", field="case")
    return file
