"""What is written down about a bug: types, places and versions; never a message, a value or a name."""

from __future__ import annotations

import logging
import platform

from PySide6.QtCore import qVersion

from mediation_desk import __version__
from mediation_desk.shared.faults import told_of

log = logging.getLogger("mediation_desk.ui")


def bug_report(error: BaseException) -> str:
    """A report one can send away: the chain of exception types with file names, lines and functions.

    Messages of exceptions are left out, because they quote what somebody typed.
    """
    lines = [
        f"调解台 {__version__}",
        f"Python {platform.python_version()}  Qt {qVersion()}  {platform.system()} {platform.machine()}",
    ]
    return "\n".join([*lines, *told_of(error)])


def write_down(error: BaseException) -> str:
    """Log the report of ``error`` and return it."""
    report = bug_report(error)
    log.error("bug\n%s", report)
    return report
