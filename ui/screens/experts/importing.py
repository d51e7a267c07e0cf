"""批量导入: a roster taken into the pool."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from mediation_desk.interchange.pool.batch import Batch, BatchResult
from mediation_desk.interchange.sheets.twins import Choice
from mediation_desk.shared.changes import Changes, Topic
from ui.screens.base import Context
from ui.screens.importing.kind import ImportKind
from ui.screens.importing.page import ImportingPage
from ui.tables.record_model import Column


def _taken(result: BatchResult) -> tuple[str, bool, str]:
    said = f"新增 {result.added} 人，更新 {result.updated} 人（批次 {result.batch}）。"
    if result.wrong:
        said += f"有问题的 {result.wrong} 行没有收入。"
    return said, not result.wrong, result.batch


def _undone(batch: Batch) -> tuple[str, bool]:
    left, back = len(batch.added), len(batch.replaced)
    return f"批次 {batch.id} 已撤销：撤出 {left} 人，恢复 {back} 人。", True


_ROSTER = ImportKind(
    service=lambda services: services.pool_import,
    title="从表格导入",
    back="名册",
    pick="选一份花名册",
    wanted="花名册 (*.xlsx *.xlsm *.json)",
    how=(
        "可以导入Excel工作簿（.xlsx）或者.json。先看一遍、改好，再收入；收入的一批随时可以整批撤销。"
        "表头的叫法不必和系统一样，认不出的列可以指定，下次自动照旧。"
    ),
    rows_name="花名册的各行",
    nothing="没有收入，专家库没有改变。",
    touches=Changes.of(Topic.EXPERTS),
    batch=(
        Column("批次", lambda one: one.id, width=190),
        Column("时间", lambda one: one.at.astimezone().strftime("%Y-%m-%d %H:%M"), width=160),
        Column("文件", lambda one: one.file),
        Column("新增", lambda one: f"{len(one.added)} 人", width=84, number=True),
        Column("更新", lambda one: f"{len(one.replaced)} 人", width=84, number=True),
        Column("现在", lambda one: "已撤销" if one.undone_at else "在库", width=84),
    ),
    live=lambda one: one.undone_at is None,
    offers={Choice.SKIP: "不收入", Choice.UPDATE: "更新库中这一位", Choice.NEW: "收入，按新人"},
    all_offers={Choice.SKIP: "都跳过", Choice.UPDATE: "都更新", Choice.NEW: "都按新人收入"},
    taken=_taken,
    undone=_undone,
    twins_name="重复的人怎么办",
)


class ImportPage(ImportingPage):
    """The page in front of the register."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, _ROSTER, parent)
