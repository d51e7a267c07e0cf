"""``ChoosingService``: the shortlist of a case and the rounds in which its parties choose (§5.4)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from mediation_desk.access.actor import Actor
from mediation_desk.access.permissions import Permission
from mediation_desk.cases.choosing.outcome import Outcome, outcome_of
from mediation_desk.cases.choosing.paper import BallotPaper, PaperCard, label, redacted, speakers, unnamed
from mediation_desk.cases.choosing.shortlist import Candidate, Shortlist, candidates_for, kept, shortlist_for
from mediation_desk.cases.choosing.snapshot import PoolSnapshot
from mediation_desk.cases.lifecycle import state_of
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.ports import CaseStorage, CaseWork
from mediation_desk.cases.service import CaseService, found
from mediation_desk.cases.steps.choosing import RecordChoice, demand_choosable
from mediation_desk.cases.texts import kept_text
from mediation_desk.experts.choice.ballot import Ballot, Disclosure, Mark, MarkedAt, Shown
from mediation_desk.experts.choice.published import published_rule
from mediation_desk.experts.choice.rule import Step as Following
from mediation_desk.experts.choice.rule import check_mark
from mediation_desk.experts.mediator import public_card
from mediation_desk.experts.model import Recorder
from mediation_desk.experts.roster import Roster
from mediation_desk.shared.clock import Clock, local_day
from mediation_desk.shared.errors import ConflictError, InputError, RuleError


class ChoosingService:
    """Every mark is stored the moment it is made; nobody reads another party's marks before all have sealed."""

    def __init__(
        self, storage: CaseStorage, cases: CaseService, clock: Clock, roster: Roster | None = None
    ) -> None:
        self._storage = storage
        self._cases = cases
        self._clock = clock
        self._roster = roster or Roster()
        self._snapshot: PoolSnapshot | None = None

    def warm_up(self, actor: Actor) -> None:
        """Read the pool and work out its conflicts beside the work, so that the first shortlist does not wait."""
        actor.require(Permission.EXPERT_READ)
        with self._storage.read(actor) as work:
            self._pool(work)

    # Before the choice

    def shortlist(self, actor: Actor, key_or_number: str, *, language: str = "") -> Shortlist:
        """Candidates in the neutral order with reasons, and everybody else with theirs."""
        actor.require(Permission.EXPERT_READ)
        with self._storage.read(actor) as work:
            return self._shortlist(work, found(work, key_or_number), language)

    def open_round(self, actor: Actor, key: str, *, language: str = "", assisting: int = 0) -> Ballot:
        """Show the shortlist to the parties: from now on the list of this round is fixed.

        ``assisting`` mediators are chosen beside the presiding one. Raises ``RuleError`` when the case cannot
        choose now, a round is open already, or nobody is eligible.
        """
        actor.require(Permission.CHOICE_HOLD)
        if assisting < 0:
            raise InputError("协助的人数不能小于零。", field="assisting")
        language = kept_text(language, "languages")
        with self._storage.write(actor) as work:
            file = found(work, key, Permission.CHOICE_HOLD)
            demand_choosable(file, state_of(file))
            rounds = work.choosing.ballots(file.case_key)
            if rounds and rounds[-1].is_open:
                raise RuleError("这一轮选择还没有结束。", rule="LR-6")
            listed = self._shortlist(work, file, language)
            if not listed.candidates:
                raise RuleError("没有可以供当事人选择的调解员，请由中心指派。", rule="LR-6")
            ballot = Ballot(
                case_key=file.case_key,
                no=len(rounds) + 1,
                opened_at=self._clock(),
                language=language,
                assisting=assisting,
                rule=published_rule().version,
                shown=tuple(_shown(candidate) for candidate in listed.candidates),
                left_out=kept(listed),
            )
            self._tell(work, actor, "choice.open", file, {"round": ballot.no, "shown": len(ballot.shown)})
            return work.choosing.open(ballot)

    # While the parties choose

    def ballots(self, actor: Actor, key: str) -> tuple[Ballot, ...]:
        """All rounds, oldest first; an open one without what was marked until every party has sealed."""
        actor.require(Permission.CASE_READ)
        with self._storage.read(actor) as work:
            file = found(work, key)
            parties = party_refs(file)
            return tuple(redacted(one, parties) for one in work.choosing.ballots(file.case_key))

    def disclosures(self, actor: Actor, key: str) -> tuple[Disclosure, ...]:
        """What the mediators of this case disclosed, and what each party said to it."""
        actor.require(Permission.CASE_READ)
        with self._storage.read(actor) as work:
            return work.choosing.disclosures(found(work, key).case_key)

    def ballot_paper(self, actor: Actor, key: str, party: str) -> BallotPaper:
        """The sheet of one party: public cards and its own marks so far."""
        actor.require(Permission.CHOICE_HOLD)
        with self._storage.read(actor) as work:
            file = found(work, key, Permission.CHOICE_HOLD)
            ballot = _open_round(work, file)
            _demand_party(file, party)
            now = self._clock()
            shown = {one.pool_no: one for one in ballot.shown}
            listed = candidates_for(work, self._pool(work), file, ballot.candidates, now)
            cards = tuple(
                PaperCard(
                    public=public_card(one.mediator, local_day(now)),
                    next_free=one.next_free,
                    handled=one.handled,
                    told=unnamed(shown[one.mediator.pool_no].disclose, file),
                )
                for one in listed
            )
            return BallotPaper(
                no=ballot.no,
                run_off=ballot.run_off,
                party=party,
                party_label=label(file, party),
                matter=file.dispute.category.value,
                rule=published_rule().sentences,
                cards=cards,
                mark=ballot.mark_of(party),
                still_to_mark=len(ballot.silent(party_refs(file))),
            )

    def mark(
        self,
        actor: Actor,
        key: str,
        party: str,
        *,
        ranks: tuple[str, ...],
        strikes: tuple[str, ...] = (),
        sealed: bool = False,
        place: MarkedAt = MarkedAt.COUNTER,
        by: str = "",
    ) -> None:
        """Keep what a party has marked so far; with ``sealed`` it is its last word in this round.

        Raises ``InputError`` for a candidate not shown, named twice, or both ranked and struck,
        ``ConflictError`` when this party has sealed already, and ``RuleError`` when the case cannot choose any more.
        """
        actor.require(Permission.CHOICE_HOLD)
        with self._storage.write(actor) as work:
            file = found(work, key, Permission.CHOICE_HOLD)
            ballot = _open_round(work, file)
            demand_choosable(file, state_of(file))
            _demand_party(file, party)
            check_mark(ballot.candidates, ranks, strikes, party=file.name_of(party))
            before = ballot.mark_of(party)
            if before is not None and before.sealed:
                raise ConflictError(f"{file.name_of(party)}这一轮已经选好，不能再改。")
            mark = Mark(
                party=party,
                ranks=ranks,
                strikes=strikes,
                sealed=sealed,
                at=self._clock(),
                place=place,
                by=by or speakers(file, party),
            )
            work.choosing.mark(file.case_key, ballot.no, mark)
            if sealed:
                self._tell(work, actor, "choice.seal", file, {"round": ballot.no, "party": party})

    # After the choice

    def outcome(self, actor: Actor, key: str) -> Outcome:
        """What the published rule makes of the marks. Raises ``RuleError`` while a party has not sealed."""
        actor.require(Permission.CASE_READ)
        with self._storage.read(actor) as work:
            file = found(work, key)
            return self._outcome(work, file, _open_round(work, file))

    def conclude(
        self,
        actor: Actor,
        key: str,
        *,
        on: date,
        recorder: Recorder | None = None,
        assisting: tuple[str, ...] = (),
        disclosure: str = "",
        version: int | None = None,
        operation_id: str = "",
    ) -> CaseFile:
        """Close the round: appoint the winner, or go on to the run-off the rule asks for, or leave it to
        designation. One transaction. ``assisting`` are designated beside those the rule chose.

        Who became ineligible since the list was shown is left out before the rule is applied.
        """
        actor.require(Permission.CASE_MEDIATE)
        with self._storage.write(actor) as work:
            if operation_id and not work.once(operation_id):
                return found(work, key)
            file = found(work, key)
            ballot = _open_round(work, file)
            work.pool.hold((*ballot.candidates, *assisting))
            _refuse_struck(ballot, assisting)
            outcome = self._outcome(work, file, ballot)
            chosen = outcome.next
            step = RecordChoice(
                on=on,
                candidates=tuple(one for one in ballot.candidates if one not in outcome.withdrawn),
                marks={
                    party: tuple(one for one in ranks if one not in outcome.withdrawn)
                    for party, ranks in ballot.ranks.items()
                },
                seats=1 + ballot.assisting,
                assisting=assisting,
                disclosure=disclosure,
                recorder=recorder,
            )
            saved = self._cases.perform_within(work, actor, file.case_key, step, version=version)
            work.choosing.close(
                replace(
                    ballot,
                    result=chosen.result,
                    why=chosen.why,
                    closed_at=self._clock(),
                    ended_by=chosen.step.value,
                )
            )
            if chosen.step is Following.RUN_OFF:
                work.choosing.open(self._run_off(ballot, chosen.candidates))
            return saved

    def end_round(self, actor: Actor, key: str, reason: str) -> None:
        """Break off the open round; marks and reason stay on record."""
        actor.require(Permission.CHOICE_HOLD)
        reason = kept_text(reason, "reason")
        if not reason:
            raise InputError("请写明中止这一轮选择的原因。", field="reason")
        with self._storage.write(actor) as work:
            file = found(work, key, Permission.CHOICE_HOLD)
            ballot = _open_round(work, file)
            work.choosing.close(replace(ballot, closed_at=self._clock(), ended_by=reason))
            self._tell(work, actor, "choice.end", file, {"round": ballot.no})

    # Inside a transaction

    def _shortlist(self, work: CaseWork, file: CaseFile, language: str) -> Shortlist:
        return shortlist_for(work, self._pool(work), file, self._clock(), language)

    def _pool(self, work: CaseWork) -> PoolSnapshot:
        """The pool as it is now, worked out again only when one of its records changed."""
        mediators = self._roster.mediators(work)
        if self._snapshot is None or self._snapshot.mediators is not mediators:
            self._snapshot = PoolSnapshot(mediators)
        return self._snapshot

    def _outcome(self, work: CaseWork, file: CaseFile, ballot: Ballot) -> Outcome:
        silent = ballot.silent(party_refs(file))
        if silent:
            names = "、".join(file.name_of(ref) for ref in silent)
            raise RuleError(f"还有当事人没有选好：{names}。", rule="LR-6")
        return outcome_of(work, file, ballot, local_day(self._clock()))

    def _run_off(self, ballot: Ballot, candidates: tuple[str, ...]) -> Ballot:
        return replace(
            ballot,
            no=ballot.no + 1,
            run_off=True,
            opened_at=self._clock(),
            shown=tuple(one for one in ballot.shown if one.pool_no in candidates),
            marks=(),
            result=(),
            why="",
            closed_at=None,
            ended_by="",
            version=0,
        )

    def _tell(
        self, work: CaseWork, actor: Actor, action: str, file: CaseFile, details: dict[str, object]
    ) -> None:
        work.audit.write(
            at=self._clock(), account=actor.account, action=action, case_key=file.case_key, details=details
        )


