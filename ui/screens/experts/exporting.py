"""The register as a workbook: where to, which fields, and where it has gone."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from mediation_desk.shared.files import atomic_write
from ui.screens.base import Context
from ui.widgets.folder_action import open_folder
from ui.widgets.message_bar import Kind

_KIND = "工作簿 (*.xlsx)"


def export_pool(
    context: Context, owner: QWidget, pool_nos: tuple[str, ...] | None, *, public_only: bool
) -> None:
    """Ask for a file and write these mediators into it; None writes everybody."""
    day = context.services.cases.local_today.isoformat()
    usual = f"专家库{'公开' if public_only else ''}{day}.xlsx"
    folder = context.services.settings.papers
    name, _kind = QFileDialog.getSaveFileName(owner, "导出成表格", str(folder / usual), _KIND)
    if name:
        target = Path(name)
        target = target if target.suffix else target.with_suffix(".xlsx")
        write_pool(context, owner, target, pool_nos, public_only=public_only)


def write_pool(
    context: Context,
    owner: QWidget,
    target: Path,
    pool_nos: tuple[str, ...] | None,
    *,
    public_only: bool,
) -> None:
    """Write the file on the worker and say where it is."""
    services = context.services

    def do() -> Path:
        data = services.pool_import.export(services.actor, public_only=public_only, pool_nos=pool_nos)
        atomic_write(target, data)
        return target

    def done(path: Path) -> None:
        private = "" if public_only else "里面有身份证号和电话，请妥善保管。"
        context.say(
            f"已导出到 {path}。{private}",
            Kind.SUCCESS if public_only else Kind.WARN,
            open_folder(path.parent),
        )

    context.desk.command(do, done, owner=owner)
