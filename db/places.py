"""Where an embedded database must not lie: on another machine's disk, and where a sync program moves files about."""

from __future__ import annotations

import ctypes
import re
import subprocess
import sys
from collections.abc import Iterable, Mapping
from contextlib import suppress
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from mediation_desk.shared.assets import built, remembered
from mediation_desk.shared.errors import StorageError
from mediation_desk.shared.record import record

OTHERWISE = (
    "请换到本机硬盘上的文件夹（启动时写 --data 文件夹）；"
    "要几台电脑一起用，请用 PostgreSQL 服务器，不要共享这个文件（见手册“数据”一页）。"
)
NETWORK = (
    "数据文件夹“{folder}”在网络盘或者共享文件夹上（{kind}）：那里的文件锁靠不住，几个程序同时写会写坏数据库。"
)
SYNCED = "数据文件夹“{folder}”在{name}的同步文件夹里：同步程序会在写到一半时拿走或者换掉文件，数据库会坏。"
NOT_OPENED = "没有打开。"
_WINDOWS_REMOTE = 4  # DRIVE_REMOTE of GetDriveTypeW
_ESCAPED = re.compile(r"\\([0-7]{3})")  # how mountinfo writes a blank
_MAC_LINE = re.compile(r".* on (?P<at>/.*) \((?P<kind>[^,)]+)")


@record
class Sync:
    """A program that keeps folders equal: its name, what its folders are called, what lies in them."""

    name: str
    folders: tuple[str, ...]
    marks: tuple[str, ...]


@record
class PlaceRules:
    """Types of file systems that are not this machine's, and programs that sync."""

    network: tuple[str, ...]
    sync: tuple[Sync, ...]


@remembered
def place_rules() -> PlaceRules:
    """The rules in force. Raises ``InputError`` naming the file."""
    return built("places", _read)


def require_good_place(folder: Path) -> None:
    """Raise StorageError where an embedded database in ``folder`` would not last."""
    if trouble := place_trouble(folder):
        raise StorageError(trouble + NOT_OPENED + OTHERWISE)


def place_trouble(folder: Path) -> str:
    """What is wrong with ``folder``, one sentence; "" where nothing is. The folder need not be there yet."""
    real = folder.resolve()
    kind = file_system(real)
    if any(fnmatch(kind.lower(), known) for known in place_rules().network):
        return NETWORK.format(folder=folder, kind=kind)
    for sync in place_rules().sync:
        if any(_is_of(sync, level) for level in (real, *real.parents)):
            return SYNCED.format(folder=folder, name=sync.name)
    return ""


def file_system(real: Path) -> str:
    """The type of the file system ``real`` lies on, as the system calls it; "" where it does not tell."""
    if sys.platform == "win32":
        return _on_windows(real)
    try:
        if sys.platform == "darwin":
            listed = subprocess.run(
                ["/sbin/mount"], capture_output=True, text=True, timeout=5, check=False
            ).stdout
            return mounted(real, mac_mounts(listed))
        return mounted(real, linux_mounts(Path("/proc/self/mountinfo").read_text(encoding="utf-8")))
    except (OSError, ValueError, subprocess.SubprocessError):
        return ""  # the engine itself still refuses where it cannot have its shared memory


def mounted(real: Path, mounts: Iterable[tuple[str, str]]) -> str:
    """The type of the mount ``real`` is on; of several at one point the last lies on top."""
    best = ("", "")
    for point, kind in mounts:
        if real.is_relative_to(point) and len(point) >= len(best[0]):
            best = (point, kind)
    return best[1]


def linux_mounts(text: str) -> list[tuple[str, str]]:
    """Points and types from mountinfo(5)."""
    found = []
    for line in text.splitlines():
        before, _, after = line.partition(" - ")
        with suppress(IndexError):
            point = _ESCAPED.sub(lambda code: chr(int(code[1], 8)), before.split(" ")[4])
            found.append((point, after.split(" ")[0]))
    return found


def mac_mounts(text: str) -> list[tuple[str, str]]:
    """Points and types from what mount(8) prints."""
    return [(found["at"], found["kind"]) for line in text.splitlines() if (found := _MAC_LINE.match(line))]


def _on_windows(real: Path) -> str:
    """A network drive is called smbfs, whatever it is; anything else by nothing."""
    if real.drive.startswith("\\\\"):
        return "smbfs"
    system: Any = getattr(ctypes, "windll", None)  # on Windows alone
    return "smbfs" if system.kernel32.GetDriveTypeW(real.anchor) == _WINDOWS_REMOTE else ""


def _is_of(sync: Sync, level: Path) -> bool:
    name = level.name.lower()
    if any(fnmatch(name, known.lower()) for known in sync.folders):
        return True
    with suppress(OSError):
        return any(next(level.glob(mark), None) is not None for mark in sync.marks)
    return False


def _read(found: Mapping[str, Any]) -> PlaceRules:
    sync = (
        Sync(
            name=str(one["name"]),
            folders=tuple(map(str, one["folders"])),
            marks=tuple(map(str, one["marks"])),
        )
        for one in found["sync"]
    )
    return PlaceRules(
        network=tuple(str(kind).lower() for kind in found["network"]["types"]), sync=tuple(sync)
    )