def party_refs(file: CaseFile) -> tuple[str, ...]:
    """Everybody who marks: each party once, a group as one party (§5.4)."""
    return tuple(party.ref for party in file.parties)


def _shown(candidate: Candidate) -> Shown:
    return Shown(
        pool_no=candidate.mediator.pool_no,
        name=candidate.mediator.name,
        running=candidate.running,
        reasons=candidate.reasons,
        disclose=tuple(hit.told for hit in candidate.hits),
    )


def _refuse_struck(ballot: Ballot, assisting: tuple[str, ...]) -> None:
    """Nobody whom a party struck comes in by the side door as one who assists."""
    struck = {pool_no for strikes in ballot.strikes.values() for pool_no in strikes}
    names = "、".join(one.name for one in ballot.shown if one.pool_no in struck.intersection(assisting))
    if names:
        raise RuleError(f"{names}已被一方当事人划去，不能指派为协助调解员。", rule="LR-6")


def _open_round(work: CaseWork, file: CaseFile) -> Ballot:
    rounds = work.choosing.ballots(file.case_key)
    if not rounds or not rounds[-1].is_open:
        raise RuleError("现在没有正在进行的选择，请先出示候选名单。", rule="LR-6")
    return rounds[-1]


def _demand_party(file: CaseFile, party: str) -> None:
    if file.party(party) is None:
        raise InputError(f"本案没有代号为{party}的当事人。", field="party")
