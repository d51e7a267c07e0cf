"""What the page of destruction shows of a volume whose period is over, and of a line of a list."""

from __future__ import annotations

from collections.abc import Callable

from mediation_desk.cases.archiving.model import Verdict
from mediation_desk.cases.archiving.rules import archive_rules
from mediation_desk.cases.destroying.model import (
    Applied,
    Candidate,
    DestructionLine,
    DestructionList,
    LineStatus,
    ListStatus,
)
from mediation_desk.cases.vocabulary import Retention
from mediation_desk.shared.clock import local_day
from ui.tables.record_model import Column
from ui.tokens import Tone

_TONES = {
    LineStatus.WAITING: Tone.INK,
    LineStatus.FILES: Tone.SEAL,
    LineStatus.STAYED: Tone.SEAL,
    LineStatus.DONE: Tone.DONE,
}


def can_be_listed(one: Candidate) -> bool:
    """Appraised to be destroyed, and on no list that stands."""
    return one.verdict == Verdict.DESTROY and one.listed is None


def due_columns(left_out: Callable[[str], bool]) -> tuple[Column[Candidate], ...]:
    """``left_out`` tells which cases the user keeps off the next list."""

    def listed(one: Candidate) -> str:
        if one.listed is not None:
            return f"已在第{one.listed}号"
        if not can_be_listed(one):
            return "先鉴定" if not one.verdict else "续存"
        return "不编入" if left_out(one.case_key) else "编入"

    def tone(one: Candidate) -> Tone:
        return Tone.DONE if listed(one) == "编入" else Tone.QUIET

    return (
        Column("卷号", lambda one: one.volume_no or one.number or one.case_key, width=216),
        Column("清册", listed, width=104, tone=tone),
        Column("期限", lambda one: _kept(one.retention), width=128),
        Column("到期", lambda one: one.ends_on.isoformat() if one.ends_on else "—", width=112),
        Column("鉴定理由", lambda one: one.reason or "还没有鉴定", explain=lambda one: one.reason),
        Column("鉴定人", lambda one: one.appraisers or "—", width=130, optional=True),
        Column("归档", lambda one: one.archived_on.isoformat(), width=112, optional=True),
    )


def line_columns() -> tuple[Column[DestructionLine], ...]:
    """What became of every line."""
    return (
        Column("序号", lambda one: str(one.line), width=56, number=True),
        Column("卷号", lambda one: one.volume_no or one.number or one.case_key, width=216),
        Column("状态", lambda one: one.status.value, width=112, tone=lambda one: _TONES[one.status]),
        Column("为什么", lambda one: one.why or one.reason, explain=lambda one: one.why or one.reason),
        Column("期限", lambda one: _kept(one.retention), width=128, optional=True),
        Column("归档", lambda one: one.archived_on.isoformat(), width=112, optional=True),
    )


def list_word(made: DestructionList) -> str:
    """``第3号　待批准　12卷``."""
    return f"第{made.id}号　{made.status.value}　{len(made.lines)}卷"


def standing(made: DestructionList) -> str:
    """Who prepared, decided and watched it, and how far it is."""
    told = [
        f"鉴定意见：{made.opinion.rstrip('。')}",
        f"{made.prepared_by}编制，{local_day(made.prepared_at)}",
    ]
    if made.decided_at is not None:
        deed = "不同意" if made.status is ListStatus.REFUSED else "批准"
        told.append(f"{made.decided_by}{deed}，{local_day(made.decided_at)}")
    if made.refusal:
        told.append(f"理由：{made.refusal.rstrip('。')}")
    if made.supervisor:
        told.append(
            f"监销人{made.supervisor}，已销毁{made.counted(LineStatus.DONE)}卷，还剩{len(made.left)}卷"
        )
    return "；".join(told) + "。"


def told_of(done: Applied) -> str:
    """What a run did, what it could not do, and where the cases still are."""
    head = "已停止" if done.stopped else "执行完了"
    said = [f"{head}：这次销毁{done.destroyed}卷，删除文件{done.files}个，还剩{done.left}卷。"]
    if done.left:
        said.append("再按一次“执行销毁”接着做。")
    said += done.leftover.sentences
    if done.backups:
        last = max(one.ages_out_on for one in done.backups)
        said.append(f"{len(done.backups)}份备份里还有这些案卷，最晚留到{last}。")
    return "".join(said)


def _kept(retention: Retention) -> str:
    return archive_rules().kept(retention).name
