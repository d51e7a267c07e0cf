"""Where a bug happened, without what it said: messages of exceptions quote what somebody typed."""

from __future__ import annotations

import traceback
from pathlib import Path
from types import TracebackType


def told_of(error: BaseException) -> list[str]:
    """The chain of exception types with file names, lines and functions; never a message, a value or a name."""
    lines = []
    seen: BaseException | None = error
    while seen is not None:
        lines.append(f"{type(seen).__module__}.{type(seen).__qualname__}")
        lines.extend(_places(seen.__traceback__))
        seen = seen.__cause__ or (None if seen.__suppress_context__ else seen.__context__)
    return lines


def _places(trace: TracebackType | None) -> list[str]:
    return [
        f"  {_short(frame.filename)}:{frame.lineno} {frame.name}"
        for frame in traceback.StackSummary.extract(traceback.walk_tb(trace), lookup_lines=False)
    ]


def _short(filename: str) -> str:
    """The last three parts of a path: no home directory, no account name."""
    return "/".join(Path(filename).parts[-3:])
