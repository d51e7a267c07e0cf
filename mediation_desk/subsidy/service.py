"""``SubsidyService``: worksheets, the list of a month, approval, payment, and what takes a claim back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from mediation_desk.access.actor import Actor
from mediation_desk.access.four_eyes import demand_other
from mediation_desk.access.permissions import Permission
from mediation_desk.cases.model import CaseFile
from mediation_desk.shared.clock import Clock, local_day
from mediation_desk.shared.errors import InputError, RuleError
from mediation_desk.shared.record import record
from mediation_desk.subsidy.claiming import claim_of, decided, new_batch, reason_of, voided
from mediation_desk.subsidy.differences import differences
from mediation_desk.subsidy.listing import MonthList, candidates, find_same, judging_day
from mediation_desk.subsidy.model import (
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
from mediation_desk.subsidy.stored import (
    MOST_BATCHES,
    chosen_batch,
    found_case,
    last_batch,
    require_on,
    require_status,
    sheet_of,
)
from mediation_desk.subsidy.taking_back import negative_of, refusal_of
from mediation_desk.subsidy.worksheet import Worksheet, worksheet

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
        with self._storage.read(actor) as work:
            file = found_case(work, case_key)
            return self._of_case(work, file, on or self.local_today)

    def month_list(self, actor: Actor, month: date) -> MonthList:
        """Every case not claimed yet up to the end of the month, and the lists the month has.

        Raises ``InputError`` for a month that has not begun.
        """
        actor.require(Permission.STATISTICS_READ)
        with self._storage.read(actor.over_all()) as work:
            return self._listed(work, month)

    def batches(self, actor: Actor, month: date | None = None) -> tuple[Batch, ...]:
        """Lists of a month, or the last ones, newest first."""
        actor.require(Permission.STATISTICS_READ)
        with self._storage.read(actor.over_all()) as work:
            return work.subsidies.batches(month and month.replace(day=1), MOST_BATCHES)

    def sheet(self, actor: Actor, month: date, no: int | None = None) -> BatchSheet:
        """A list with its lines; without ``no`` the month's last. Raises ``InputError`` when there is none."""
        actor.require(Permission.STATISTICS_READ)
        with self._storage.read(actor.over_all()) as work:
            return sheet_of(work, chosen_batch(work, month, no))

    def payment_sheet(self, actor: Actor, month: date, no: int | None = None) -> BatchSheet:
        """What a paper shows: the list asked for, else the month's last, else a draft of what would stand on one.

        ``no`` 0 is the draft.
        """
        actor.require(Permission.STATISTICS_READ)
        with self._storage.read(actor.over_all()) as work:
            if no or (no is None and last_batch(work, month) is not None):
                return sheet_of(work, chosen_batch(work, month, no))
            found = self._listed(work, month)
            batch = replace(new_batch(actor, month, self._clock()), status=BatchStatus.DRAFT)
            claims = (claim_of(sheet, batch, actor, batch.prepared_at) for sheet in found.ready)
            return BatchSheet(batch=batch, claims=(*found.to_take_back, *claims))

    # Doing: a list is of the whole centre, whoever draws it up; its lines name mediators and sums, no party

    def prepare(self, actor: Actor, month: date) -> BatchSheet:
        """Make a list of everything that may be claimed, negative lines included; it waits for approval.

        Raises ``RuleError`` before the month is over, or when there is nothing to put on it.
        """
        actor.require(Permission.SUBSIDY_PREPARE)
        if last_day(month) > self.local_today:
            raise RuleError(f"{month_word(month)}还没有结束，月末才能编制清单。")
        at = self._clock()
        with self._storage.write(actor.over_all()) as work:
            wanted = self._listed(work, month)
            held = work.subsidies.hold([sheet.case_key for sheet in wanted.ready])
            if any(held[sheet.case_key] != sheet.seen for sheet in wanted.ready):
                wanted = self._listed(work, month)  # somebody saved meanwhile; now nobody can
            if not wanted.ready and not wanted.to_take_back:
                raise RuleError(f"{month_word(month)}没有可以列入清单的案件。")
            known = work.subsidies.batches(month.replace(day=1), MOST_BATCHES)
            no = max((one.no for one in known), default=0) + 1
            batch = work.subsidies.open(new_batch(actor, month, at, no))
            work.subsidies.add([claim_of(sheet, batch, actor, at) for sheet in wanted.ready])
            for claim in wanted.to_take_back:
                work.subsidies.change(replace(claim, batch=batch.id, month=batch.month))
            self._note(work, actor, "subsidy.prepare", batch, len(wanted.ready))
            return sheet_of(work, batch)

    def approve(
        self, actor: Actor, month: date, no: int | None = None, *, refuse: Mapping[str, str] | None = None
    ) -> BatchSheet:
        """Approve a list; cases in ``refuse`` (key: reason) are not. From then on it never changes.

        Raises ``RuleError`` when it was decided already, or by whom it was prepared where that is forbidden.
        """
        actor.require(Permission.SUBSIDY_APPROVE)
        reasons = {key: reason_of(words) for key, words in (refuse or {}).items()}
        with self._storage.write(actor.over_all()) as work:
            sheet = sheet_of(work, chosen_batch(work, month, no))
            require_status(sheet.batch, BatchStatus.WAITING, "审批")
            self._require_other(actor, sheet.batch)
            require_on(sheet, reasons)
            at = self._clock()
            done = replace(
                sheet.batch,
                status=BatchStatus.APPROVED,
                decided_by=actor.display_name,
                decided_account=actor.account,
                decided_at=at,
            )
            saved = work.subsidies.save(done)
            for claim in sheet.claims:
                if claim.status is ClaimStatus.WAITING:
                    work.subsidies.change(decided(claim, reasons.get(claim.case_key, ""), actor, at))
            self._note(work, actor, "subsidy.approve", saved, len(sheet.claims) - len(reasons))
            return sheet_of(work, saved)

    def withdraw(self, actor: Actor, month: date, no: int | None, reason: str) -> BatchSheet:
        """Take back a list nobody approved yet: its cases may be claimed again. ``RuleError`` afterwards."""
        actor.require(Permission.SUBSIDY_PREPARE)
        words, at = reason_of(reason), self._clock()
        with self._storage.write(actor.over_all()) as work:
            sheet = sheet_of(work, chosen_batch(work, month, no))
            require_status(sheet.batch, BatchStatus.WAITING, "撤回")
            saved = work.subsidies.save(replace(sheet.batch, status=BatchStatus.WITHDRAWN, reason=words))
            for claim in sheet.claims:
                if claim.corrects is not None:
                    work.subsidies.change(replace(claim, batch=None))
                elif claim.status is ClaimStatus.WAITING:
                    work.subsidies.change(voided(claim, words, actor, at))
                    work.subsidies.rewait(found_case(work, claim.case_key))
            self._note(work, actor, "subsidy.withdraw", saved, len(sheet.claims))
            return sheet_of(work, saved)

    def paid(self, actor: Actor, month: date, no: int | None = None, *, on: date | None = None) -> BatchSheet:
        """Record that a list was paid out. Raises ``InputError`` for a day before its approval or to come."""
        actor.require(Permission.SUBSIDY_PREPARE)
        day = on or self.local_today
        with self._storage.write(actor.over_all()) as work:
            sheet = sheet_of(work, chosen_batch(work, month, no))
            require_status(sheet.batch, BatchStatus.APPROVED, "登记发放")
            approved = sheet.batch.decided_at
            if day > self.local_today or (approved is not None and day < local_day(approved)):
                raise InputError("发放日期应在批准之日到今天之间。", field="on")
            done = replace(sheet.batch, status=BatchStatus.PAID, paid_on=day, paid_by=actor.display_name)
            saved = work.subsidies.save(done)
            for claim in sheet.claims:
                if claim.status is ClaimStatus.APPROVED:
                    work.subsidies.change(replace(claim, status=ClaimStatus.PAID, paid_on=day))
            self._note(work, actor, "subsidy.paid", saved, len(sheet.claims))
            return sheet_of(work, saved)

    def refuse(self, actor: Actor, case_key: str, reason: str) -> Claim:
        """Decide that a case is not paid for: it comes on no list any more, until the refusal is voided."""
        actor.require(Permission.SUBSIDY_APPROVE)
        words = reason_of(reason)
        with self._storage.write(actor) as work:
            file = found_case(work, case_key, Permission.SUBSIDY_APPROVE)
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
        words, at = reason_of(reason), self._clock()
        with self._storage.write(actor) as work:
            file = found_case(work, case_key, Permission.SUBSIDY_APPROVE)
            claim = next((one for one in work.subsidies.of_case(file.case_key) if one.live), None)
            if claim is None:
                raise InputError("本案没有可以作废的计补。", field="case")
            work.subsidies.change(voided(claim, words, actor, at))
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
            differences=tuple(differences(work, work.subsidies.differing(), self.local_today)),
            left=left,
        )

    def _of_case(self, work: SubsidyWork, file: CaseFile, on: date) -> CaseSubsidy:
        rules = subsidy_rules()
        claims = work.subsidies.of_case(file.case_key)
        live = [claim for claim in claims if claim.live and claim.differs]
        return CaseSubsidy(
            worksheet=worksheet(file, rules, on, find_same(work, rules, file)),
            claims=claims,
            difference=next(iter(differences(work, live, self.local_today)), None),
        )

    def _require_other(self, actor: Actor, batch: Batch) -> None:
        if subsidy_rules().four_eyes:
            demand_other(actor, batch.prepared_account, f"清单由{batch.prepared_by}编制")

    def _note(self, work: SubsidyWork, actor: Actor, action: str, batch: Batch, lines: int) -> None:
        details: dict[str, object] = {"month": batch.month.isoformat()[:7], "no": batch.no, "lines": lines}
        work.audit.write(at=self._clock(), account=actor.account, action=action, details=details)

    def _note_case(self, work: SubsidyWork, actor: Actor, action: str, claim: Claim) -> None:
        work.audit.write(
            at=self._clock(), account=actor.account, action=action, case_key=claim.case_key, details={}
        )
