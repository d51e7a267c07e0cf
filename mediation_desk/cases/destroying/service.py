"""``DestructionService``: prepare, decide, apply. Two persons; one case a transaction; goes on where it was stopped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from mediation_desk.access.actor import COUNTER, Actor
from mediation_desk.access.four_eyes import demand_other
from mediation_desk.access.permissions import Permission
from mediation_desk.cases.archiving.model import Verdict
from mediation_desk.cases.archiving.retention import end_of
from mediation_desk.cases.archiving.rules import archive_rules
from mediation_desk.cases.archiving.service import thresholds
from mediation_desk.cases.destroying.files import backups_in, remove_files
from mediation_desk.cases.destroying.model import (
    Applied,
    Candidate,
    DestructionLine,
    DestructionList,
    Leftover,
    LineStatus,
    ListStatus,
)
from mediation_desk.cases.destroying.ports import (
    NOT_YOURS,
    DestructionStorage,
    DestructionWork,
    Places,
    Standing,
)
from mediation_desk.shared.clock import Clock, local_day
from mediation_desk.shared.errors import DeskError, InputError, PermissionDenied, RuleError, StorageError
from mediation_desk.shared.text import canonical
from mediation_desk.shared.watching import Watch

RULE = "档案销毁"
_LONGEST, _SHORT = 500, 60


class DestructionService:
    """Everything about lists of destruction; the paper is destroyed by people, the data here."""

    def __init__(self, storage: DestructionStorage, places: Places, clock: Clock) -> None:
        self._storage = storage
        self._places = places
        self._clock = clock

    @property
    def local_today(self) -> date:
        """The day at the counter."""
        return local_day(self._clock())

    # Reading

    def due(self, actor: Actor) -> tuple[Candidate, ...]:
        """Volumes past their period, with what was decided about them and the list they stand on."""
        actor.require(Permission.DESTRUCTION_PREPARE)
        on = self.local_today
        with self._storage.read(actor) as work:
            return tuple(map(_with_end, work.destruction.candidates(thresholds(on), on)))

    def lists(self, actor: Actor) -> tuple[DestructionList, ...]:
        """All lists, newest first. For whoever prepares or decides; cases out of reach are counted, not named."""
        _require_either(actor)
        with self._storage.read(actor) as work:
            return work.destruction.lists()

    def find(self, actor: Actor, number: int) -> DestructionList:
        """One list. Raises ``InputError`` for an unknown number."""
        _require_either(actor)
        with self._storage.read(actor) as work:
            return _known(work.destruction.find(number), number)

    # Two persons

    def prepare(self, actor: Actor, keys: Sequence[str] = (), opinion: str = "") -> DestructionList:
        """Put these cases, or all appraised to be destroyed, on a new list.

        Raises ``InputError`` for a case that is not to be destroyed or stands on a list, and for an empty list.
        """
        actor.require(Permission.DESTRUCTION_PREPARE)
        words = _words(opinion or archive_rules().destruction.opinion, "opinion", "鉴定意见", _LONGEST)
        now, on = self._clock(), self.local_today
        with self._storage.write(actor) as work:
            ready = {
                one.case_key: one
                for one in work.destruction.candidates(thresholds(on), on)
                if one.verdict == Verdict.DESTROY and one.listed is None
            }
            wanted = list(dict.fromkeys(keys)) or list(ready)
            for key in wanted:
                if key not in ready:
                    raise InputError(f"案件{key}没有鉴定为销毁，或者已经在清册里，不能编入。", field="keys")
            if not wanted:
                raise InputError("没有鉴定为销毁、可以编入清册的案卷。请先在“到期鉴定”里鉴定。", field="keys")
            chosen = [ready[key] for key in wanted]
            made = work.destruction.add(
                DestructionList(
                    id=0,
                    opinion=words,
                    status=ListStatus.PREPARED,
                    prepared_by=actor.display_name,
                    prepared_account=actor.account,
                    prepared_at=now,
                    appraisers="、".join(dict.fromkeys(one.appraisers for one in chosen)),
                    lines=tuple(_line(no, one) for no, one in enumerate(chosen, start=1)),
                )
            )
            self._note(work, actor, "destruction.prepare", made, cases=len(chosen))
            return made

    def decide(self, actor: Actor, number: int, *, refusal: str = "") -> DestructionList:
        """Approve a list, or refuse it with a reason; then its cases may be put on another one.

        Raises ``RuleError`` for whoever prepared it, and for a list that is decided already; ``PermissionDenied``
        where one of its cases is out of reach.
        """
        actor.require(Permission.DESTRUCTION_APPROVE)
        said = _words(refusal, "refusal", "", _LONGEST)
        with self._storage.write(actor) as work:
            before = _stored(work, number)
            _demand_reach(work, actor, before, Permission.DESTRUCTION_APPROVE)
            if before.status is not ListStatus.PREPARED:
                raise RuleError(f"第{number}号销毁清册{before.status}，不能再审批。", rule=RULE)
            if archive_rules().destruction.four_eyes:
                demand_other(actor, before.prepared_account, f"清册由{before.prepared_by}编制")
            after = replace(
                before,
                status=ListStatus.REFUSED if said else ListStatus.APPROVED,
                decided_by=actor.display_name,
                decided_account=actor.account,
                decided_at=self._clock(),
                refusal=said,
            )
            work.destruction.save(before, after)
            self._note(work, actor, "destruction.refuse" if said else "destruction.approve", after)
            return _known(work.destruction.find(number), number)

    def apply(self, actor: Actor, number: int, supervisor: str, *, watch: Watch | None = None) -> Applied:
        """Destroy what an approved list names, case by case; ``supervisor`` is the second person present.

        Each case is one transaction; what fails is told and never holds up the rest. Stopped or killed, it is
        called again and goes on. Raises ``RuleError`` unless the list is approved, ``InputError`` without a
        supervisor or when it is the person who carries it out, ``PermissionDenied`` where a case that waits is out
        of reach. A volume that is lent, or no longer appraised to be destroyed, stays.
        """
        actor.require(Permission.DESTRUCTION_PREPARE)
        seen = _words(supervisor, "supervisor", "监销人", _SHORT)
        if seen == actor.display_name:
            raise InputError("销毁由两个人在场，监销人请写另一个人。", field="supervisor")
        with self._storage.write(actor) as work:
            before = _stored(work, number)
            _demand_reach(work, actor, before, Permission.DESTRUCTION_PREPARE)
            if before.status not in (ListStatus.APPROVED, ListStatus.DONE):
                raise RuleError(f"第{number}号销毁清册{before.status}，批准以后才能执行。", rule=RULE)
            if before.supervisor != seen:
                work.destruction.save(before, replace(before, supervisor=seen))
                self._note(work, actor, "destruction.begin", before)
        return self._run(actor, number, watch)

    # Inside

    def _run(self, actor: Actor, number: int, watch: Watch | None) -> Applied:
        waiting = self._as_stored(actor, number).left
        destroyed = files = 0
        stayed: list[tuple[str, str]] = []
        stopped = False
        for done, line in enumerate(waiting):
            if watch is not None and not watch(done, len(waiting)):
                stopped = True
                break
            try:
                told = self._destroy(actor, number, line)
                files += self._clear(actor, number, told)
                destroyed += 1
            except DeskError as error:
                stayed.append((line.case_key, error.message))
                self._tell_stayed(actor, number, line, error.message)
        # Also for lines of an earlier run: it may have been killed before it got here, or found the file in use.
        gone = any(
            line.status in (LineStatus.FILES, LineStatus.DONE)
            for line in self._as_stored(actor, number).lines
        )
        leftover = self._storage.wipe_free_space() if gone else Leftover()
        left = self._finished(actor, number)
        return Applied(
            list_id=number,
            destroyed=destroyed,
            files=files,
            stayed=tuple(stayed),
            left=left,
            stopped=stopped,
            leftover=leftover,
            backups=backups_in(self._places.backups, archive_rules().destruction.backup_days),
        )

    def _destroy(self, actor: Actor, number: int, line: DestructionLine) -> DestructionLine:
        """The data in one transaction, with the line that says so and what still lies in folders."""
        if line.status is LineStatus.FILES:
            return line
        now = self._clock()
        with self._storage.write(actor) as work:
            now_stands = work.destruction.standing(line.case_key)
            gone = None
            if now_stands is not None:
                _demand_doomed(now_stands)
                gone = work.destruction.forget(line.case_key, f"已销毁（销毁清册第{number}号）")
            if gone is None:
                raise RuleError("案件已经不在库里。", rule=RULE)
            basis = f"destruction {number}"
            work.audit.forget(line.case_key, at=now, account=actor.account, basis=basis)
            told = replace(
                line,
                status=LineStatus.FILES,
                done_at=now,
                rows=gone.rows,
                why="",
                files=(
                    *(f"content:{one}" for one in gone.contents),
                    *(f"paper:{one}" for one in gone.papers),
                    f"copies:{line.case_key}",
                ),
            )
            work.destruction.mark(number, told)
            work.audit.write(
                at=now,
                account=actor.account,
                action="destruction.case",
                case_key=line.case_key,
                details={"list": number, "rows": gone.rows},
            )
        return told

    def _clear(self, actor: Actor, number: int, line: DestructionLine) -> int:
        """The files; asked once more whether another case has come to use the same content meanwhile."""
        contents = {name.removeprefix("content:") for name in line.files if name.startswith("content:")}
        with self._storage.read(actor) as work:
            used = work.destruction.used(contents)
        names = tuple(name for name in line.files if name.removeprefix("content:") not in used)
        gone = remove_files(self._places, names)
        with self._storage.write(actor) as work:
            work.destruction.mark(number, replace(line, status=LineStatus.DONE, files=()))
        return gone

    def _tell_stayed(self, actor: Actor, number: int, line: DestructionLine, why: str) -> None:
        try:
            with self._storage.write(actor) as work:
                now = next((one for one in _stored(work, number).lines if one.line == line.line), line)
                status = LineStatus.FILES if now.status is LineStatus.FILES else LineStatus.STAYED
                work.destruction.mark(number, replace(now, status=status, why=why))
        except StorageError:
            return  # the storage itself is the trouble: the line stands as it was and the next run tries again

    def _finished(self, actor: Actor, number: int) -> int:
        with self._storage.write(actor) as work:
            before = _stored(work, number)
            left = len(before.left)
            if not left and before.status is not ListStatus.DONE:
                after = replace(before, status=ListStatus.DONE, applied_at=self._clock())
                work.destruction.save(before, after)
                self._note(work, actor, "destruction.done", after, cases=len(before.lines))
        return left

    def _as_stored(self, actor: Actor, number: int) -> DestructionList:
        with self._storage.read(actor) as work:
            return _stored(work, number)

    def _note(
        self, work: DestructionWork, actor: Actor, action: str, about: DestructionList, cases: int = 0
    ) -> None:
        details = {"list": about.id, **({"cases": cases} if cases else {})}
        work.audit.write(at=self._clock(), account=actor.account, action=action, details=details)


def _require_either(actor: Actor) -> None:
    actor.require_any(Permission.DESTRUCTION_PREPARE, Permission.DESTRUCTION_APPROVE)


def needs_another(actor: Actor, made: DestructionList) -> bool:
    """Whether somebody else has to approve the list; in a practice centre nobody else can be asked."""
    own = actor.account == made.prepared_account and actor.account != COUNTER.account
    return own and archive_rules().destruction.four_eyes


def _demand_reach(work: DestructionWork, actor: Actor, made: DestructionList, permission: Permission) -> None:
    """Whoever does not see everything must reach each case that is still to be destroyed."""
    if actor.sight(permission).whole:
        return
    waiting = (one for one in made.left if one.status is not LineStatus.FILES)
    if not all(work.cases.reached(one.case_key, permission) for one in waiting):
        raise PermissionDenied(NOT_YOURS)


def _demand_doomed(stands: Standing) -> None:
    """Asked again at the last moment: much may have happened since the list was prepared."""
    if not stands.archived or stands.verdict is not Verdict.DESTROY:
        raise RuleError("编入清册以后鉴定改变了，现在没有鉴定为销毁，没有销毁。", rule=RULE)
    if stands.lent_to:
        raise RuleError(f"卷宗借给了{stands.lent_to}，还没有归还，没有销毁。", rule=RULE)


def _stored(work: DestructionWork, number: int) -> DestructionList:
    return _known(work.destruction.stored(number), number)


def _known(found: DestructionList | None, number: int) -> DestructionList:
    if found is None:
        raise InputError(f"没有第{number}号销毁清册。", field="list")
    return found


def _line(no: int, one: Candidate) -> DestructionLine:
    return DestructionLine(
        line=no,
        case_key=one.case_key,
        number=one.number or "",
        volume_no=one.volume_no,
        retention=one.retention,
        archived_on=one.archived_on,
        pages=one.pages,
        reason=one.reason,
    )


def _with_end(one: Candidate) -> Candidate:
    return replace(one, ends_on=end_of(one.retention, one.archived_on))


def _words(typed: str, field: str, asked: str, longest: int) -> str:
    text = canonical(typed.strip(), field, longest=longest)
    if asked and not text:
        raise InputError(f"请写明{asked}。", field=field)
    return text
