"""``CaseService``: the one way into the cases, for screens, command line and import."""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from contextlib import suppress
from dataclasses import fields, replace
from datetime import date

from mediation_desk.access.actor import Actor
from mediation_desk.access.permissions import Permission
from mediation_desk.audit.changes import changes, fields_of, words_of
from mediation_desk.audit.reading import EntryQuery, Line
from mediation_desk.audit.searching import Searches
from mediation_desk.cases.around import Surroundings
from mediation_desk.cases.bodies import demand_open
from mediation_desk.cases.checks import problems
from mediation_desk.cases.checks.problem import Problem
from mediation_desk.cases.choosing.people import people_of
from mediation_desk.cases.colliding import Collision, Settlement, collided, keep_unadopted
from mediation_desk.cases.counter.alike import MOST_PEOPLE, judge, matter_of
from mediation_desk.cases.deadlines.period import brought_up_to_date
from mediation_desk.cases.ink.waiting import InkLine
from mediation_desk.cases.kept import with_months_due
from mediation_desk.cases.lifecycle import state_of, state_on
from mediation_desk.cases.locking_rules import locked_by_rule, locked_rules
from mediation_desk.cases.minutes.private import demand_walls
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.numbering import CASE_CODES, numbers_of, parse_number
from mediation_desk.cases.own import Footing, demand_not_own, forbids
from mediation_desk.cases.own_drafts import own_drafts, own_key
from mediation_desk.cases.ports import NOT_YOURS, STALE, CaseStorage, CaseWork, no_case
from mediation_desk.cases.privacy.lists import today_covered
from mediation_desk.cases.registering import Register, open_file
from mediation_desk.cases.remote_consent import demand_remote_consent
from mediation_desk.cases.steps.personal import NoteTransfer
from mediation_desk.cases.steps.step import Step
from mediation_desk.cases.summary import (
    MOST_COUNTED,
    CaseQuery,
    CaseSummary,
    Draft,
    HistoryEntry,
    PrintedPaper,
    Today,
)
from mediation_desk.cases.texts import kept, kept_draft
from mediation_desk.cases.transitions import TAKE_OUT
from mediation_desk.cases.undoing import WORD, TakenStep, TakenSteps, demand_undoable
from mediation_desk.cases.walls import may_see, walled, withheld
from mediation_desk.experts.conflicts.bars import barred
from mediation_desk.experts.model import MediatorCard
from mediation_desk.parties.covering import covered
from mediation_desk.shared.clock import Clock, local_day
from mediation_desk.shared.errors import (
    ConflictError,
    DeskError,
    DuplicateError,
    InputError,
    PermissionDenied,
    RuleError,
    StaleError,
)

VIEW = "case.view"
VIEW_OWN = "case.view.own"


