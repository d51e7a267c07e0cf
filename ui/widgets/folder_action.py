"""What a sentence about a file that was written offers."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from ui.widgets.message_bar import Action


def open_folder(folder: Path) -> Action:
    """打开文件夹, in the file manager of this computer."""
    return Action("打开文件夹", lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))))
