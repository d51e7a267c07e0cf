"""导入台账: an old case register taken in as cases, and taken back by the batch."""

from __future__ import annotations

from mediation_desk.cases.ledger import LedgerBatch
from mediation_desk.interchange.ledger.service import LedgerResult
from mediation_desk.interchange.sheets.twins import Choice
from mediation_desk.shared.changes import Changes, Topic
from ui.screens.base import Context, Screen
from ui.screens.importing.kind import ImportKind
from ui.screens.importing.page import ImportingPage
from ui.tables.record_model import Column


def _taken(result: LedgerResult) -> tuple[str, bool, str]:
    said = f"收入 {result.taken} 件（批次 {result.batch}）。"
    if result.stopped:
        said = f"已停止，此前收入 {result.taken} 件（批次 {result.batch}）；其余的可以接着做。"
    if result.wrong:
        said += f"有问题的 {result.wrong} 行没有收入。"
    return said, not (result.wrong or result.stopped), result.batch


def _undone(batch: LedgerBatch) -> tuple[str, bool]:
    said = f"批次 {batch.id} 已撤销：撤出 {batch.taken - batch.stayed} 件。"
    if batch.stayed:
        said += f"{batch.stayed} 件在导入之后办理过，留下了。"
    return said, not batch.stayed


def _now(batch: LedgerBatch) -> str:
    if batch.undone_at is not None:
        return f"已撤销，留下 {batch.stayed} 件" if batch.stayed else "已撤销"
    return "在库" if batch.finished_at is not None else "没有收完"


_LEDGER = ImportKind(
    service=lambda services: services.ledger_import,
    title="导入台账",
    back="案件",
    pick="选一份案件台账",
    wanted="台账 (*.xlsx *.xlsm)",
    how=(
        "可以导入Excel台账（.xlsx）。先看一遍、改好，再收入；收入的一批可以整批撤销，办理过的案件留下。"
        "台账写明已经结束的作为“台账旧案”保存原文，不计入结案统计；还在办的作为待受理案件登记。"
    ),
    rows_name="台账的各行",
    nothing="没有收入，案件没有改变。",
    touches=Changes.of(Topic.CASES, Topic.STATISTICS),
    batch=(
        Column("批次", lambda one: one.id, width=190),
        Column("时间", lambda one: one.at.astimezone().strftime("%Y-%m-%d %H:%M"), width=160),
        Column("文件", lambda one: one.file),
        Column("收入", lambda one: f"{one.taken} 件", width=96, number=True),
        Column("没有收入", lambda one: f"{one.skipped + one.wrong} 行", width=96, number=True),
        Column("现在", _now, width=150),
    ),
    live=lambda one: one.undone_at is None,
    offers={Choice.SKIP: "不收入", Choice.NEW: "收入"},
    all_offers={Choice.SKIP: "都跳过", Choice.NEW: "都收入"},
    taken=_taken,
    undone=_undone,
    twins_name="重复的案件怎么办",
)


class LedgerScreen(Screen):
    """One page, reached from the list of cases."""

    code = "ledger"
    topics = frozenset((Topic.CASES,))

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.page = ImportingPage(context, _LEDGER)
        self.body.addWidget(self.page, 1)
        self.first = self.page.start.choose
        self.page.left.connect(lambda: context.open_screen("cases"))
        self.setAccessibleName("导入台账")

    def refresh(self) -> None:
        """Read the past batches and whether something was left unfinished."""
        self.page.refresh()

    def primary_action(self) -> None:
        """Ctrl+Enter presses what is next on the page that is in front."""
        self.primary = self.page.primary
        super().primary_action()

    def may_leave(self) -> bool:
        """What was put right is kept, so that anybody may go."""
        self.page.keep()
        return True
