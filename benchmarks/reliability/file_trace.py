"""What a program did to files and what it said, in order, as strace saw it."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

UNKNOWN = (
    *("link", "linkat", "renameat", "renameat2", "unlinkat", "mkdirat", "creat", "truncate", "fallocate"),
    *(
        "writev",
        "pwritev",
        "pwritev2",
        "copy_file_range",
        "sendfile",
        "sync_file_range",
        "dup",
        "dup2",
        "dup3",
    ),
)
"""Calls the model does not know: one of them in the folder would make the model wrong."""
STDOUT = 1
_LINE = re.compile(r"(\d+) +(?:<\.\.\. )?(\w+)(?: resumed>|\()(.*)", re.DOTALL)
_UNFINISHED = " <unfinished ...>"


class CannotTraceError(Exception):
    """Nobody may watch a program here; says why."""


@dataclass(frozen=True)
class Act:
    """One call, by its name in the model; ``handle`` 1 of ``write`` is what the program says."""

    call: str
    handle: int = -1
    path: Path = Path()
    to: Path = Path()
    data: bytes = b""
    offset: int | None = None
    emptied: bool = False


def require_strace() -> str:
    """The program. Raises CannotTraceError where it is missing or may not watch others."""
    found = shutil.which("strace")
    if found is None:
        raise CannotTraceError("strace is not installed")
    tried = subprocess.run(
        [found, "-f", "-o", "/dev/null", "true"], capture_output=True, text=True, check=False
    )
    if tried.returncode:
        raise CannotTraceError(f"ptrace is forbidden here: {tried.stderr.strip()}")
    return found


def record(command: Sequence[str], out: Path, cwd: Path) -> None:
    """Run the command and write what it did to ``out``. Raises CalledProcessError where it failed."""
    watched = ",".join((*CALLS, *UNKNOWN))
    strace = [require_strace(), "-f", "--seccomp-bpf", "-xx", "-s", "4000000", "-e", f"trace={watched}"]
    subprocess.run([*strace, "-o", str(out), *command], cwd=cwd, check=True, stdout=subprocess.DEVNULL)


def acts(trace: Path) -> Iterator[Act]:
    """Everything done and said, in order; failed calls did nothing."""
    begun: dict[str, str] = {}
    with trace.open() as lines:
        for line in lines:
            found = _LINE.match(line.rstrip("\n"))
            if found is None:
                continue  # signals and ends
            thread, call, rest = found.groups()
            if rest.endswith(_UNFINISHED):
                begun[thread] = rest.removesuffix(_UNFINISHED)
                continue
            given, _, result = (begun.pop(thread, "") + rest).rpartition(" = ")
            if not result.startswith(("-1", "?")):
                yield from _act(call, given.rstrip().removesuffix(")"), int(result.split()[0]))


def _act(call: str, given: str, result: int) -> Iterator[Act]:
    parts = given.split(", ")
    if call in CALLS:
        name, told = CALLS[call]
        yield Act(name, **told(parts, result))
        return
    for one in parts[:3]:
        if one.startswith('"'):
            yield Act("unknown", path=_path(one))
        elif one.isdigit():
            yield Act("unknown", int(one))


def _handle(parts: list[str], _result: int) -> dict[str, Any]:
    return {"handle": int(parts[0])}


def _named(parts: list[str], _result: int) -> dict[str, Any]:
    return {"path": _path(parts[0])}


def _written(parts: list[str], result: int) -> dict[str, Any]:
    """The offset is the last of four; without one it goes where the handle stands."""
    offset = int(parts[3]) if len(parts) > 3 else None
    return {"handle": int(parts[0]), "data": _bytes(parts[1])[:result], "offset": offset}


def _bytes(quoted: str) -> bytes:
    if quoted.endswith("..."):
        raise AssertionError("strace cut it short")
    return bytes.fromhex(quoted.strip('"').replace("\\x", ""))


def _path(quoted: str) -> Path:
    return Path(_bytes(quoted).decode(errors="surrogateescape"))


CALLS: dict[str, tuple[str, Callable[[list[str], int], dict[str, Any]]]] = {
    "openat": ("open_", lambda p, r: {"handle": r, "path": _path(p[1]), "emptied": "O_TRUNC" in p[2]}),
    "close": ("close", _handle),
    "write": ("write", _written),
    "pwrite64": ("write", _written),
    "lseek": ("seek", lambda p, r: {"handle": int(p[0]), "offset": r}),
    "ftruncate": ("truncate", lambda p, _r: {"handle": int(p[0]), "offset": int(p[1])}),
    "fsync": ("sync", _handle),
    "fdatasync": ("sync", _handle),
    "unlink": ("remove", _named),
    "rmdir": ("remove", _named),
    "rename": ("rename", lambda p, _r: {"path": _path(p[0]), "to": _path(p[1])}),
    "mkdir": ("folder", _named),
}
"""Calls the model knows: their name there, and what of them it wants to know."""
