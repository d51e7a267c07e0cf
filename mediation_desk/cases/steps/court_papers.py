"""Before and during the court's look: wills of the parties, papers at hand, what the court wants completed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import ClassVar

from mediation_desk.access.permissions import Permission
from mediation_desk.agreements.court import CourtPaper, CourtRequest, Will
from mediation_desk.cases.court.pack import pack
from mediation_desk.cases.court.wills import demand_speaker
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.steps.step import Around
from mediation_desk.cases.transitions import NOTE, RULING, Transition
from mediation_desk.shared.dates import cn_date
from mediation_desk.shared.errors import InputError, RuleError
from mediation_desk.shared.record import record
from mediation_desk.shared.text import canonical


@record
class RecordWills:
    """申请意愿: what each party says about applying together; a later word replaces an earlier one (LR-15)."""

    title: ClassVar[str] = "申请意愿"
    permission: ClassVar[Permission] = Permission.CASE_MEDIATE
    transition: ClassVar[Transition] = NOTE

    on: date
    wills: tuple[Will, ...]

    def apply(self, file: CaseFile, around: Around) -> CaseFile:
        """Note the wills. Raises ``RuleError`` without an agreement or from somebody without power (LR-18)."""
        if file.agreement is None:
            raise RuleError("还没有达成协议，没有可以申请确认的内容。", rule="LR-15")
        if file.judicial_confirmation.applied_on is not None and _decided_or_open(file):
            raise RuleError("已经申请司法确认，意愿不能再改；要撤回的，请登记撤回申请。", rule="T-20")
        if not self.wills:
            raise InputError("请选是谁的意愿。", field="ref")
        wills = tuple(replace(one, on=self.on) for one in self.wills)
        refs = [one.ref for one in wills]
        if len(set(refs)) != len(refs):
            raise InputError("同一当事人写了两次。", field="ref")
        concluded = file.outcome.concluded_on if file.outcome is not None else None
        if concluded is not None and self.on < concluded:
            raise InputError(f"意愿的日期早于达成协议之日{cn_date(concluded)}。", field="on")
        for will in wills:
            demand_speaker(file, will)
        kept = tuple(one for one in file.beside.wills if one.ref not in refs)
        return replace(file, beside=replace(file.beside, wills=(*kept, *wills)))

    def sentence(self, file: CaseFile) -> str:
        """Who wants it and who does not."""
        groups = (("同意", True), ("不同意", False))
        told = []
        for word, agrees in groups:
            names = [file.name_of(one.ref) for one in self.wills if one.agrees is agrees]
            if names:
                told.append(f"{'、'.join(names)}{word}申请司法确认")
        return "，".join(told)


@record
class GatherCourtPapers:
    """备齐材料: the papers of the pack that are at hand now; one not named any more is missing again."""

    title: ClassVar[str] = "司法确认材料"
    permission: ClassVar[Permission] = Permission.CASE_MEDIATE
    transition: ClassVar[Transition] = NOTE

    on: date
    names: tuple[str, ...]

    def apply(self, file: CaseFile, around: Around) -> CaseFile:
        """Note what is there; a paper keeps the day it came."""
        known = {item.name for item in pack(file) if item.ticked}
        for name in self.names:
            if name not in known:
                raise InputError(f"司法确认的材料里没有“{name[:40]}”。", field="names")
        came = {one.name: one for one in file.beside.court_papers}
        papers = tuple(
            came.get(name) or CourtPaper(name=name, on=self.on) for name in dict.fromkeys(self.names)
        )
        return replace(file, beside=replace(file.beside, court_papers=papers))

    def sentence(self, file: CaseFile) -> str:
        """How many of how many."""
        items = pack(file)
        return f"司法确认材料备齐{sum(not item.lacks for item in items)}项，共{len(items)}项"


@record
class NoteCourtRequest:
    """补正通知: what the court wants completed, until when."""

    title: ClassVar[str] = "法院要求补正"
    permission: ClassVar[Permission] = Permission.CASE_MEDIATE
    transition: ClassVar[Transition] = RULING

    on: date
    what: str
    due_on: date | None = None

    def apply(self, file: CaseFile, around: Around) -> CaseFile:
        """Note the request."""
        _demand_with_the_court(file, self.on)
        what = canonical(self.what, "要求补正的内容", multiline=False, longest=200).strip()
        if not what:
            raise InputError("请写明法院要求补正什么。", field="what")
        if self.due_on is not None and self.due_on < self.on:
            raise InputError("补正的期限早于法院通知的日期。", field="due_on")
        asked = CourtRequest(
            no=len(file.beside.court_requests) + 1, asked_on=self.on, what=what, due_on=self.due_on
        )
        requests = (*file.beside.court_requests, asked)
        return replace(file, beside=replace(file.beside, court_requests=requests))

    def sentence(self, file: CaseFile) -> str:
        """What and until when."""
        until = f"，最迟{cn_date(self.due_on)}" if self.due_on else ""
        return f"法院要求补正：{self.what.strip()}{until}"


@record
class CompleteForCourt:
    """补正完成: what the court asked for was handed in."""

    title: ClassVar[str] = "补正完成"
    permission: ClassVar[Permission] = Permission.CASE_MEDIATE
    transition: ClassVar[Transition] = RULING

    on: date
    no: int
    note: str = ""

    def apply(self, file: CaseFile, around: Around) -> CaseFile:
        """Note the day."""
        _demand_with_the_court(file, self.on)
        asked = next((one for one in file.beside.court_requests if one.no == self.no), None)
        if asked is None or asked.done_on is not None:
            raise InputError(f"没有第{self.no}项待补正的要求。", field="no")
        if self.on < asked.asked_on:
            raise InputError("补正的日期早于法院通知的日期。", field="on")
        done = replace(asked, done_on=self.on, note=self.note.strip())
        requests = tuple(done if one is asked else one for one in file.beside.court_requests)
        return replace(file, beside=replace(file.beside, court_requests=requests))

    def sentence(self, file: CaseFile) -> str:
        """What was handed in."""
        what = next((one.what for one in file.beside.court_requests if one.no == self.no), "")
        return f"补正完成：{what}"


def _decided_or_open(file: CaseFile) -> bool:
    """Whether the application is with the court or was decided for good; after a withdrawal one may begin anew."""
    court = file.judicial_confirmation
    return court.decided_on is None or not court.result.startswith(("撤回", "裁定不予受理"))


def _demand_with_the_court(file: CaseFile, on: date) -> None:
    court = file.judicial_confirmation
    if court.applied_on is None:
        raise RuleError("还没有申请司法确认。", rule="T-21")
    if court.decided_on is not None:
        raise RuleError(f"法院已经作出结论：{court.result}。", rule="T-21")
    if on < court.applied_on:
        raise InputError(f"日期早于申请的日期{cn_date(court.applied_on)}。", field="on")
