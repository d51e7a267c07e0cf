"""``SubsidyService``: worksheets, the list of a month, approval, payment, and what takes a claim back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime

from mediation_desk.access.actor import COUNTER, Actor
from mediation_desk.access.permissions import Permission
from mediation_desk.cases.model import CaseFile
from mediation_desk.shared.clock import Clock, local_day
from mediation_desk.shared.errors import InputError, RuleError
from mediation_desk.shared.record import record
from mediation_desk.shared.text import canonical
from mediation_desk.subsidy.listing import MonthList, candidates, find_same, judging_day
from mediation_desk.subsidy.model import (
    ZERO,
    Batch,
    BatchSheet,
    BatchStatus,
    Claim,
    ClaimStatus,
    Difference,
)
from mediation_desk.subsidy.months import last_day, month_word
from mediation_desk.subsidy.ports import SubsidyStorage, SubsidyWork
from mediation_desk.subsidy.rules import subsidy_rules
from mediation_desk.subsidy.taking_back import negative_of, refusal_of
from mediation_desk.subsidy.worksheet import Worksheet, worksheet

MOST_BATCHES, LONGEST_REASON = 60, 500
_ON_A_LIST = (ClaimStatus.APPROVED, ClaimStatus.PAID)


@record
class CaseSubsidy:
    """A case's worksheet as it stands today, and what became of its claims, oldest first."""

    worksheet: Worksheet
    claims: tuple[Claim, ...]
    difference: Difference | None = None

    @property
    def claim(self) -> Claim | None:
        """The live one."""
        return next((claim for claim in reversed(self.claims) if claim.live), None)

    @property
    def state(self) -> str:
        """In one word: that of the live claim, else whether the case may be claimed."""
        if self.claim is not None:
            return self.claim.status.value
        return "可以计补" if self.worksheet.payable else ("不计补" if self.worksheet.never else "暂不计补")


