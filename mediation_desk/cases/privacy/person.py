"""个人信息副本: everything held about one person in the cases and visits the actor may see (个人信息保护法 art. 45)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date
from typing import Protocol

from mediation_desk.access.actor import Actor
from mediation_desk.access.permissions import Permission
from mediation_desk.audit.trail import Trail
from mediation_desk.cases.counter.people import Named
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.ports import CaseFiles
from mediation_desk.cases.privacy.held import HeldCase, held_in, identity_of, standing_in
from mediation_desk.cases.privacy.unmasking import reason_of
from mediation_desk.cases.privacy.visited import Consulted, HeldVisit, is_of, marks_of, visit_held
from mediation_desk.experts.conflicts.sameness import id_key, name_key
from mediation_desk.hearings.board.notes import Note
from mediation_desk.parties.covering import CaseNames, Cover
from mediation_desk.shared.clock import Clock, local_day
from mediation_desk.shared.errors import InputError, PermissionDenied
from mediation_desk.shared.record import record

_RULE = "个人信息保护法第四十五条"


@record
class PersonCopy:
    """What is handed to a person; ``elsewhere`` cases hold more, which whoever made this may not see.

    ``talks``: whether what the person said alone is in it; only who mediates may hand that out (LR-22).
    """

    made_on: date
    made_by: str
    reason: str
    name: str
    id_no: str
    cases: tuple[HeldCase, ...]
    visits: tuple[HeldVisit, ...] = ()
    elsewhere: int
    talks: bool
    rule: str = _RULE


@record
class Standing:
    """Keys of the cases in reach in which somebody stands, and how many more there are."""

    keys: tuple[str, ...]
    elsewhere: int


class People(Protocol):
    """Who stands where, by number or else by name and telephone; cases in the bin too."""

    def standing(self, who: Named) -> Standing:
        """The cases of this person."""


class Notes(Protocol):
    """What was written on session boards."""

    def notes(self, case_key: str) -> Sequence[Note]:
        """Every line."""


class PersonWork(Protocol):
    """One unit of work over one person."""

    @property
    def cases(self) -> CaseFiles:
        """Case files."""

    @property
    def people(self) -> People:
        """Who stands where."""

    @property
    def names(self) -> CaseNames:
        """Who is named in which case."""

    @property
    def boards(self) -> Notes:
        """Session boards."""

    @property
    def visits(self) -> Consulted:
        """Consultations."""

    @property
    def audit(self) -> Trail:
        """Audit trail."""


class PersonStorage(Protocol):
    """Opens units of work."""

    def read(self, actor: Actor) -> AbstractContextManager[PersonWork]:
        """A consistent view that cannot write."""

    def write(self, actor: Actor) -> AbstractContextManager[PersonWork]:
        """A unit that commits when left without an exception."""


class PersonService:
    """Puts together what is held about somebody."""

    def __init__(self, storage: PersonStorage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock

    def copy(self, actor: Actor, who: str, reason: str) -> PersonCopy:
        """Everything held about ``who``: an identity number, or ``AJ2026000001/A1``, a case and a ref in it.

        One entry of the audit trail for each case, so that every case tells who took its data out. Raises
        ``InputError`` for nobody, ``PermissionDenied`` where every case is out of reach.
        """
        actor.require(Permission.PERSON_EXPORT)
        why = reason_of(reason)
        with self._storage.write(actor) as work:
            person, standing = _standing(work, who)
            files = {key: work.cases.find(key) for key in standing.keys}
            mine = {
                key: file
                for key, file in files.items()
                if file is not None
                and work.cases.reached(key, Permission.PERSON_EXPORT)
                and standing_in(file, person)
            }
            elsewhere = standing.elsewhere + sum(
                not work.cases.reached(key, Permission.PERSON_EXPORT) for key in files
            )
            if not mine:
                raise _nothing(elsewhere)
            copy = PersonCopy(
                made_on=local_day(self._clock()),
                made_by=actor.display_name,
                reason=why,
                name=_name_in(mine, person),
                id_no=person.id_no,
                cases=tuple(_held(work, actor, file, person) for file in mine.values()),
                visits=_visited(work, mine, person),
                elsewhere=elsewhere,
                talks=_mediates(actor),
            )
            for key in mine:
                work.audit.write(
                    at=self._clock(),
                    account=actor.account,
                    action="person.export",
                    case_key=key,
                    details={"count": len(mine), "visits": len(copy.visits), "elsewhere": elsewhere},
                    reason=why,
                )
            return copy

    def cases(self, actor: Actor, who: str) -> Standing:
        """Where somebody stands: the way from a request to the cases it is about.

        Only who may hand out a copy is told how many there are out of reach; others get 0.
        """
        actor.require_any(Permission.PERSON_KEEP, Permission.PERSON_EXPORT)
        with self._storage.read(actor) as work:
            standing = _standing(work, who)[1]
        return standing if actor.can(Permission.PERSON_EXPORT) else replace(standing, elsewhere=0)


def _standing(work: PersonWork, who: str) -> tuple[Named, Standing]:
    """Who is meant and where he stands; of whom neither number nor telephone is known only the case named."""
    person, case_key = _meant(work, who)
    if person.id_no or person.phone:
        return person, work.people.standing(person)
    return person, Standing(keys=(case_key,), elsewhere=0)


def _meant(work: PersonWork, who: str) -> tuple[Named, str]:
    """The person, and the key of the case named, which may be typed as a number; empty where none was."""
    typed = who.strip()
    key, _, ref = typed.partition("/")
    if ref:
        file = work.cases.find(key)
        found = identity_of(file, ref) if file is not None else None
        if file is None or found is None:
            raise InputError(f"没有案件“{key}”，或者本案没有代号为“{ref}”的自然人。", field="who")
        return found, file.case_key
    if not id_key(typed):
        raise InputError(
            "请写证件号码；没有证件号码的，写“案件编号/代号”，例如 AJ2026000001/A1。", field="who"
        )
    return Named(name="", id_no=typed.upper()), ""


def _name_in(files: Mapping[str, CaseFile], person: Named) -> str:
    """As the newest case writes it."""
    newest = list(files.values())[-1]
    return str(standing_in(newest, person)[0].words.name)


def _mediates(actor: Actor) -> bool:
    return actor.can(Permission.CASE_MEDIATE)


def _held(work: PersonWork, actor: Actor, file: CaseFile, person: Named) -> HeldCase:
    own = str(standing_in(file, person)[0].words.name)
    who = Named(name=own, id_no=person.id_no, phone=person.phone)
    named = work.names.of((file.case_key,)).get(file.case_key, ())
    return held_in(
        file,
        who,
        named,
        work.cases.papers(file.case_key),
        work.boards.notes(file.case_key),
        talks=_mediates(actor),
    )


def _visited(work: PersonWork, mine: Mapping[str, CaseFile], person: Named) -> tuple[HeldVisit, ...]:
    """Visits of this person; of those that became a case only where the case may be handed out."""
    own = tuple(one.words for file in mine.values() for one in standing_in(file, person))
    marks = marks_of(own, mine)
    named = work.names.of(tuple(mine)).values()
    cover = Cover(one for case in named for one in case if name_key(one.name) not in marks.names)
    return tuple(
        visit_held(one, cover)
        for one in work.visits.like(marks.phones, marks.cases)
        if is_of(one, marks)
        and (one.case_key is None or work.cases.reached(one.case_key, Permission.PERSON_EXPORT))
    )


def _nothing(elsewhere: int) -> InputError | PermissionDenied:
    if elsewhere:
        return PermissionDenied(f"这个人在{elsewhere}件案件里，都不在您可以导出的范围内，请中心负责人办理。")
    return InputError("没有找到这个人的案件。", field="who")
