"""Room on the disk: files from outside stop coming in long before cases can no longer be written."""

from __future__ import annotations

import shutil
from pathlib import Path

from mediation_desk.shared.errors import StorageError
from mediation_desk.shared.uploads.limits import upload_limits

SCARCE = "数据文件夹所在的磁盘只剩{left}，少于{room}：请腾出空间。腾出以前不收扫描件和附件，登记、办案照常。"
REFUSED = "没有存入文件：数据文件夹所在的磁盘只剩{left}，少于{room}。请先腾出空间；登记、办案照常。"
_MIB, _GIB = 1 << 20, 1 << 30


def require_room(folder: Path) -> None:
    """Raise StorageError where the disk of ``folder`` is too full for more files from outside."""
    if trouble := _trouble(folder, REFUSED):
        raise StorageError(trouble)


def scarce(folder: Path) -> str:
    """The sentence that stands in the window while room is scarce, else ""."""
    return _trouble(folder, SCARCE)


def _trouble(folder: Path, sentence: str) -> str:
    there = next((level for level in (folder, *folder.parents) if level.exists()), folder)
    try:
        left = shutil.disk_usage(there).free
    except OSError:
        return ""  # writing there will tell
    room = upload_limits().room
    return sentence.format(left=_size(left), room=_size(room)) if left < room else ""


def _size(count: int) -> str:
    return f"{count / _GIB:.1f} GB" if count >= _GIB else f"{count // _MIB} MB"
