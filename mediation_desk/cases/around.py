"""The desk around a step, as one transaction sees it."""

from __future__ import annotations

from datetime import date

from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.numbering import number_text, series_of
from mediation_desk.cases.ports import CaseWork
from mediation_desk.experts.model import MediatorCard
from mediation_desk.shared.errors import InputError


class Surroundings:
    """Implements ``Around`` on a running unit of work."""

    def __init__(self, work: CaseWork, today: date, actor_name: str) -> None:
        self._work = work
        self.today = today
        self.actor_name = actor_name

    def number(self, kind: str, file: CaseFile, year: int) -> str:
        """The next number of the body's series ``kind``: a track, 不予受理 or 终止."""
        serial = self._work.numbers.next(file.organisation.name, series_of(kind), year)
        return number_text(kind, short=file.organisation.short, year=year, serial=serial)

    def card(self, pool_no: str) -> MediatorCard:
        """A mediator of the pool."""
        card = self._work.pool.find(pool_no)
        if card is None:
            raise InputError(f"专家库里没有{pool_no}号调解员。", field="mediator")
        return card
