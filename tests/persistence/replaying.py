"""A recorded dispute taken again: the same words on the same days, step by step through the services."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

from db.unit_of_work import Storage
from mediation_desk.access.actor import COUNTER
from mediation_desk.agreements.court import Will, WillWay
from mediation_desk.agreements.lawful.judging import judge, to_look_at
from mediation_desk.agreements.model import NOT_APPLIED, AgreementForm, ClauseKind, Confirmation, Performance
from mediation_desk.agreements.terms import MemberParts, Term
from mediation_desk.cases.choosing.disclosing import DisclosureService
from mediation_desk.cases.composing import matter_of
from mediation_desk.cases.counter.alike import ANYWAY
from mediation_desk.cases.model import CaseFile, Evidence, FactsConsent
from mediation_desk.cases.numbering import parse_number, series_of
from mediation_desk.cases.registering import registration_of
from mediation_desk.cases.service import CaseService
from mediation_desk.cases.steps.agreeing import AgreeOrally, Compose
from mediation_desk.cases.steps.breaking import Accelerate
from mediation_desk.cases.steps.choosing import Designate, RecordChoice
from mediation_desk.cases.steps.closing import Reply
from mediation_desk.cases.steps.confirming import ApplyForConfirmation, ApplyForEnforcement, RecordRuling
from mediation_desk.cases.steps.court_papers import RecordWills
from mediation_desk.cases.steps.evidence import AddEvidence
from mediation_desk.cases.steps.facts import RecordFacts
from mediation_desk.cases.steps.hearing import PlanSession, RecordSession
from mediation_desk.cases.steps.intake import Accept, End
from mediation_desk.cases.steps.investigating import Investigate
from mediation_desk.cases.steps.inviting import RecordConsents
from mediation_desk.cases.steps.performing import Perform, Visit
from mediation_desk.cases.steps.remote import ConsentRemote
from mediation_desk.cases.steps.signing import MarkMembers, Sign
from mediation_desk.cases.steps.step import Step
from mediation_desk.cases.steps.timing import Extend, Resume, Suspend
from mediation_desk.cases.vocabulary import Decision
from mediation_desk.experts.choice.ballot import Answer
from mediation_desk.experts.model import SelectionMode
from mediation_desk.hearings.arrangement import Guest, Subject
from mediation_desk.hearings.model import SessionMode
from tests.persistence.signing_cases import WAYS
from tests.persistence.test_choice_replay import COMMON, everybody, marks

_OVERLAPPING = "同一天里先后进行"

Act = tuple[date, int, Step]
"""Day, place among the acts of that day, and the step."""


class Replay:
    """Takes ``told``, a file as it was recorded, again from the counter to where it stands."""

    def __init__(self, storage: Storage, told: CaseFile) -> None:
        self.told = told
        self.key = ""
        self._day = told.intake.received_on
        self._storage = storage
        self.cases = CaseService(storage, self._now)
        self.disclosures = DisclosureService(storage, self.cases, self._now)

    def run(self) -> CaseFile:
        """The file the services make of it."""
        told = self.told
        with self._storage.write() as work:
            work.pool.learn(everybody())
            self._go_on_counting(work.numbers.reserve)
        made = self.cases.register(COUNTER, registration_of(_unsettled(told)), despite=ANYWAY)
        self.key = made.case_key
        if told.intake.decision is Decision.ACCEPTED and told.intake.accepted_on:
            made = self.take(Accept(on=told.intake.accepted_on), told.intake.accepted_on)
            made = self._choose() or made
        for on, _, step in sorted(self._acts(), key=lambda act: act[:2]):
            made = self.take(step, on)
        return made

    def take(self, step: Step, on: date) -> CaseFile:
        """One step on its day."""
        self._day = max(self._day, on)
        return self.cases.perform(COUNTER, self.key, step)

    def _now(self) -> datetime:
        return datetime(self._day.year, self._day.month, self._day.day, 14, tzinfo=UTC)

    def _go_on_counting(self, reserve: Callable[[str, str, int, int], None]) -> None:
        """The body has given out every number before the one this case got."""
        told = self.told
        notice = told.ending.notice.number if told.ending and told.ending.notice else None
        kind = "不予受理" if told.intake.number is None else "终止"
        for number, series in ((told.intake.number, told.track), (notice, kind)):
            parsed = parse_number(number) if number else None
            if parsed is not None and parsed[1] > 1:
                reserve(told.organisation.name, series_of(series), parsed[0], parsed[1] - 1)

    def _choose(self) -> CaseFile | None:
        told = self.told
        for past in told.selection_history:
            self.take(RecordChoice(on=past.on, candidates=past.candidates, marks=marks(told, past)), past.on)
            recusal = next(one for one in told.recusals if one.mediator in past.result)
            self._day = recusal.on
            self.disclosures.disclose(COUNTER, self.key, recusal.mediator, "选择时没有说明的关系", past.on)
            objection = Answer(
                party=recusal.by,
                on=recusal.on,
                accepts=False,
                ground=recusal.ground,
                detail=recusal.detail,
            )
            self.disclosures.answer(COUNTER, self.key, recusal.mediator, objection)
        return self._seat() if told.selection is not None else None

    def _seat(self) -> CaseFile:
        told, last = self.told, self.told.selection
        assert last is not None
        on = min(one.selected_on for one in told.mediators)
        helpers = tuple(one.pool_no for one in told.mediators if one.pool_no not in last.result[:1])
        words = next(iter(told.mediators)).disclosure
        if last.mode in COMMON:
            step = RecordChoice(
                on=on,
                candidates=last.candidates,
                marks=marks(told, last),
                assisting=helpers,
                disclosure=words,
                recorder=told.recorder,
            )
            return self.take(step, on)
        accepted = tuple(ref for ref, ranked in last.choices.items() if ranked)
        if last.choices and len(last.candidates) > 1:
            self.take(RecordChoice(on=on, candidates=last.candidates, marks=marks(told, last)), on)
        named = Designate(
            on=on,
            presiding=last.result[0],
            accepted_by=accepted if last.mode is SelectionMode.DESIGNATION else (),
            assisting=helpers,
            disclosure=words,
            recorder=told.recorder,
        )
        return self.take(named, on)

    def _acts(self) -> Iterator[Act]:
        yield from self._evidence()
        yield from self._sessions()
        yield from self._time()
        yield from self._result()
        yield from self._afterwards()

    def _evidence(self) -> Iterator[Act]:
        for item in self.told.evidence:
            if item not in _brought(self.told):
                brought = AddEvidence(
                    name=item.name,
                    kind=item.kind,
                    provided_by=item.provided_by,
                    copies=item.copies,
                    pages=item.pages,
                    original=item.original,
                    on=item.received_on,
                    proves=item.proves,
                )
                yield item.received_on, 0, brought
        for talk in self.told.investigations:
            asked = Investigate(
                on=talk.on,
                place=talk.place,
                by=talk.by,
                of=talk.of,
                content=talk.content,
                signed=talk.signed,
            )
            yield talk.on, 1, asked

    def _sessions(self) -> Iterator[Act]:
        parties = tuple(party.ref for party in self.told.parties)
        for session in self.told.sessions:
            plan = PlanSession(
                date=session.date,
                start=session.start,
                place=session.place,
                mode=session.mode,
                public=session.public,
                guests=tuple(_guest(called) for called in session.invited),
                override_reason=_OVERLAPPING,
            )
            yield session.date, 2, plan
            for called in session.invited:
                asked = RecordConsents(about=Subject.GUEST, guest=called, on=session.date, agreed=parties)
                yield session.date, 2, asked
            if session.mode in (SessionMode.REMOTE, SessionMode.MIXED):
                willing = ConsentRemote(session_no=session.no, by=parties, on=session.date, how="电话里同意")
                yield session.date, 2, willing
            assert session.end is not None
            assert session.result is not None
            held = RecordSession(
                no=session.no,
                end=session.end,
                attendees=session.attendees,
                absent=session.absent,
                invited=session.invited,
                rights_notice_given=session.rights_notice_given,
                record=session.record,
                private_notes=session.private_notes,
                result=session.result,
            )
            yield session.date, 3, held

    def _time(self) -> Iterator[Act]:
        for stop in self.told.suspensions:
            first = stop.from_on if stop.from_on != stop.notice_on else None
            yield (
                stop.notice_on,
                4,
                Suspend(on=stop.notice_on, cause=stop.cause, reason=stop.reason, from_on=first),
            )
            yield stop.to, 1, Resume(on=stop.to)
        for longer in self.told.extensions:
            extend = Extend(
                on=longer.agreed_on,
                days=longer.days,
                reason=longer.reason,
                consent=longer.consent,
                unit=longer.unit,
            )
            yield longer.agreed_on, 5, extend

    def _result(self) -> Iterator[Act]:
        told = self.told
        everybody = tuple(party.ref for party in told.parties)
        agreed = FactsConsent(by=everybody, on=told.sessions[-1].date, signed=True) if told.sessions else None
        consent = told.undisputed_facts_consent or agreed
        if consent is not None and (told.undisputed_facts or told.undisputed_facts_consent):
            facts = RecordFacts(
                facts=told.undisputed_facts,
                by=consent.by,
                refused_by=consent.refused_by,
                on=consent.on,
                signed=consent.signed,
            )
            yield consent.on, 5, facts
        if told.ending is not None:
            ending = told.ending
            end = End(
                kind=ending.kind,
                cause=ending.cause,
                on=ending.on,
                by=ending.by,
                reason=ending.reason,
                basis=ending.basis,
                told_remedies=ending.told_remedies,
            )
            yield ending.on, 6, end
        agreement, outcome = told.agreement, told.outcome
        if agreement is None or outcome is None:
            return
        if agreement.form is AgreementForm.ORAL and agreement.oral_record is not None:
            yield (
                outcome.concluded_on,
                6,
                AgreeOrally(
                    clauses=agreement.clauses,
                    confirmed_by=agreement.oral_record.confirmed_by,
                    reason=outcome.reason,
                    looked=self._ticks(oral=True),
                ),
            )
            return
        draft = Compose(
            clauses=agreement.clauses,
            copies=agreement.copies,
            copies_note=told.copies_note,
            unresolved=told.unresolved,
            terms=_months(told),
            annex=_annex(told),
            looked=self._ticks(oral=False),
        )
        yield outcome.concluded_on, 6, draft
        for place in WAYS[told.case_key[:3]](told):
            assert isinstance(place, Sign | MarkMembers)
            yield max(place.on, outcome.concluded_on), 7, place

    def _ticks(self, *, oral: bool) -> tuple[str, ...]:
        """What the mediator looks at and answers for before these clauses become an agreement."""
        told = self.told
        assert told.agreement is not None
        matter = matter_of(
            told,
            told.agreement.clauses,
            _months(told),
            annex=_annex(told),
            unresolved=told.unresolved,
            oral=oral,
        )
        return tuple(found.code for found in to_look_at(judge(matter)) if found.tick)

    def _afterwards(self) -> Iterator[Act]:
        told, court = self.told, self.told.judicial_confirmation
        for row in told.performance:
            if row.done_on is not None:
                paid = Perform(
                    clause=row.clause,
                    instalment=row.instalment,
                    on=row.done_on,
                    amount=row.amount,
                    evidence=row.evidence,
                    members=row.members,
                    payer=row.payer if _in_words(told, row) or _one_of_several(told, row) else None,
                    payee=row.payee if _in_words(told, row) else None,
                    due_on=row.due_on if _in_words(told, row) else None,
                )
                yield row.done_on, 8, paid
        for visit in told.followups:
            made = Visit(
                on=visit.on,
                way=visit.way,
                by=visit.by,
                of=visit.of,
                situation=visit.situation,
                satisfaction=visit.satisfaction,
            )
            yield visit.on, 9, made
        if court.applied_on is not None and court.court is not None:
            wills = tuple(
                Will(ref=party.ref, on=court.applied_on, how=WillWay.FACE_TO_FACE) for party in told.parties
            )
            yield court.applied_on, 7, RecordWills(on=court.applied_on, wills=wills)
            yield (
                court.applied_on,
                8,
                ApplyForConfirmation(on=court.applied_on, court=court.court, case_no=court.case_no or ""),
            )
        if court.decided_on is not None and court.result != NOT_APPLIED:
            yield court.decided_on, 9, _ruling(court)
        if (asked := court.enforcement) is not None:
            yield asked.applied_on, 9, Accelerate(on=asked.applied_on)  # the creditor calls all of it in
            yield (
                asked.applied_on,
                10,
                ApplyForEnforcement(
                    on=asked.applied_on, by=asked.by, against=asked.against, case_no=asked.case_no
                ),
            )
        if (reply := told.feedback_to_source) is not None:
            yield reply.on, 10, Reply(on=reply.on, content=reply.content, to=reply.to)


def _guest(called: str) -> Guest:
    capacity, _, name = called.rpartition(" ")
    return Guest(session_no=0, name=name, capacity=capacity)


def _months(told: CaseFile) -> tuple[Term, ...]:
    return tuple(
        Term(
            clause=one.clause,
            edited=True,
            monthly=one.monthly,
            first_month=one.first_month,
            months=one.months,
            pay_day=one.pay_day,
        )
        for one in told.recurring
    )


def _annex(told: CaseFile) -> tuple[MemberParts, ...] | None:
    parts = tuple(MemberParts(ref=one.ref, parts=one.instalments) for one in told.group_members)
    return parts or None


def _in_words(told: CaseFile, row: Performance) -> bool:
    """Whether the day of this act stands only in the text of its clause."""
    assert told.agreement is not None
    clause = told.agreement.clauses[row.clause - 1]
    return clause.kind is not ClauseKind.PAY and clause.due_on is None


def _one_of_several(told: CaseFile, row: Performance) -> bool:
    """Whether one of several debtors paid, and the file says which."""
    assert told.agreement is not None
    return row.payer != told.agreement.clauses[row.clause - 1].payer


def _ruling(court: Confirmation) -> RecordRuling:
    assert court.decided_on is not None
    head, bracket, reason = court.result.partition("（")
    return RecordRuling(on=court.decided_on, result=head, reason=reason.rstrip("）") if bracket else "")


def _unsettled(told: CaseFile) -> CaseFile:
    """The people and claims as the counter met them, before anybody had promised or signed anything."""
    members = tuple(
        replace(member, instalments=(), signed=None, signed_on=None) for member in told.group_members
    )
    return replace(told, group_members=members, evidence=_brought(told))


def _brought(told: CaseFile) -> tuple[Evidence, ...]:
    """What the parties had with them when they came."""
    parties = {party.ref for party in told.parties}
    return tuple(
        item
        for item in told.evidence
        if item.provided_by in parties and item.received_on <= told.intake.received_on
    )
