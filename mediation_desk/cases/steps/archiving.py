"""The archive room: a volume put on its shelf, lent, brought back, appraised when its period ends (§2.4)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import ClassVar

from mediation_desk.access.permissions import Permission
from mediation_desk.cases.archiving.model import Appraisal, Loan, Shelf, Verdict
from mediation_desk.cases.archiving.retention import kept
from mediation_desk.cases.archiving.rules import archive_rules
from mediation_desk.cases.archiving.shelving import checked_place
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.steps.step import Around
from mediation_desk.cases.transitions import KEEP, Transition
from mediation_desk.shared.dates import cn_date
from mediation_desk.shared.errors import InputError, RuleError
from mediation_desk.shared.record import record
from mediation_desk.shared.text import canonical

_SHORT, _LONG = 60, 500
_RULE = KEEP.no


@record
class PutOnShelf:
    """上架: give the volume its place, or another one; the former place stays in the diary."""

    title: ClassVar[str] = "上架"
    permission: ClassVar[Permission] = Permission.ARCHIVE_KEEP
    transition: ClassVar[Transition] = KEEP

    on: date
    place: str

    def apply(self, file: CaseFile, around: Around) -> CaseFile:
        """Put it there. Raises ``RuleError`` where another volume stands."""
        return on_shelf(file, around, self.place, self.on)

    def sentence(self, file: CaseFile) -> str:
        """Where it stands now."""
        return f"卷宗上架：{file.beside.shelf.place if file.beside.shelf else self.place}"


def on_shelf(file: CaseFile, around: Around, typed: str, on: date) -> CaseFile:
    """The file with its volume at that place. Raises ``InputError`` or, where it is taken, ``RuleError``."""
    place = checked_place(typed)
    _not_before_filing(file, on)
    other = around.volume_at(place)
    if other is not None and other != file.case_key:
        raise RuleError(f"架号{place}已经放着{other or '另一案件'}的卷宗，请另选。", rule=_RULE)
    _demand_paper(file)
    return replace(file, beside=replace(file.beside, shelf=Shelf(place=place, on=on, by=around.actor_name)))


@record
class LendVolume:
    """借出: to whom, why and until when; a restricted volume asks who allowed it."""

    title: ClassVar[str] = "借出卷宗"
    permission: ClassVar[Permission] = Permission.ARCHIVE_KEEP
    transition: ClassVar[Transition] = KEEP

    on: date
    who: str
    unit: str = ""
    why: str
    due_on: date | None = None
    approved_by: str = ""

    def apply(self, file: CaseFile, around: Around) -> CaseFile:
        """Write the loan down. Raises ``RuleError`` while the volume is out, or gone."""
        _not_before_filing(file, self.on)
        _demand_paper(file)
        out = file.beside.open_loan
        if out is not None:
            raise RuleError(f"卷宗{cn_date(out.on)}借给了{out.who}，还没有归还，不能再借出。", rule=_RULE)
        who, why = _words(self.who, "who", "借阅人"), _words(self.why, "why", "借阅事由", longest=_LONG)
        lending = archive_rules().lending
        due = self.due_on or self.on + timedelta(days=lending.days)
        if due < self.on:
            raise InputError("归还日期早于借出日期。", field="due_on")
        if due > self.on + timedelta(days=lending.longest):
            raise InputError(f"一次最多借{lending.longest}天。", field="due_on")
        approved, access = self.approved_by.strip(), file.archive.access if file.archive else None
        if access and not approved:
            raise InputError(f"本卷{access}，请写明批准人。", field="approved_by")
        loan = Loan(
            no=len(file.beside.loans) + 1,
            who=who,
            unit=_words(self.unit, "unit"),
            why=why,
            on=self.on,
            due_on=due,
            approved_by=_words(approved, "approved_by"),
            lent_by=around.actor_name,
        )
        return replace(file, beside=replace(file.beside, loans=(*file.beside.loans, loan)))

    def sentence(self, file: CaseFile) -> str:
        """To whom and until when."""
        loan = file.beside.loans[-1]
        return f"卷宗借给{loan.who}，{cn_date(loan.due_on)}前归还：{loan.why}"


@record
class ReturnVolume:
    """归还: the volume is back, in what condition."""

    title: ClassVar[str] = "归还卷宗"
    permission: ClassVar[Permission] = Permission.ARCHIVE_KEEP
    transition: ClassVar[Transition] = KEEP

    on: date
    condition: str = "完好"

    def apply(self, file: CaseFile, around: Around) -> CaseFile:
        """End the loan that is open. Raises ``RuleError`` where there is none."""
        loan = file.beside.open_loan
        if loan is None:
            raise RuleError("卷宗没有借出，不用登记归还。", rule=_RULE)
        if self.on < loan.on:
            raise InputError(f"归还日期早于借出日期（{cn_date(loan.on)}）。", field="on")
        back = replace(
            loan,
            returned_on=self.on,
            condition=_words(self.condition, "condition", "归还时的情况", longest=_LONG),
            received_by=around.actor_name,
        )
        loans = tuple(back if one.no == loan.no else one for one in file.beside.loans)
        return replace(file, beside=replace(file.beside, loans=loans))

    def sentence(self, file: CaseFile) -> str:
        """In what condition."""
        return f"卷宗归还，{self.condition}"


@record
class Appraise:
    """到期鉴定: keep it longer (``years`` 0 for ever) or have it destroyed; two persons decide, neither alone."""

    title: ClassVar[str] = "到期鉴定"
    permission: ClassVar[Permission] = Permission.ARCHIVE_KEEP
    transition: ClassVar[Transition] = KEEP

    on: date
    verdict: Verdict
    reason: str
    decided_by: str
    second: str
    years: int = 0

    def apply(self, file: CaseFile, around: Around) -> CaseFile:
        """Put the verdict on file. Raises ``RuleError`` before the period has ended."""
        period = kept(file)
        if period is None or not period.ended(self.on):
            period_words = f"到{cn_date(period.ends_on)}" if period and period.ends_on else "永久"
            raise RuleError(f"保管期限{period_words}，还没有到期，不用鉴定。", rule=_RULE)
        _demand_paper(file)
        _demand_decided(file)
        first = _words(self.decided_by, "decided_by", "鉴定人")
        second = _words(self.second, "second", "第二位鉴定人")
        if first == second:
            raise InputError("鉴定由两个人共同作出，请写另一个人。", field="second")
        if not 0 <= self.years <= 100:
            raise InputError("续存年数写0（永久）到100。", field="years")
        destroyed = self.verdict is Verdict.DESTROY
        if destroyed and file.beside.open_loan is not None:
            raise RuleError("卷宗还借在外面，收回以后再鉴定销毁。", rule=_RULE)
        until = None if destroyed or not self.years else date(self.on.year + self.years, 12, 31)
        appraisal = Appraisal(
            no=len(file.beside.appraisals) + 1,
            on=self.on,
            verdict=self.verdict,
            reason=_words(self.reason, "reason", "鉴定意见", longest=_LONG),
            decided_by=first,
            second=second,
            keep_until=until,
        )
        return replace(file, beside=replace(file.beside, appraisals=(*file.beside.appraisals, appraisal)))

    def sentence(self, file: CaseFile) -> str:
        """What was decided."""
        last = file.beside.appraisals[-1]
        until = ""
        if last.verdict is Verdict.KEEP:
            until = f"到{cn_date(last.keep_until)}" if last.keep_until else "，永久"
        return f"到期鉴定：{last.verdict}{until}（{last.decided_by}、{last.second}）：{last.reason}"


@record
class RecordDestruction:
    """登记销毁: the paper was destroyed before two persons. The data of the case stays as it is."""

    title: ClassVar[str] = "登记销毁"
    permission: ClassVar[Permission] = Permission.ARCHIVE_KEEP
    transition: ClassVar[Transition] = KEEP

    on: date
    by: str
    witness: str

    def apply(self, file: CaseFile, around: Around) -> CaseFile:
        """Note it at the verdict; the place on the shelf is free again. ``RuleError`` without a verdict."""
        waiting = next((one for one in file.beside.appraisals if one.waits), None)
        if waiting is None:
            raise RuleError("没有鉴定为销毁，不能登记销毁。", rule=_RULE)
        if self.on < waiting.on:
            raise InputError(f"销毁日期早于鉴定日期（{cn_date(waiting.on)}）。", field="on")
        by, witness = _words(self.by, "by", "销毁人"), _words(self.witness, "witness", "监销人")
        if by == witness:
            raise InputError("销毁由两个人在场，请写另一个人。", field="witness")
        done = replace(waiting, destroyed_on=self.on, destroyed_by=by, witness=witness)
        appraisals = tuple(done if one.no == waiting.no else one for one in file.beside.appraisals)
        return replace(file, beside=replace(file.beside, appraisals=appraisals, shelf=None))

    def sentence(self, file: CaseFile) -> str:
        """Who was there."""
        return f"纸质卷宗已销毁：{self.by}，监销{self.witness}；案件资料仍在"


def _words(typed: str, field: str, asked: str = "", *, longest: int = _SHORT) -> str:
    text = canonical(typed.strip(), field, multiline=False, longest=longest)
    if asked and not text:
        raise InputError(f"请写明{asked}。", field=field)
    return text


def _not_before_filing(file: CaseFile, on: date) -> None:
    filed = file.archive.archived_on if file.archive else None
    if filed is not None and on < filed:
        raise InputError(f"日期早于归档日期（{cn_date(filed)}）。", field="on")


def _demand_paper(file: CaseFile) -> None:
    gone = next((one for one in file.beside.appraisals if one.destroyed_on is not None), None)
    if gone is not None and gone.destroyed_on is not None:
        raise RuleError(f"纸质卷宗已于{cn_date(gone.destroyed_on)}销毁。", rule=_RULE)


def _demand_decided(file: CaseFile) -> None:
    if any(one.waits for one in file.beside.appraisals):
        raise RuleError("已经鉴定为销毁，等着登记销毁。", rule=_RULE)
