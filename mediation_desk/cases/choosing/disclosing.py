"""``DisclosureService``: what a mediator tells before the first session, what each party says to it (LR-17, §1.6)."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

from mediation_desk.access.actor import Actor
from mediation_desk.access.permissions import Permission
from mediation_desk.cases.choosing.fitness import conflicts
from mediation_desk.cases.choosing.recusal_rules import Objection, recusal_rule
from mediation_desk.cases.lifecycle import IN_ROOM, state_of
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.ports import CaseStorage, CaseWork
from mediation_desk.cases.service import CaseService, found
from mediation_desk.cases.steps.disclosing import Disclose
from mediation_desk.cases.steps.recusing import DecideRecusal
from mediation_desk.cases.texts import kept
from mediation_desk.experts.choice.ballot import Answer, Disclosure
from mediation_desk.experts.conflicts.model import Hit
from mediation_desk.experts.model import CaseMediator, RecusalGround, RecusalResult
from mediation_desk.shared.clock import Clock, local_day
from mediation_desk.shared.errors import InputError, RuleError


class DisclosureService:
    """Disclosure, waiver or objection by each party, ruling. What an objection does is the rule of the track."""

    def __init__(self, storage: CaseStorage, cases: CaseService, clock: Clock) -> None:
        self._storage = storage
        self._cases = cases
        self._clock = clock

    def conflicts(self, actor: Actor, key: str) -> tuple[Hit, ...]:
        """What binds the mediators now serving to anybody in the case, as pool and case stand today.

        Asked again whenever the case is opened, so that facts that arrive later show by themselves.
        """
        actor.require(Permission.CASE_READ)
        with self._storage.read(actor) as work:
            file = found(work, key)
            serving = (work.pool.mediator(one.pool_no) for one in file.mediators)
            known = tuple(one for one in serving if one is not None)
            return conflicts(work, file, known, local_day(self._clock())) if known else ()

    def disclose(self, actor: Actor, key: str, pool_no: str, text: str, on: date) -> CaseFile:
        """Keep what the mediator tells the parties; what was answered to less than this is asked anew."""
        actor.require(Permission.CASE_MEDIATE)
        text = kept(text, "text")
        with self._storage.write(actor) as work:
            file = found(work, key)
            step = Disclose(mediator=pool_no, text=text, on=on)
            saved = self._cases.perform_within(work, actor, file.case_key, step)
            known = _disclosure(work, file, pool_no)
            mediator = work.pool.mediator(pool_no)
            hits = conflicts(work, file, (mediator,), on) if mediator else ()
            facts = tuple(hit.told for hit in hits)
            told = known or Disclosure(case_key=file.case_key, pool_no=pool_no, on=on, text=text)
            if told.text != text or Counter(facts) - Counter(told.hits):
                told = replace(_unruled(told), answers=())  # nobody has answered to this yet
            work.choosing.disclose(replace(told, on=on, text=text, hits=facts))
            return saved

    def answer(self, actor: Actor, key: str, pool_no: str, answer: Answer) -> CaseFile:
        """Keep one party's word. An objection replaces the mediator at once where the rule of the track says so.

        Raises ``RuleError`` for somebody who does not serve or has not disclosed, and for an objection that was
        ruled on already; ``InputError`` for a party, day, ground or reason that cannot be.
        """
        actor.require(Permission.CASE_MEDIATE)
        answer = kept(answer)
        with self._storage.write(actor) as work:
            file = found(work, key, Permission.CASE_MEDIATE)
            _demand_in_room(file, pool_no)
            told = _disclosure(work, file, pool_no) or _told_on_appointment(file, pool_no)
            if told is None:
                raise RuleError("调解员还没有披露，请先披露再听取当事人的意见。", rule="LR-17")
            self._check(file, pool_no, answer)
            answers = (*(one for one in told.answers if one.party != answer.party), answer)
            told = told if answer.accepts else _unruled(told)
            told = work.choosing.disclose(replace(told, answers=answers))
            rule = recusal_rule(file.track)
            self._tell(work, actor, file, "disclosure.answer", {"party": answer.party})
            if answer.accepts or rule.objection is Objection.RULING:
                return file
            return self._rule(work, actor, file, told, answer, granted=True, by=file.organisation.name)

    def rule_on(
        self, actor: Actor, key: str, pool_no: str, *, granted: bool, by: str, on: date, party: str = ""
    ) -> CaseFile:
        """Decide on an objection; granted, the seat is vacant and the parties choose anew.

        Raises ``RuleError`` when no objection waits for it.
        """
        actor.require(Permission.CASE_DECIDE)
        by = kept(by, "by")
        with self._storage.write(actor) as work:
            file = found(work, key)
            told = _disclosure(work, file, pool_no)
            waiting = objections_waiting(file, told) if told else ()
            wanted = next((one for one in waiting if party in ("", one.party)), None)
            if told is None or wanted is None:
                raise RuleError("没有等待决定的异议：当事人没有提出，或者已经作出决定。", rule="LR-17")
            return self._rule(work, actor, file, told, wanted, granted=granted, by=by, on=on)

    def _rule(
        self,
        work: CaseWork,
        actor: Actor,
        file: CaseFile,
        told: Disclosure,
        wanted: Answer,
        *,
        granted: bool,
        by: str,
        on: date | None = None,
    ) -> CaseFile:
        result = RecusalResult.GRANTED if granted else RecusalResult.DENIED
        decided_on = on or wanted.on
        step = DecideRecusal(
            by=wanted.party,
            requested_on=wanted.on,
            mediator=told.pool_no,
            ground=RecusalGround(wanted.ground) if wanted.ground else RecusalGround.OTHER,
            detail=wanted.detail,
            decided_by=by,
            on=decided_on,
            result=result,
        )
        saved = self._cases.perform_within(work, actor, file.case_key, step)
        basis = recusal_rule(file.track).basis
        ruled = replace(told, ruling=result.value, ruled_by=by, ruled_on=decided_on, basis=basis)
        work.choosing.disclose(ruled)
        return saved

    def _check(self, file: CaseFile, pool_no: str, answer: Answer) -> None:
        if file.party(answer.party) is None:
            raise InputError(f"本案没有代号为{answer.party}的当事人。", field="party")
        if answer.on > self._cases.local_today:
            raise InputError(f"日期{answer.on.isoformat()}还没有到，请填写已经发生的日期。", field="on")
        if answer.accepts:
            return
        if not answer.detail.strip():
            raise InputError("请写明当事人要求更换的理由。", field="detail")
        if answer.ground and answer.ground not in tuple(RecusalGround):
            raise InputError(f"要求更换的事由只能是{'、'.join(RecusalGround)}。", field="ground")
        if _ruled_on(file, pool_no, answer):
            raise RuleError("这一异议已经作出决定；有新的理由，请写明新的理由。", rule="LR-17")

    def _tell(
        self, work: CaseWork, actor: Actor, file: CaseFile, action: str, details: dict[str, object]
    ) -> None:
        work.audit.write(
            at=self._clock(), account=actor.account, action=action, case_key=file.case_key, details=details
        )


def missing_disclosures(file: CaseFile) -> tuple[CaseMediator, ...]:
    """Mediators of the case who have not disclosed yet; none may be missing at the first session (LR-17)."""
    return tuple(one for one in file.mediators if not one.disclosure.strip())


def objections_waiting(file: CaseFile, told: Disclosure) -> tuple[Answer, ...]:
    """Objections nobody has ruled on yet, in the order they were made."""
    return tuple(one for one in told.answers if not one.accepts and not _ruled_on(file, told.pool_no, one))


def _ruled_on(file: CaseFile, pool_no: str, answer: Answer) -> bool:
    said = (answer.party, answer.on, answer.detail)
    return any((one.by, one.on, one.detail) == said for one in file.recusals if one.mediator == pool_no)


def _unruled(told: Disclosure) -> Disclosure:
    """The disclosure without the ruling on an earlier objection, which the file keeps among its recusals."""
    return replace(told, ruling="", ruled_by="", ruled_on=None, basis="")


def _demand_in_room(file: CaseFile, pool_no: str) -> None:
    state = state_of(file)
    if state not in IN_ROOM:
        raise RuleError(f"案件现为“{state}”，不再听取对调解员的意见。", rule="LR-17")
    if all(one.pool_no != pool_no for one in file.mediators):
        raise RuleError("这位调解员不是本案现任调解员。", rule="LR-17")


def _disclosure(work: CaseWork, file: CaseFile, pool_no: str) -> Disclosure | None:
    return next((one for one in work.choosing.disclosures(file.case_key) if one.pool_no == pool_no), None)


def _told_on_appointment(file: CaseFile, pool_no: str) -> Disclosure | None:
    """Words given together with the appointment; the first answer makes a record of them."""
    seated = next((one for one in file.mediators if one.pool_no == pool_no and one.disclosure.strip()), None)
    if seated is None:
        return None
    return Disclosure(case_key=file.case_key, pool_no=pool_no, on=seated.selected_on, text=seated.disclosure)
