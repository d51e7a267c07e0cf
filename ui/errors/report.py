"""What is written down about a bug: types, places and versions; never a message, a value or a name."""

from __future__ import annotations

import logging
import platform
import traceback
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import qVersion

from mediation_desk import __version__

log = logging.getLogger("mediation_desk.ui")


def bug_report(error: BaseException) -> str:
    """A report one can send away: the chain of exception types with file names, lines and functions.

    Messages of exceptions are left out, because they quote what somebody typed.
    """
    lines = [
        f"调解台 {__version__}",
        f"Python {platform.python_version()}  Qt {qVersion()}  {platform.system()} {platform.machine()}",
    ]
    seen: BaseException | None = error
    while seen is not None:
        lines.append(f"{type(seen).__module__}.{type(seen).__qualname__}")
        lines.extend(_places(seen.__traceback__))
        seen = seen.__cause__ or (None if seen.__suppress_context__ else seen.__context__)
    return "\n".join(lines)


def write_down(error: BaseException) -> str:
    """Log the report of ``error`` and return it."""
    report = bug_report(error)
    log.error("bug\n%s", report)
    return report


def _places(trace: TracebackType | None) -> list[str]:
    return [
        f"  {_short(frame.filename)}:{frame.lineno} {frame.name}"
        for frame in traceback.StackSummary.extract(traceback.walk_tb(trace), lookup_lines=False)
    ]


def _short(filename: str) -> str:
    """The last three parts of a path: no home directory, no account name."""
    return "/".join(Path(filename).parts[-3:])