class SubsidyService:
    """Who keeps statistics prepares a list, the duty manager approves it; nothing is ever deleted."""

    def __init__(self, storage: SubsidyStorage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock

    @property
    def local_today(self) -> date:
        """The day at the counter."""
        return local_day(self._clock())

    # Reading

    def worksheet(self, actor: Actor, case_key: str, on: date | None = None) -> CaseSubsidy:
        """How a case stands on a day (default: today). Raises ``InputError`` when there is no such case."""
        actor.require(Permission.CASE_READ)
        with self._storage.read() as work:
            file = _found(work, case_key)
            return self._of_case(work, file, on or self.local_today)

    def month_list(self, actor: Actor, month: date) -> MonthList:
        """Every case not claimed yet up to the end of the month, and the lists the month has.

        Raises ``InputError`` for a month that has not begun.
        """
        actor.require(Permission.STATISTICS_READ)
        with self._storage.read() as work:
            return self._listed(work, month)

    def batches(self, actor: Actor, month: date | None = None) -> tuple[Batch, ...]:
        """Lists of a month, or the last ones, newest first."""
        actor.require(Permission.STATISTICS_READ)
        with self._storage.read() as work:
            return work.subsidies.batches(month and month.replace(day=1), MOST_BATCHES)

    def sheet(self, actor: Actor, month: date, no: int | None = None) -> BatchSheet:
        """A list with its lines; without ``no`` the month's last. Raises ``InputError`` when there is none."""
        actor.require(Permission.STATISTICS_READ)
        with self._storage.read() as work:
            return _sheet(work, _chosen(work, month, no))

    # Doing

    def prepare(self, actor: Actor, month: date) -> BatchSheet:
        """Make a list of everything that may be claimed, negative lines included; it waits for approval.

        Raises ``RuleError`` before the month is over, or when there is nothing to put on it.
        """
        actor.require(Permission.SUBSIDY_PREPARE)
        if last_day(month) > self.local_today:
            raise RuleError(f"{month_word(month)}还没有结束，月末才能编制清单。")
        at = self._clock()
        with self._storage.write() as work:
            work.subsidies.hold([sheet.case_key for sheet in self._listed(work, month).ready])
            wanted = self._listed(work, month)  # again, now that nobody else can change them
            if not wanted.ready and not wanted.to_take_back:
                raise RuleError(f"{month_word(month)}没有可以列入清单的案件。")
            known = work.subsidies.batches(month.replace(day=1), MOST_BATCHES)
            batch = work.subsidies.open(
                Batch(
                    month=month.replace(day=1),
                    no=max((one.no for one in known), default=0) + 1,
                    status=BatchStatus.WAITING,
                    prepared_by=actor.display_name,
                    prepared_account=actor.account,
                    prepared_at=at,
                )
            )
            work.subsidies.add([_claim(sheet, batch, actor, at) for sheet in wanted.ready])
            for claim in wanted.to_take_back:
                work.subsidies.change(replace(claim, batch=batch.id, month=batch.month))
            self._note(work, actor, "subsidy.prepare", batch, len(wanted.ready))
            return _sheet(work, batch)

    def approve(
        self, actor: Actor, month: date, no: int | None = None, *, refuse: Mapping[str, str] | None = None
    ) -> BatchSheet:
        """Approve a list; cases in ``refuse`` (key: reason) are not. From then on it never changes.

        Raises ``RuleError`` when it was decided already, or by whom it was prepared where that is forbidden.
        """
        actor.require(Permission.SUBSIDY_APPROVE)
        reasons = {key: _reason(words) for key, words in (refuse or {}).items()}
        with self._storage.write() as work:
            sheet = _sheet(work, _chosen(work, month, no))
            _require(sheet.batch, BatchStatus.WAITING, "审批")
            self._require_other(actor, sheet.batch)
            _require_on(sheet, reasons)
            at = self._clock()
            decided = replace(
                sheet.batch,
                status=BatchStatus.APPROVED,
                decided_by=actor.display_name,
                decided_account=actor.account,
                decided_at=at,
            )
            saved = work.subsidies.save(decided)
            for claim in sheet.claims:
                if claim.status is ClaimStatus.WAITING:
                    work.subsidies.change(_decided(claim, reasons.get(claim.case_key, ""), actor, at))
            self._note(work, actor, "subsidy.approve", saved, len(sheet.claims) - len(reasons))
            return _sheet(work, saved)

    def withdraw(self, actor: Actor, month: date, no: int | None, reason: str) -> BatchSheet:
        """Take back a list nobody approved yet: its cases may be claimed again. ``RuleError`` afterwards."""
        actor.require(Permission.SUBSIDY_PREPARE)
        words, at = _reason(reason), self._clock()
        with self._storage.write() as work:
            sheet = _sheet(work, _chosen(work, month, no))
            _require(sheet.batch, BatchStatus.WAITING, "撤回")
            saved = work.subsidies.save(replace(sheet.batch, status=BatchStatus.WITHDRAWN, reason=words))
            for claim in sheet.claims:
                if claim.corrects is not None:
                    work.subsidies.change(replace(claim, batch=None))
                elif claim.status is ClaimStatus.WAITING:
                    work.subsidies.change(_voided(claim, words, actor, at))
                    work.subsidies.rewait(_found(work, claim.case_key))
            self._note(work, actor, "subsidy.withdraw", saved, len(sheet.claims))
            return _sheet(work, saved)

    def paid(self, actor: Actor, month: date, no: int | None = None, *, on: date | None = None) -> BatchSheet:
        """Record that a list was paid out. Raises ``InputError`` for a day before its approval or to come."""
        actor.require(Permission.SUBSIDY_PREPARE)
        day = on or self.local_today
        with self._storage.write() as work:
            sheet = _sheet(work, _chosen(work, month, no))
            _require(sheet.batch, BatchStatus.APPROVED, "登记发放")
            decided = sheet.batch.decided_at
            if day > self.local_today or (decided is not None and day < local_day(decided)):
                raise InputError("发放日期应在批准之日到今天之间。", field="on")
            done = replace(sheet.batch, status=BatchStatus.PAID, paid_on=day, paid_by=actor.display_name)
            saved = work.subsidies.save(done)
            for claim in sheet.claims:
                if claim.status is ClaimStatus.APPROVED:
                    work.subsidies.change(replace(claim, status=ClaimStatus.PAID, paid_on=day))
            self._note(work, actor, "subsidy.paid", saved, len(sheet.claims))
            return _sheet(work, saved)

    def refuse(self, actor: Actor, case_key: str, reason: str) -> Claim:
        """Decide that a case is not paid for: it comes on no list any more, until the refusal is voided."""
        actor.require(Permission.SUBSIDY_APPROVE)
        words = _reason(reason)
        with self._storage.write() as work:
            file = _found(work, case_key)
            sheet = worksheet(file, subsidy_rules(), self.local_today)
            (kept,) = work.subsidies.add([refusal_of(sheet, words, actor.display_name, self._clock())])
            work.subsidies.rewait(file)
            self._note_case(work, actor, "subsidy.refuse", kept)
            return kept

    def void(self, actor: Actor, case_key: str, reason: str, *, again: bool = False) -> tuple[Claim, ...]:
        """Void the live claim of a case. What was approved is taken back by a negative line on the next list.

        With ``again`` the case may be claimed anew, as it now stands; otherwise it is refused for the same reason.
        A refusal that is voided always opens the case. Returns the claims of the case.
        """
        actor.require(Permission.SUBSIDY_APPROVE)
        words, at = _reason(reason), self._clock()
        with self._storage.write() as work:
            file = _found(work, case_key)
            claim = next((one for one in work.subsidies.of_case(file.case_key) if one.live), None)
            if claim is None:
                raise InputError("本案没有可以作废的计补。", field="case")
            work.subsidies.change(_voided(claim, words, actor, at))
            if claim.status in _ON_A_LIST:
                month = self.local_today.replace(day=1)
                work.subsidies.add([negative_of(claim, words, actor.display_name, at, month)])
            if not again and claim.status is not ClaimStatus.REFUSED:
                sheet = worksheet(file, subsidy_rules(), self.local_today)
                work.subsidies.add([refusal_of(sheet, words, actor.display_name, at)])
            work.subsidies.rewait(file)
            self._note_case(work, actor, "subsidy.void", claim)
            return work.subsidies.of_case(file.case_key)

    # Parts

    def _listed(self, work: SubsidyWork, month: date) -> MonthList:
        first, today = month.replace(day=1), self.local_today
        if first > today:
            raise InputError(f"{month_word(first)}还没有开始。", field="month")
        rules, on = subsidy_rules(), judging_day(first, today)
        sheets, left = candidates(work, rules, on)
        return MonthList(
            month=first,
            on=on,
            ready=tuple(sheet for sheet in sheets if sheet.payable),
            refused=tuple(sheet for sheet in sheets if not sheet.payable),
            to_take_back=work.subsidies.to_take_back(),
            batches=work.subsidies.batches(first, MOST_BATCHES),
            differences=tuple(self._differences(work, work.subsidies.differing())),
            left=left,
        )

    def _of_case(self, work: SubsidyWork, file: CaseFile, on: date) -> CaseSubsidy:
        rules = subsidy_rules()
        claims = work.subsidies.of_case(file.case_key)
        live = [claim for claim in claims if claim.live and claim.differs]
        return CaseSubsidy(
            worksheet=worksheet(file, rules, on, find_same(work, rules, file)),
            claims=claims,
            difference=next(iter(self._differences(work, live)), None),
        )

    def _differences(self, work: SubsidyWork, claims: Iterable[Claim]) -> Iterable[Difference]:
        """Claims that would be worked out otherwise now; a change that changes nothing is none."""
        for claim in claims:
            file = work.cases.find(claim.case_key)
            if file is None or claim.status is ClaimStatus.REFUSED:
                continue
            now = worksheet(file, subsidy_rules(), judging_day(claim.month, self.local_today))
            amount = now.amount if now.payable else ZERO
            same_people = [(one.pool_no, one.amount) for one in now.shares] == [
                (one.pool_no, one.amount) for one in claim.shares
            ]
            if amount == claim.amount and now.pay_class == claim.pay_class and same_people:
                continue
            why = "；".join(one.text for one in now.refusals) if not now.payable else now.clause
            yield Difference(claim=claim, pay_class=now.pay_class, amount=amount, why=why)

    def _require_other(self, actor: Actor, batch: Batch) -> None:
        """The one account of a desk without accounts has nobody else to ask."""
        alone = actor.account == COUNTER.account
        if subsidy_rules().four_eyes and not alone and actor.account == batch.prepared_account:
            raise RuleError(f"清单由{batch.prepared_by}编制，应由另一人审批。")

    def _note(self, work: SubsidyWork, actor: Actor, action: str, batch: Batch, lines: int) -> None:
        details: dict[str, object] = {"month": batch.month.isoformat()[:7], "no": batch.no, "lines": lines}
        work.audit.write(at=self._clock(), account=actor.account, action=action, details=details)

    def _note_case(self, work: SubsidyWork, actor: Actor, action: str, claim: Claim) -> None:
        work.audit.write(
            at=self._clock(), account=actor.account, action=action, case_key=claim.case_key, details={}
        )


def _found(work: SubsidyWork, case_key: str) -> CaseFile:
    file = work.cases.find(case_key.strip())
    if file is None:
        raise InputError(f"没有编号或代码为“{case_key}”的案件。", field="case")
    return file


def _chosen(work: SubsidyWork, month: date, no: int | None) -> Batch:
    first = month.replace(day=1)
    if no is None:
        standing = [
            one
            for one in work.subsidies.batches(first, MOST_BATCHES)
            if one.status is not BatchStatus.WITHDRAWN
        ]
        batch = standing[0] if standing else None
    else:
        batch = work.subsidies.batch(first, no)
    if batch is None:
        raise InputError(f"{month_word(first)}还没有{f'第{no}号' if no else ''}清单。", field="month")
    return batch


def _sheet(work: SubsidyWork, batch: Batch) -> BatchSheet:
    return BatchSheet(batch=batch, claims=work.subsidies.of_batch(batch.id))


def _require(batch: Batch, wanted: BatchStatus, deed: str) -> None:
    if batch.status is not wanted:
        raise RuleError(f"{batch.name}清单{batch.status}，不能{deed}。")


def _require_on(sheet: BatchSheet, reasons: Mapping[str, str]) -> None:
    waiting = {
        claim.case_key
        for claim in sheet.claims
        if claim.status is ClaimStatus.WAITING and claim.corrects is None
    }
    unknown = sorted(set(reasons) - waiting)
    if unknown:
        raise InputError(f"清单里没有待审批的{'、'.join(unknown)}。", field="refuse")


def _claim(sheet: Worksheet, batch: Batch, actor: Actor, at: datetime) -> Claim:
    if sheet.concluded_on is None:
        raise RuleError(f"{sheet.case_key}还没有办结。")
    return Claim(
        case_key=sheet.case_key,
        number=sheet.number,
        body=sheet.body,
        category=sheet.category,
        concluded_on=sheet.concluded_on,
        month=batch.month,
        batch=batch.id,
        scheme=sheet.scheme,
        scheme_version=sheet.scheme_version,
        pay_class=sheet.pay_class,
        clause=sheet.clause,
        amount=sheet.amount,
        shares=sheet.shares,
        status=ClaimStatus.WAITING,
        basis=sheet.basis,
        parties=sheet.parties,
        by=actor.display_name,
        at=at,
    )


def _decided(claim: Claim, refusal: str, actor: Actor, at: datetime) -> Claim:
    status = ClaimStatus.REFUSED if refusal else ClaimStatus.APPROVED
    return replace(
        claim,
        status=status,
        reason=refusal or claim.reason,
        approved=not refusal,
        decided_by=actor.display_name,
        decided_at=at,
    )


def _voided(claim: Claim, reason: str, actor: Actor, at: datetime) -> Claim:
    return replace(
        claim, status=ClaimStatus.VOIDED, reason=reason, decided_by=actor.display_name, decided_at=at
    )


def _reason(words: str) -> str:
    reason = canonical(words.strip(), "理由", longest=LONGEST_REASON)
    if not reason:
        raise InputError("请写明理由。", field="reason")
    return reason
