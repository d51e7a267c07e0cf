"""What a step is, and what it may ask of the desk around it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import ClassVar, Protocol

from mediation_desk.access.four_eyes import Act
from mediation_desk.access.permissions import Permission
from mediation_desk.cases.model import CaseFile, LoopEntry
from mediation_desk.cases.summary import PrintedPaper
from mediation_desk.cases.transitions import Transition
from mediation_desk.experts.model import MediatorCard
from mediation_desk.hearings.arrangement import Room
from mediation_desk.hearings.board.offers import Offer


class Around(Protocol):
    """What the desk lends a step inside its transaction."""

    @property
    def today(self) -> date:
        """The local day."""

    @property
    def actor_name(self) -> str:
        """Who takes the step."""

    def demand_approver(self, act: Act, named: str, file: CaseFile) -> None:
        """Raise ``RuleError`` unless ``named`` is who takes the step, and no mediator of this case."""

    def number(self, kind: str, file: CaseFile, year: int) -> str:
        """The next number of a series, without gaps."""

    def settle_numbers(self, before: CaseFile, after: CaseFile, reason: str) -> None:
        """Void what ``before`` bore and ``after`` does not (作废: it stays in its series, never given again).

        A number that ``after`` bears again is in force again.
        """

    def reader(self, named: str) -> str:
        """Name of the account called so, by its own name or the person's; raises ``InputError`` for nobody."""

    def card(self, pool_no: str) -> MediatorCard:
        """A mediator of the pool; raises ``InputError`` for an unknown number."""

    def hold(self, pool_nos: Sequence[str]) -> None:
        """Keep these mediators as they are until the step is stored; before they are judged."""

    def against(self, file: CaseFile, pool_no: str, on: date) -> tuple[str, ...]:
        """Why this mediator may not serve in this case on this day; empty when nothing is against it."""

    def choosing(self, file: CaseFile) -> bool:
        """Whether the parties are choosing right now."""

    def bound(self, file: CaseFile) -> tuple[str, ...]:
        """Why a mediator now serving should step down; empty when none should, or all parties agreed."""

    def offers(self, file: CaseFile) -> tuple[Offer, ...]:
        """Every offer on the board of this case that was not struck."""

    def papers(self, file: CaseFile) -> tuple[PrintedPaper, ...]:
        """Papers printed from this case, oldest first."""

    def renumber_board(self, file: CaseFile, numbers: Mapping[int, int]) -> None:
        """Take what stands on the board along when sessions get new numbers (by the old ones)."""

    def volume_at(self, place: str) -> str | None:
        """Key of the case whose volume stands at this place of the archive room, or None."""

    def room(self, code: str) -> Room:
        """A room of the centre; raises ``InputError`` for an unknown code."""

    def let_overlap(self, file: CaseFile, session_no: int, reason: str) -> None:
        """Let a session overlap other bookings of its room and people, for a reason that stays on record."""


class Step(Protocol):
    """One command. ``transition`` says from which states to which it may lead (§4.2)."""

    title: ClassVar[str]
    permission: ClassVar[Permission]

    @property
    def transition(self) -> Transition:
        """The change of state it makes."""

    def apply(self, file: CaseFile, around: Around) -> CaseFile:
        """The file after the step. Raises ``RuleError`` or ``InputError``; never changes ``file``."""

    def sentence(self, file: CaseFile) -> str:
        """One line for the diary of the case, told after the step."""


def looped(file: CaseFile, on: date, stage: str, actor: str, note: str) -> tuple[LoopEntry, ...]:
    """The closed loop of the centre with one more stage, in the order of days (§4.3)."""
    entries = (*file.closed_loop, LoopEntry(on=on, stage=stage, actor=actor, note=note))
    return tuple(sorted(entries, key=lambda entry: entry.on))
