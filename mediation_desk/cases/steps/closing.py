"""The end of the work on a case: reply to who sent it, evaluation, archive (T-24, T-25)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import ClassVar

from mediation_desk.access.four_eyes import Act
from mediation_desk.access.permissions import Permission
from mediation_desk.cases.archiving.quality import demand_quality
from mediation_desk.cases.beside import Closing, OrderStatus
from mediation_desk.cases.feedback import listeners
from mediation_desk.cases.ink.tray import AGREEMENT
from mediation_desk.cases.model import Archive, CaseFile, Feedback
from mediation_desk.cases.steps.archiving import on_shelf
from mediation_desk.cases.steps.inking import demand_signed
from mediation_desk.cases.steps.step import Around, looped
from mediation_desk.cases.transitions import ARCHIVE, CLOSE, NOTE, Transition
from mediation_desk.cases.vocabulary import Difficulty, Result, Retention, SourceStat
from mediation_desk.shared.errors import InputError, RuleError
from mediation_desk.shared.record import record


@record
class Reply:
    """反馈: the body that handed the case over learns the result (双向反馈, §4.3, §4.4)."""

    title: ClassVar[str] = "反馈"
    permission: ClassVar[Permission] = Permission.CASE_MEDIATE
    transition: ClassVar[Transition] = NOTE

    on: date
    content: str
    to: str = ""

    def apply(self, file: CaseFile, around: Around) -> CaseFile:
        """Put the reply on file; without ``to`` it goes to the body that sent the case."""
        to = self.to.strip() or (file.intake.source_org or "")
        if not to:
            raise InputError("请写明向谁反馈。", field="to")
        if not self.content.strip():
            raise InputError("请写明反馈的内容。", field="content")
        loop = looped(file, self.on, "反馈", around.actor_name, to)
        return replace(
            file, feedback_to_source=Feedback(to=to, on=self.on, content=self.content), closed_loop=loop
        )

    def sentence(self, file: CaseFile) -> str:
        """To whom."""
        return f"向{file.feedback_to_source.to if file.feedback_to_source else self.to}反馈办理情况"


@record
class Close:
    """结案: visited, replied and evaluated; what was promised for later goes on being watched (T-24)."""

    title: ClassVar[str] = "结案"
    permission: ClassVar[Permission] = Permission.CASE_CLOSE
    transition: ClassVar[Transition] = CLOSE

    on: date
    evaluation: str
    approved_by: str = ""

    def apply(self, file: CaseFile, around: Around) -> CaseFile:
        """Close the case. Raises ``RuleError`` naming what is still missing."""
        missing = missing_for_closing(file)
        if missing:
            raise RuleError(f"还不能结案：{'；'.join(missing)}。", rule="T-24")
        demand_quality(file, closing=True)
        demand_signed(file, around, "结案", forms=(AGREEMENT,))
        if not self.evaluation.strip():
            raise InputError("请写明对办理结果的评价。", field="evaluation")
        if file.dispute.difficulty is Difficulty.DIFFICULT and not self.approved_by.strip():
            raise InputError("疑难复杂案件结案须经中心负责人审批，请写明审批人。", field="approved_by")
        if file.dispute.difficulty is Difficulty.DIFFICULT:
            around.demand_approver(Act.CLOSE, self.approved_by, file)
        closing = Closing(
            on=self.on,
            by=around.actor_name,
            evaluation=self.evaluation.strip(),
            approved_by=self.approved_by.strip(),
        )
        loop = looped(file, self.on, "评价结案", around.actor_name, closing.evaluation)
        return replace(file, beside=replace(file.beside, closing=closing), closed_loop=loop)

    def sentence(self, file: CaseFile) -> str:
        """The evaluation."""
        return f"结案：{self.evaluation}"


def missing_for_closing(file: CaseFile) -> tuple[str, ...]:
    """What T-24 still asks, each as a clause; empty when the case may be closed."""
    order = file.beside.moving_order
    handed_over = file.outcome is None and order is not None
    missing = []
    if handed_over and order is not None and order.status is not OrderStatus.DONE:
        missing.append(f"{order.to}还没有反馈办理结果")
    if not handed_over and not file.followups and not skips_visit(file):
        missing.append("还没有回访")
    missing += [
        f"第{open_.no}号{open_.kind}（{open_.to}）还没有销号"
        for open_ in file.beside.open_orders
        if not (handed_over and open_ is order)
    ]
    unheard = any(one.order is None for one in listeners(file))
    if file.intake.source_stat is SourceStat.REFERRED and unheard:
        missing.append(f"还没有向{file.intake.source_org or '移送单位'}反馈")
    return tuple(missing)


@record
class PutAway:
    """归档: the volume is complete; open instalments stay on the reminder list (§4.2).

    ``place`` is its shelf number, given here or later; ``access`` who may not simply read it, in words.
    """

    title: ClassVar[str] = "归档"
    permission: ClassVar[Permission] = Permission.CASE_CLOSE
    transition: ClassVar[Transition] = ARCHIVE

    on: date
    retention: Retention
    pages: int
    documents: tuple[str, ...]
    place: str = ""
    access: str = ""

    def apply(self, file: CaseFile, around: Around) -> CaseFile:
        """Put the volume away. Raises ``RuleError`` while a printed paper waits for a hand."""
        demand_signed(file, around, "归档")
        demand_quality(file, closing=False)
        notice = file.ending.notice.number if file.ending and file.ending.notice else None
        archive = Archive(
            archived_on=self.on,
            volume_no=file.intake.number or notice or file.case_key,
            retention=self.retention,
            pages=self.pages,
            documents=self.documents,
            access=self.access.strip() or None,
        )
        filed = replace(file, archive=archive)
        return on_shelf(filed, around, self.place, self.on) if self.place.strip() else filed

    def sentence(self, file: CaseFile) -> str:
        """Volume and pages."""
        return f"归档，共{self.pages}页，保管期限{self.retention}"


def skips_visit(file: CaseFile) -> bool:
    """Not accepted and withdrawn cases may be closed without a follow-up (T-23)."""
    return file.ending is not None and file.ending.kind in (Result.NOT_ACCEPTED, Result.WITHDRAWN)
