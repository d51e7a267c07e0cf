"""What one start of the program runs: the window, a synthetic centre, the tour; and what it is made of."""

from __future__ import annotations

import platform
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from mediation_desk.app.desk import open_desk
from mediation_desk.app.doors import Doors
from mediation_desk.settings import Settings, resolve
from mediation_desk.shared.errors import DeskError
from mediation_desk.shared.files import sweep_leftovers

if TYPE_CHECKING:
    from db.server_care import ServerCare

TOUR_MOMENT = datetime(2026, 4, 29, 2, 40, tzinfo=UTC)
"""When the tour takes place: its pictures and papers look the same on every day."""


def component_versions() -> dict[str, str]:
    """Versions of what the desk is made of, by name; what an advisory is held against."""
    import ssl
    from importlib.metadata import version

    from db.versions import library_versions

    return {
        "Python": platform.python_version(),
        "Qt": version("PySide6-Essentials"),
        **library_versions(),
        "Python OpenSSL": ssl.OPENSSL_VERSION,
        "cryptography": version("cryptography"),
    }


def server_care(settings: Settings) -> ServerCare:
    """What an administrator does for the server ``settings`` name. Raises ``InputError``."""
    from db.server_care import ServerCare

    return ServerCare(settings)


def fill_demo(
    settings: Settings, cases: int, seed: int, progress: Callable[[int], None], years: int = 2
) -> None:
    """Fill an empty database with a synthetic centre of so many ``years``."""
    from db.bulk import BulkCases
    from mediation_desk.practice.demo import fill

    desk = open_desk(replace(settings, practice=True))
    try:
        fill(BulkCases(desk.storage), cases, seed, progress, years=years)
    finally:
        desk.close()


def run_window(settings: Settings) -> int:
    """Open the desk's window; returns the exit code."""
    from db.alone import WindowLock, exclusive
    from ui.app import run

    if settings.own_folder:
        settings.prepare()
    with WindowLock(settings.folder) as lock:
        doors = Doors(open_desk(settings))
        try:
            with (
                suppress(DeskError),
                exclusive(settings),
            ):  # a command under way may be writing: then next time
                for folder in settings.written:
                    sweep_leftovers(folder)
            return run(doors, called=lock.file)
        finally:
            with suppress(DeskError):  # a full disk must not keep the window from closing
                doors.desk.audit.anchor("关闭")
            doors.close()


def refuse_window(sentence: str) -> None:
    """Say in a box of its own why the window does not open."""
    from ui.app import refuse

    refuse(sentence)


def run_tour(out: Path) -> tuple[Path, ...]:
    """Walk the main job through the real windows on a throw-away database; returns the files written."""
    from tempfile import TemporaryDirectory

    from ui.tour import tour

    with TemporaryDirectory(prefix="mediation-desk-tour-") as folder:
        desk = open_desk(resolve(Path(folder), practice=True), clock=lambda: TOUR_MOMENT)
        try:
            return tour(desk, out)
        finally:
            desk.close()