class CaseService:
    """Registers, reads, moves and imports cases. Every change is one transaction with one diary line."""

    def __init__(self, storage: CaseStorage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock
        self._taken = TakenSteps()
        self._searches = Searches()

    @property
    def local_today(self) -> date:
        """The day at the counter."""
        return local_day(self._clock())

    # Reading

    def summaries(self, actor: Actor, query: CaseQuery) -> tuple[CaseSummary, ...]:
        """Lines of a list, newest first; where due days are asked for, the most urgent first.

        Words that are searched for stand in the audit trail; looking through lists leaves nothing there.
        """
        actor.require(Permission.CASE_READ)
        now, words, asked = self._clock(), query.search.strip(), replace(query, on=self.local_today)
        if not words or not self._searches.is_new(actor.account, words, now):
            with self._storage.read(actor) as work:
                return covered(actor, work, work.cases.summaries(asked))
        with self._storage.write(actor) as work:
            lines = covered(actor, work, work.cases.summaries(asked))
            self._searches.write(work.audit, actor.account, words, now, where="list", count=len(lines))
        self._searches.done(actor.account, words, now)
        return lines

    def counts(self, actor: Actor, queries: Sequence[CaseQuery]) -> tuple[int, ...]:
        """How many cases each list has; one more than ``MOST_COUNTED`` stands for any longer one."""
        actor.require(Permission.CASE_READ)
        on = self.local_today
        with self._storage.read(actor) as work:
            return tuple(work.cases.count(replace(query, on=on), MOST_COUNTED + 1) for query in queries)

    def bodies(self, actor: Actor) -> tuple[str, ...]:
        """Names of the mediation bodies with cases, for narrowing a list."""
        actor.require(Permission.CASE_READ)
        with self._storage.read(actor) as work:
            return work.cases.bodies()

    def today(self, actor: Actor) -> Today:
        """The desk of this day."""
        actor.require(Permission.CASE_READ)
        with self._storage.read(actor) as work:
            return today_covered(actor, work, work.cases.today(self.local_today))

    def file(
        self, actor: Actor, key_or_number: str, permission: Permission = Permission.CASE_READ
    ) -> CaseFile:
        """The whole file, to be read or for what ``permission`` allows.

        Raises ``InputError`` when there is none, ``PermissionDenied`` when it may only be read.
        """
        actor.require(Permission.CASE_READ)
        with self._storage.read(actor) as work:
            return found(work, key_or_number, permission)

    def view(self, actor: Actor, key_or_number: str) -> CaseFile:
        """The whole file, for a person to look at: the look stands in the audit trail, once in a while of looking.

        A look at a case of one's own, or of a relative, stands there as that. What reads a file to work on it takes
        :meth:`file`; its own act leaves the entry. Raises as that does.
        """
        actor.require(Permission.CASE_READ)
        now = self._clock()
        with self._storage.read(actor) as work:
            file = found(work, key_or_number)
            action = VIEW_OWN if work.cases.own(file) else VIEW
            if work.audit.continues(actor.account, action, file.case_key, now):
                return file
        with self._storage.write(actor) as work:
            file = found(work, key_or_number)
            work.audit.write(at=now, account=actor.account, action=action, case_key=file.case_key)
            return file

    def footing(self, actor: Actor, key: str) -> Footing:
        """What the actor may do with this case, and whether it is one of his own. Raises as :meth:`file` does."""
        actor.require(Permission.CASE_READ)
        granted = [permission for permission in Permission if actor.can(permission)]
        with self._storage.read(actor) as work:
            file = found(work, key)
            reached = {
                sight: sight == actor.sight() or work.cases.reached(file.case_key, permission)
                for permission in granted
                for sight in (actor.sight(permission),)
            }
            own = work.cases.own(file)
            named = file.beside.lock.named if file.beside.lock is not None else ()
            known = ((name, work.accounts.find(name)) for name in named)
            readers = tuple((name, one.display_name if one else name) for name, one in known)
        may = frozenset(one for one in granted if reached[actor.sight(one)])
        return Footing(may=may & {Permission.CASE_READ} if forbids(own) else may, own=own, readers=readers)

    def looks(self, actor: Actor, key: str) -> tuple[Line, ...]:
        """Who looked at a case, changed, printed or handed it out, newest first."""
        actor.require(Permission.CASE_READ)
        with self._storage.read(actor) as work:
            return work.trail.listed(EntryQuery(case_key=found(work, key).case_key))

    def export(
        self,
        actor: Actor,
        key_or_number: str,
        *,
        with_private_notes: bool = False,
        transfer: NoteTransfer | None = None,
    ) -> CaseFile:
        """The file to be written out; as of the day of the export unless it came with a day of its own.

        Talks with one side stay here unless that party consented (LR-22). ``with_private_notes`` hands them over
        too, from mediators to mediators: it asks for the permission to mediate, and stands in the audit trail.
        ``transfer`` puts on file to whom outside it goes.
        """
        actor.require(Permission.CASE_EXPORT)
        if with_private_notes:
            actor.require(Permission.CASE_MEDIATE)
        with self._storage.write(actor) as work:
            file = found(work, key_or_number, Permission.CASE_EXPORT)
            if transfer is not None:
                file = self._perform(work, actor, file.case_key, transfer, None)[1]
            handed_over = withheld(file) if with_private_notes else 0
            details: dict[str, object] = {"private_notes": handed_over} if with_private_notes else {}
            work.audit.write(
                at=self._clock(),
                account=actor.account,
                action="case.export",
                case_key=file.case_key,
                details=details,
            )
            written = file if with_private_notes else walled(file)
            if file.as_of is not None:
                return written
            return with_months_due(replace(written, as_of=self.local_today), self.local_today)

    def history(self, actor: Actor, key: str) -> tuple[HistoryEntry, ...]:
        """The diary of a case, oldest first."""
        actor.require(Permission.CASE_READ)
        with self._storage.read(actor) as work:
            return work.cases.history(key)

    def papers(self, actor: Actor, key: str) -> tuple[PrintedPaper, ...]:
        """Papers printed from a case, oldest first."""
        actor.require(Permission.CASE_READ)
        with self._storage.read(actor) as work:
            return work.cases.papers(key)

    def ink(self, actor: Actor, limit: int = 200) -> tuple[InkLine, ...]:
        """Printed papers that wait for a hand, across all cases, the longest waiting first."""
        actor.require(Permission.CASE_READ)
        with self._storage.read(actor) as work:
            return covered(actor, work, work.cases.ink(limit))

    def printed(
        self, actor: Actor, *, sha256: str = "", version: str = ""
    ) -> tuple[tuple[str, PrintedPaper], ...]:
        """Printed papers with this fingerprint or these words, each after the key of its case, oldest first."""
        actor.require(Permission.CASE_READ)
        with self._storage.read(actor) as work:
            return work.cases.printed(sha256=sha256, version=version)

    # Changing

    def register(
        self, actor: Actor, command: Register, *, operation_id: str = "", despite: Container[str] = ()
    ) -> CaseFile:
        """Open a case and give it its code (一案一码). Raises ``InputError`` naming the first field at fault.

        Raises ``DuplicateError`` when an open case of the same people and matter is on file that is neither
        among ``despite`` (the keys the counter was shown) nor linked by the command.
        """
        actor.require(Permission.CASE_REGISTER)
        command = kept(command)
        demand_open(command.organisation.name, command.received_on)
        with self._storage.write(actor) as work:
            if operation_id and not work.once(operation_id):
                raise ConflictError("这次登记已经保存过，没有重复登记。")
            serial = work.numbers.next(command.centre, CASE_CODES, command.received_on.year)
            key = f"AJ{command.received_on.year}{serial:06d}"
            file = _noted(open_file(command, case_key=key, registrar=actor.display_name), actor)
            demand_not_own(work.cases.own(file))
            file = locked_by_rule(file, on=self.local_today, by=actor.display_name, account=actor.account)
            _refuse(problems(file), InputError)
            _refuse_barred(work, file)
            # After the number: its row is locked, so of two counters the second sees what the first registered.
            _refuse_doubled(work, actor, command, despite, self.local_today)
            lock = f"（限制查看：{'、'.join(file.beside.lock.grounds)}）" if file.beside.lock else ""
            told = f"登记：{file.title}{lock}"
            stored = self._stored(work, actor, file, "登记", told, file.intake.received_on)
            if command.visit is not None and not work.visits.became(command.visit, key):
                raise ConflictError("这次咨询已经转成另一件案件，没有重复登记。")
            return stored

    def perform(
        self,
        actor: Actor,
        key: str,
        step: Step,
        *,
        version: int | None = None,
        operation_id: str = "",
        onto: Settlement | None = None,
    ) -> CaseFile:
        """Take one step: permission, state, the step's own rules, then every check on the whole file.

        ``version`` is the one the caller saw; a newer file raises ``StaleError`` and nothing is stored. ``onto``
        carries what was chosen after :meth:`compare`, whose version is the one to save on.
        """
        actor.require(step.permission)
        with self._storage.write(actor) as work:
            if operation_id and not work.once(operation_id):
                return found(work, key)
            before, saved = self._perform(work, actor, key, step, version, onto)
        self._remember(actor, step, before, saved)
        return saved

    def compare(self, actor: Actor, seen: CaseFile, step: Step) -> Collision:
        """What this step makes of the case as it was ``seen``, beside what others saved since; stores nothing.

        Raises what the step says of its own words.
        """
        actor.require(Permission.CASE_READ)
        actor.require(step.permission)
        step = kept(step)
        made: list[Collision] = []
        with suppress(_Rehearsed), self._storage.write(actor) as work:
            around = Surroundings(work, actor, self._clock())
            theirs = found(work, seen.case_key, step.permission)

            def taken(file: CaseFile) -> CaseFile:
                _demand_possible(file, step, self.local_today)
                return self._applied(file, step, around)

            made.append(
                collided(work, actor, seen, lambda file: self._applied(file, step, around), theirs, taken)
            )
            raise _Rehearsed  # numbers that were drawn for it go back
        return made[0]

    def perform_together(
        self,
        actor: Actor,
        key: str,
        makers: Sequence[Callable[[CaseFile], Step]],
        *,
        version: int | None = None,
    ) -> tuple[tuple[Step, ...], CaseFile]:
        """Take several steps, each made of the file as the one before left it; all or none.

        As `perform` otherwise, with one line of the diary for every step. The steps, and the file in the end.
        """
        actor.require(Permission.CASE_READ)
        taken: list[tuple[Step, CaseFile, CaseFile]] = []
        with self._storage.write(actor) as work:
            file = found(work, key)
            if version is not None and version != file.version:
                raise StaleError(STALE)
            for make in makers:
                step = make(file)
                before, file = self._perform(work, actor, key, step, file.version)
                taken.append((step, before, file))
        for step, before, after in taken:
            self._remember(actor, step, before, after)
        return tuple(step for step, _before, _after in taken), file

    def take_back(self, actor: Actor, key: str, *, version: int) -> CaseFile:
        """撤销: put the case back to what it was before the step this account just took.

        Raises ``ConflictError`` when somebody saved since ``version`` was read, ``RuleError`` when the step may
        not be taken back: a round of choosing, a paper printed since, or a step of another day.
        """
        actor.require(Permission.CASE_READ)
        with self._storage.write(actor) as work:
            now = found(work, key)
            last = demand_undoable(work, actor, now, self._taken.newest(now.case_key), version)
            around = Surroundings(work, actor, self._clock())
            around.settle_numbers(now, last.before, f"{WORD}：{last.sentence}")
            saved = work.cases.save(now, last.before)
            self._tell(work, actor, saved, WORD, f"{WORD}：{last.sentence}", self.local_today, before=now)
        self._taken.forget_newest(saved.case_key, saved.version)
        return saved

    def perform_within(
        self, work: CaseWork, actor: Actor, key: str, step: Step, *, version: int | None = None
    ) -> CaseFile:
        """Take a step as part of a larger unit of work, e.g. the one that closes a round of choosing."""
        return self._perform(work, actor, key, step, version)[1]

    def _applied(self, file: CaseFile, step: Step, around: Surroundings) -> CaseFile:
        current = with_months_due(brought_up_to_date(file), self.local_today)
        return replace(step.apply(current, around), as_of=None)

    def _perform(
        self,
        work: CaseWork,
        actor: Actor,
        key: str,
        step: Step,
        version: int | None,
        onto: Settlement | None = None,
    ) -> tuple[CaseFile, CaseFile]:
        """The file before and after the step."""
        actor.require(step.permission)
        step = kept(step)
        before = found(work, key, step.permission)
        if version is not None and version != before.version:
            raise StaleError(STALE)
        _demand_possible(before, step, self.local_today)
        _refuse_future(step, self.local_today)
        after = self._applied(before, step, Surroundings(work, actor, self._clock()))
        if onto is not None:
            settled = onto.settled(before, after)
            after = settled.merged
            keep_unadopted(work, actor, self._clock(), before.case_key, settled.lines, onto)
        demand_remote_consent(before, after)
        _refuse_quoted(work, before, after)
        _refuse(problems(after), RuleError)
        _refuse_barred(work, after)
        _demand_legal(before, after, step, self.local_today)
        saved = work.cases.save(before, after)
        self._tell(
            work,
            actor,
            saved,
            step.title,
            step.sentence(saved),
            self.local_today,
            before=before,
            reason=getattr(step, "reason", ""),
        )
        return before, saved

    def _remember(self, actor: Actor, step: Step, before: CaseFile, saved: CaseFile) -> None:
        taken = TakenStep(
            account=actor.account,
            permission=step.permission,
            transition=step.transition,
            sentence=kept(step).sentence(saved),
            version=saved.version,
            at=self._clock(),
            before=before,
        )
        self._taken.remember(saved.case_key, taken)

    def take_over(self, actor: Actor, file: CaseFile) -> tuple[CaseFile, bool]:
        """Store a file written elsewhere, whole, under the same checks; (file on record, whether it is new).

        The same file again is recognised. Raises ``InputError`` when the key is taken by other content.
        """
        actor.require(Permission.CASE_IMPORT)
        file = kept(file)
        with self._storage.write(actor) as work:
            known = work.cases.find(file.case_key)
            if known is not None:
                same = replace(known, version=0, beside=file.beside)
                if file in (same, walled(same)):
                    return known, False
                raise InputError(f"案件{file.case_key}已在库中，而文件的内容与库中不同，没有导入。")
            _refuse(problems(file), InputError)
            _refuse_barred(work, file)
            if file.intake.number and work.cases.find(file.intake.number) is not None:
                raise InputError(f"编号{file.intake.number}已被另一案件使用，没有导入。")
            demand_not_own(work.cases.own(file))
            file = locked_by_rule(file, on=self.local_today, by=actor.display_name, account=actor.account)
            work.pool.learn([_card(mediator) for mediator in file.mediators])
            self._reserve(work, file)
            stored = self._stored(work, actor, file, "导入", f"从文件导入：{file.title}", self.local_today)
            return stored, True

    def join_within(
        self, work: CaseWork, actor: Actor, file: CaseFile, before: CaseFile | None, sentence: str
    ) -> CaseFile:
        """Store, in a larger unit, a whole file another centre sent, or what became of ``before`` with it.

        Raises as :meth:`take_over` and :meth:`perform` do.
        """
        actor.require(Permission.CASE_IMPORT)
        file = kept(file)
        _refuse(problems(file), InputError)
        _refuse_barred(work, file)
        demand_not_own(work.cases.own(file))
        work.pool.learn([_card(mediator) for mediator in file.mediators])
        self._reserve(work, file)
        if before is None:
            file = locked_by_rule(file, on=self.local_today, by=actor.display_name, account=actor.account)
            return self._stored(work, actor, file, "并入", sentence, self.local_today)
        demand_reach(work, before.case_key, Permission.CASE_IMPORT)
        demand_not_own(work.cases.own(before))
        saved = work.cases.save(before, file)
        self._tell(work, actor, saved, "并入", sentence, self.local_today, before=before)
        return saved

    def note_papers(
        self, actor: Actor, key: str, papers: Sequence[PrintedPaper], *, certificate: str | None = None
    ) -> None:
        """Remember papers printed together, or sealed with the named ``certificate``, in case and audit trail."""
        actor.require(Permission.DOCUMENT_PRINT)
        action = "document.print" if certificate is None else "document.seal"
        with self._storage.write(actor) as work:
            if work.cases.reached(key):
                demand_reach(work, key, Permission.DOCUMENT_PRINT)
            work.cases.note_papers(key, papers)
            for paper in papers:
                details: dict[str, object] = {
                    "form": paper.form,
                    "title": paper.title,
                    "sha256": paper.sha256,
                }
                if certificate is not None:
                    details["certificate"] = certificate
                work.audit.write(
                    at=paper.at, account=actor.account, action=action, case_key=key, details=details
                )

    # Drafts

    def keep_draft(self, actor: Actor, key: str, content: dict[str, object]) -> Draft:
        """Keep words that are not a record yet; called from the first keystroke on."""
        actor.require(Permission.CASE_READ)
        draft = Draft(key=key, account=actor.account, content=kept_draft(content), saved_at=self._clock())
        with self._storage.write(actor) as work:
            work.drafts.keep(replace(draft, key=own_key(actor, key)))
        return draft

    def drafts(self, actor: Actor) -> tuple[Draft, ...]:
        """Drafts left over, newest first; lines of a board being typed are for mediators only (LR-22).

        What somebody else began is shown as :func:`may_see` says.
        """
        actor.require(Permission.CASE_READ)
        with self._storage.read(actor) as work:
            return tuple(own_drafts((one for one in work.drafts.drafts() if may_see(actor, one)), actor))

    def drop_draft(self, actor: Actor, key: str) -> None:
        """Forget a draft that became a case or is not wanted."""
        actor.require(Permission.CASE_READ)
        with self._storage.write(actor) as work:
            work.drafts.drop(own_key(actor, key))

    # Inside a transaction

    def _stored(
        self, work: CaseWork, actor: Actor, file: CaseFile, step: str, sentence: str, on: date
    ) -> CaseFile:
        stored = work.cases.add(file)
        self._tell(work, actor, stored, step, sentence, on)
        return stored

    def _tell(
        self,
        work: CaseWork,
        actor: Actor,
        file: CaseFile,
        step: str,
        sentence: str,
        on: date,
        *,
        before: CaseFile | None = None,
        reason: object = "",
    ) -> None:
        """A line for the diary and an entry for the trail; what was said in private gets into neither (LR-22)."""
        now, state = self._clock(), state_of(file)
        entry = HistoryEntry(
            at=now, account=actor.display_name, step=step, on=on, state=state, sentence=sentence
        )
        work.cases.note(file.case_key, entry)
        made = changes(walled(before), walled(file)) if before is not None else ()
        details: dict[str, object] = {"version": file.version, "state": state.value}
        if made:
            details["fields"] = fields_of(made)
        if (own := work.cases.own(file)) is not None:
            details["own"] = own.kin
        work.audit.write(
            at=now,
            account=actor.account,
            action=f"case.{step}",
            case_key=file.case_key,
            details=details,
            words=words_of(made),
            reason=reason if isinstance(reason, str) else "",
        )

    def _reserve(self, work: CaseWork, file: CaseFile) -> None:
        for number, series in numbers_of(file):
            if parsed := parse_number(number):
                work.numbers.reserve(file.organisation.name, series, *parsed)


class _Rehearsed(Exception):  # no error: ends a unit of work that shall leave nothing
    """What was to be known is known."""


def _demand_possible(file: CaseFile, step: Step, today: date) -> None:
    """Refuse a step that may not be taken now, with the rule that forbids it and what it asks."""
    if file.beside.binned is not None and step.transition is not TAKE_OUT:
        raise RuleError(f"案件在回收站里，不能{step.title}；请先放回。", rule=TAKE_OUT.no)
    state, transition = state_on(file, today), step.transition
    if state not in transition.sources:
        sentence, rule = transition.refusal(state, step.title)
        raise RuleError(sentence, rule=rule)


def _demand_legal(before: CaseFile, after: CaseFile, step: Step, today: date) -> None:
    """No step may store a case in a state the state machine does not lead to; that would be a bug of the step."""
    was, becomes = state_on(before, today), state_on(after, today)
    if not step.transition.allows(was, becomes):
        raise AssertionError(f"{step.transition.no} leads from {was.name} to {becomes.name}")


def _refuse_future(step: Step, today: date) -> None:
    """What a step reports has happened; only sessions are planned ahead, and their day is not called ``on``."""
    on = getattr(step, "on", None)
    if isinstance(on, date) and on > today:
        raise InputError(f"日期{on.isoformat()}还没有到，请填写已经发生的日期。", field="on")


def found(work: CaseWork, key_or_number: str, permission: Permission = Permission.CASE_READ) -> CaseFile:
    """The file with this key or number, to be read or for what ``permission`` allows.

    Raises ``InputError`` when there is none the actor may see, ``PermissionDenied`` when he may only see it, and
    ``RuleError`` where it is his own or a relative's and somebody else has to act.
    """
    file = work.cases.find(key_or_number)
    if file is None:
        raise no_case(key_or_number)
    demand_reach(work, file.case_key, permission)
    if permission is not Permission.CASE_READ:
        demand_not_own(work.cases.own(file))
    return file


def demand_reach(work: CaseWork, key: str, permission: Permission) -> None:
    """Raise ``PermissionDenied`` where what grants ``permission`` to this actor does not reach the case."""
    if permission is not Permission.CASE_READ and not work.cases.reached(key, permission):
        raise PermissionDenied(NOT_YOURS)


def _refuse(found: tuple[Problem, ...], kind: type[InputError | RuleError]) -> None:
    if not found:
        return
    first = found[0]
    more = f"（另有{len(found) - 1}处）" if len(found) > 1 else ""
    error: DeskError
    if kind is InputError:
        error = InputError(first.message + more, field=first.pointer, pointer=first.pointer)
    else:
        error = RuleError(first.message + more, rule=first.rule)
    raise error


def _refuse_barred(work: CaseWork, file: CaseFile) -> None:
    """Who mediated this dispute does not come back as somebody's agent (特邀调解规定 art. 16)."""
    keys = (file.case_key, *(related.case_key for related in file.related_cases))
    found = barred(people_of(file), work.choosing.bars(keys))
    if found:
        raise RuleError(found[0].sentence, rule="LR-17")


def _refuse_quoted(work: CaseWork, before: CaseFile, after: CaseFile) -> None:
    """Whatever step writes a record: what stands behind a wall of the board does not get into it (LR-22)."""
    told = (after.sessions, after.beside.additions)
    if told == (before.sessions, before.beside.additions):
        return
    known = {session.record for session in before.sessions}
    fresh = [session.record for session in after.sessions if session.record not in known]
    fresh += [one.text for one in after.beside.additions if one not in before.beside.additions]
    if fresh:
        demand_walls("\n".join(fresh), work.boards.notes(after.case_key))


def _noted(file: CaseFile, actor: Actor) -> CaseFile:
    """Who saw the dangers of an intake is who registers it."""
    risks = tuple(replace(risk, noted_by=risk.noted_by or actor.display_name) for risk in file.beside.risks)
    return replace(file, beside=replace(file.beside, risks=risks)) if risks else file


def _refuse_doubled(
    work: CaseWork, actor: Actor, command: Register, seen: Container[str], today: date
) -> None:
    """Nobody registers a dispute twice without knowing (T-2).

    Of a case out of reach nothing is said; where the centre wants it, whom to ask.
    """
    matter = matter_of(command)
    strong = [
        one for one in judge(matter, work.counter.known(matter.people[:MOST_PEOPLE]), today) if one.strong
    ]
    linked = {related.case_key for related in command.related_cases}
    unseen = [one for one in strong if one.case.case_key not in seen and one.case.case_key not in linked]
    if unseen:
        first = unseen[0].case
        raise DuplicateError(
            f"可能重复登记：{first.title}（{first.number or first.case_key}），{unseen[0].reason}。",
            tuple(one.case.case_key for one in unseen),
        )
    rule = locked_rules()
    if rule.send_on and not actor.sight().whole:
        known = {one.case.case_key for one in strong} | linked
        everywhere = judge(matter, work.counter.known_everywhere(matter.people[:MOST_PEOPLE]), today)
        if any(one.strong and one.case.case_key not in known for one in everywhere):
            raise RuleError(rule.ask, rule="限制查看")


def _card(mediator: MediatorCard) -> MediatorCard:
    return MediatorCard(**{field.name: getattr(mediator, field.name) for field in fields(MediatorCard)})
