"""``CounterService``: reads for the counter; registering itself is `CaseService`'s."""

from __future__ import annotations

from mediation_desk.access.actor import Actor
from mediation_desk.access.permissions import Permission
from mediation_desk.cases.counter.alike import MOST_PEOPLE, Alike, ElsewhereDraft, Matter, judge, same_people
from mediation_desk.cases.counter.people import Acquaintance, By
from mediation_desk.cases.counter.phrases import OFFERED, Phrase, stock
from mediation_desk.cases.ports import CaseStorage
from mediation_desk.cases.privacy.lists import alike_covered, met_covered
from mediation_desk.cases.vocabulary import Category
from mediation_desk.cases.walls import INTAKE, may_see
from mediation_desk.shared.clock import Clock, local_day
from mediation_desk.shared.errors import ConflictError
from mediation_desk.shared.record import record

_DRAFTS = 30


@record
class Resemblance:
    """Who on the sheet came before, and cases and drafts of other windows that look like what stands there."""

    people: tuple[Acquaintance, ...] = ()
    cases: tuple[Alike, ...] = ()
    drafts: tuple[ElsewhereDraft, ...] = ()


class CounterService:
    """Each answer is a few index look-ups; nothing here writes but that somebody was recalled."""

    def __init__(self, storage: CaseStorage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock

    def recognise(self, actor: Actor, typed: str, by: By = By.ANY) -> tuple[Acquaintance, ...]:
        """Who of earlier cases this may be: any party, agent, guardian, representative or member; a handful."""
        actor.require(Permission.CASE_READ)
        with self._storage.read(actor) as work:
            return met_covered(actor, work, work.counter.acquaintances(typed, by))

    def recall(self, actor: Actor, typed: str, by: By, chosen: Acquaintance) -> Acquaintance:
        """Somebody ``recognise`` found for the same words, with everything known: to be written into a sheet.

        Whoever stands at the counter is being registered, which is reason enough; it stands in the audit trail.
        Raises ``ConflictError`` where this person is not found any more.
        """
        actor.require(Permission.CASE_REGISTER)
        if actor.in_full:
            return chosen
        with self._storage.write(actor) as work:
            people = work.counter.acquaintances(typed, by)
            shown = met_covered(actor, work, people)
            found = next((whole for whole, line in zip(people, shown, strict=True) if line == chosen), None)
            if found is None:
                raise ConflictError("这个人的资料刚刚有变，请重新输入姓名查找。")
            work.audit.write(
                at=self._clock(),
                account=actor.account,
                action="person.recall",
                case_key=found.case.case_key,
                details={"for": "intake"},
            )
            return found

    def complete(
        self, actor: Actor, phrase: Phrase, typed: str, category: Category | None = None
    ) -> tuple[str, ...]:
        """Phrases beginning with ``typed``: those used here, then the rule file's."""
        actor.require(Permission.CASE_READ)
        used: tuple[str, ...] = ()
        if phrase is not Phrase.FACTS and typed:
            with self._storage.read(actor) as work:
                used = work.counter.phrases(phrase, typed)
        offered = dict.fromkeys((*used[: OFFERED - 2], *stock(phrase, typed, category), *used))
        return tuple(one for one in offered if one != typed)[:OFFERED]

    def resembling(self, actor: Actor, matter: Matter, *, draft: str = "") -> Resemblance:
        """What looks like ``matter``: cases, and drafts other than ``draft``."""
        actor.require(Permission.CASE_READ)
        with self._storage.read(actor) as work:
            met = [one for person in matter.people[:MOST_PEOPLE] for one in work.counter.met(person)]
            known = work.counter.known(matter.people[:MOST_PEOPLE])
            drafts = [one for one in work.drafts.drafts(limit=_DRAFTS) if may_see(actor, one)]
            people = met_covered(actor, work, met[:MOST_PEOPLE])
            cases = judge(matter, known, local_day(self._clock()))
            alike = alike_covered(actor, work, cases)
        elsewhere = (
            ElsewhereDraft(key=one.key, account=one.account, saved_at=one.saved_at, names=names)
            for one in drafts
            if one.key.startswith(INTAKE) and one.key != draft
            if (names := same_people(matter, one.content))
        )
        return Resemblance(
            people=people,
            cases=alike,
            drafts=tuple(elsewhere),
        )

    def linked_from(self, actor: Actor, case_key: str) -> tuple[tuple[str, str], ...]:
        """Later cases that were linked to this one when they were registered: key and relation."""
        actor.require(Permission.CASE_READ)
        with self._storage.read(actor) as work:
            return work.counter.linked_from(case_key)
