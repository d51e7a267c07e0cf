"""The desk around a step, as one transaction sees it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from mediation_desk.access import four_eyes
from mediation_desk.access.actor import Actor
from mediation_desk.access.four_eyes import Act
from mediation_desk.cases.board.offering import offers_of
from mediation_desk.cases.centre import read_centre
from mediation_desk.cases.choosing.fitness import against, bound
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.numbering import GivenNumber, number_text, numbers_of, parse_number, series_of
from mediation_desk.cases.ports import CaseWork
from mediation_desk.cases.summary import PrintedPaper
from mediation_desk.experts.model import MediatorCard
from mediation_desk.hearings.arrangement import Room
from mediation_desk.hearings.board.offers import Offer
from mediation_desk.shared.clock import local_day
from mediation_desk.shared.errors import InputError


class Surroundings:
    """Implements ``Around`` on a running unit of work."""

    def __init__(self, work: CaseWork, actor: Actor, now: datetime) -> None:
        self._work = work
        self._actor = actor
        self._now = now

    @property
    def today(self) -> date:
        """The local day."""
        return local_day(self._now)

    @property
    def actor_name(self) -> str:
        """Who takes the step."""
        return self._actor.display_name

    def demand_approver(self, act: Act, named: str, file: CaseFile) -> None:
        """Raise ``RuleError`` unless ``named`` is who takes the step, and no mediator of this case."""
        involved = {word for one in file.mediators for word in (one.name, one.pool_no)}
        four_eyes.demand_approver(self._actor, act, named, involved)

    def number(self, kind: str, file: CaseFile, year: int) -> str:
        """The next number of the body's series ``kind``: a track, 不予受理, 终止 or a kind of notice."""
        body, series = file.organisation.name, series_of(kind)
        serial = self._work.numbers.next(body, series, year)
        number = number_text(kind, short=file.organisation.short, year=year, serial=serial)
        self._work.numbers.note(
            GivenNumber(
                number=number,
                body=body,
                kind=series,
                year=year,
                serial=serial,
                case_key=file.case_key,
                given_on=self.today,
            )
        )
        return number

    def settle_numbers(self, before: CaseFile, after: CaseFile, reason: str) -> None:
        """Bring the register of numbers in step with what the case bears."""
        borne, kept = dict(numbers_of(before)), dict(numbers_of(after))
        for number, series in borne.items():
            if number not in kept:
                self._void(before, number, series, reason)
        for number in kept.keys() - borne.keys():
            self._work.numbers.revive(number, after.case_key)

    def _void(self, file: CaseFile, number: str, series: str, reason: str) -> None:
        """A number that came in with an imported file is entered first: from now on only the register knows it."""
        if self._work.numbers.void(number, file.case_key, self.today, reason):
            return
        parsed = parse_number(number)
        if parsed is None:
            return
        given = GivenNumber(
            number=number,
            body=file.organisation.name,
            kind=series,
            year=parsed[0],
            serial=parsed[1],
            case_key=file.case_key,
            given_on=file.intake.accepted_on or self.today,
            voided_on=self.today,
            reason=reason,
        )
        self._work.numbers.note(given)

    def reader(self, named: str) -> str:
        """Name of the account called so."""
        account = self._work.accounts.called(named)
        if account is None:
            raise InputError(f"没有叫“{named.strip()}”的账号，或者账号已经停用。", field="named")
        return account.name

    def card(self, pool_no: str) -> MediatorCard:
        """A mediator of the pool."""
        card = self._work.pool.find(pool_no)
        if card is None:
            raise InputError(f"专家库里没有{pool_no}号调解员。", field="mediator")
        return card

    def hold(self, pool_nos: Sequence[str]) -> None:
        """Let nobody change these records before this transaction has ended."""
        self._work.pool.hold(pool_nos)

    def against(self, file: CaseFile, pool_no: str, on: date) -> tuple[str, ...]:
        """Why this mediator may not serve in this case on this day."""
        return against(self._work, file, pool_no, on)

    def choosing(self, file: CaseFile) -> bool:
        """Whether a round of choosing is open."""
        return any(one.is_open for one in self._work.choosing.ballots(file.case_key))

    def bound(self, file: CaseFile) -> tuple[str, ...]:
        """What the conflict engine finds about the mediators now serving, as pool and case stand today."""
        return tuple(hit.sentence for hit in bound(self._work, file, self.today))

    def offers(self, file: CaseFile) -> tuple[Offer, ...]:
        """The offers on the board."""
        return offers_of(self._work.boards, file)

    def papers(self, file: CaseFile) -> tuple[PrintedPaper, ...]:
        """What was printed from it."""
        return self._work.cases.papers(file.case_key)

    def renumber_board(self, file: CaseFile, numbers: Mapping[int, int]) -> None:
        """Lines, opening and attendance follow their session."""
        self._work.boards.renumber(file.case_key, numbers)

    def volume_at(self, place: str) -> str | None:
        """Whose volume stands there."""
        return self._work.volumes.at(place)

    def room(self, code: str) -> Room:
        """A room of the centre."""
        room = read_centre().room(code)
        if room is None:
            raise InputError(f"本中心没有编号为“{code}”的调解室。", field="room")
        return room

    def let_overlap(self, file: CaseFile, session_no: int, reason: str) -> None:
        """Note the override before the case is saved; it stays on record with account and moment."""
        self._work.bookings.override(
            file.case_key, session_no, reason, account=self._actor.account, at=self._now
        )
        details: dict[str, object] = {"session": session_no}
        self._work.audit.write(
            at=self._now,
            account=self._actor.account,
            action="booking.override",
            case_key=file.case_key,
            details=details,
        )
