"""导出此人信息: the copy of one person written into the folder of papers, asked for from a case or from a request."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from mediation_desk.cases.privacy.person import PersonCopy
from ui.screens.base import Context
from ui.widgets.folder_action import open_folder
from ui.widgets.message_bar import Kind
from ui.widgets.reason_dialog import ask_reason

_TOLD = "写成 PDF、DOCX 和 JSON，其他人的姓名和号码遮住，别人单独说的话不写。时间和事由记入审计记录。"
_REASONS = ("本人书面申请查阅、复制", "本人当面申请查阅、复制", "代理人凭授权书申请")


def write_copy(context: Context, who: str, name: str, owner: QWidget) -> None:
    """Ask why, then write; ``who`` is an identity number or ``AJ2026000001/A1``."""
    services = context.services
    reason = ask_reason(owner.window(), f"导出{name}的全部信息", _TOLD, "导出", _REASONS)
    if reason:
        context.desk.command(
            lambda: services.person_copies.write(services.actor, who, reason, services.settings.papers),
            lambda made: _tell(context, *made),
            owner=owner,
            beside=True,
        )


def _tell(context: Context, copy: PersonCopy, paths: tuple[Path, ...]) -> None:
    folder = paths[0].parent
    visits = f"、{len(copy.visits)}次咨询" if copy.visits else ""
    more = f"，另有{copy.elsewhere}件不在您的查看范围内，没有写" if copy.elsewhere else ""
    said = f"写了{len(copy.cases)}件案件{visits}{more}，在 {folder}。"
    context.say(said, Kind.SUCCESS, open_folder(folder))
