"""What the worker may not do: write, connect, start programs, take more memory or time than it was given.

The bounds of the system hold whatever runs inside; the hook holds what Python itself is asked to do, and is all there
is on Windows, which knows no such bounds without further libraries.
"""

from __future__ import annotations

import contextlib
import math
import os
import sys
import time
from collections.abc import Iterator
from typing import Any

_NEVER = frozenset(
    (
        "os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.truncate", "os.chmod",
        "os.chown", "os.utime", "shutil.move", "shutil.rmtree", "tempfile.mkstemp", "tempfile.mkdtemp",
        "subprocess.Popen", "os.system", "os.exec", "os.fork", "os.forkpty", "os.posix_spawn", "os.spawn",
        "os.startfile", "os.kill", "os.killpg", "socket.connect", "socket.bind", "socket.getaddrinfo",
        "socket.gethostbyname", "socket.sendto", "socket.sendmsg", "urllib.Request", "webbrowser.open",
    )
)  # fmt: skip
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_FILES = 64


def confine() -> None:
    """For the life of this process: no core files (they could hold somebody's papers), no children, few files open."""
    _bound("RLIMIT_CORE", 0, hard=True)
    _bound("RLIMIT_NPROC", 0, hard=True)
    _bound("RLIMIT_NOFILE", _FILES, hard=True)
    _bound("RLIMIT_FSIZE", 0, hard=True)
    sys.dont_write_bytecode = True
    sys.addaudithook(_refuse)


@contextlib.contextmanager
def confined(seconds: float, memory: int) -> Iterator[None]:
    """One task: more than ``seconds`` of work end the process, more than ``memory`` is not given."""
    _bound("RLIMIT_AS", memory)
    _bound("RLIMIT_CPU", math.ceil(time.process_time() + seconds))
    try:
        yield
    finally:
        _bound("RLIMIT_CPU", None)
        _bound("RLIMIT_AS", None)


def peak() -> int:
    """The most memory this process ever held, in bytes; 0 where the system does not tell."""
    with contextlib.suppress(ImportError):
        import resource

        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return most if sys.platform == "darwin" else most * 1024
    return 0


def _bound(name: str, value: int | None, *, hard: bool = False) -> None:
    """Set a bound where the system has it; None for as much as is allowed at all."""
    with contextlib.suppress(ImportError, AttributeError, ValueError, OSError):
        import resource

        kind = getattr(resource, name)
        most = resource.getrlimit(kind)[1]
        new = most if value is None else value
        resource.setrlimit(kind, (new, new if hard else most))


def _refuse(event: str, given: tuple[Any, ...]) -> None:
    if event in _NEVER:
        raise PermissionError(event)
    if event == "open":
        path, mode, flags = given
        writes = any(sign in (mode or "") for sign in "wax+") or bool((flags or 0) & _WRITING)
        if writes and not isinstance(path, int) and path != os.devnull:
            raise PermissionError(event)
