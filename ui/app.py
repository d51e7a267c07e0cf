"""Starts the desk: application, fonts, theme, Qt's own Chinese texts, exception hook, window."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QLibraryInfo, QLocale, Qt, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

from mediation_desk.access.permissions import Permission
from mediation_desk.audit.acts import WARNING
from mediation_desk.audit.findings import Report
from ui.icons import icon
from ui.main_window import MainWindow
from ui.preferences import Preferences
from ui.services import Services
from ui.sitting.closing import ClosingBackup
from ui.sitting.doors import Doors
from ui.sitting.sitting import Sitting
from ui.tasks.desk import Desk
from ui.tasks.runner import PoolRunner, Runner
from ui.theme import Theme
from ui.widgets.message_bar import Kind
from ui.widgets.plain import plain_box

_WARM_UP_AFTER, _HOUR = 4000, 3_600_000  # milliseconds


def run(doors: Doors, runner: Runner | None = None, *, called: Path | None = None) -> int:
    """Open the place of the program and stay until it is closed; the exit code of the program.

    Whenever the file ``called`` is touched, somebody has started the desk again: the window comes to the front.
    """
    app = application()
    working = runner or PoolRunner()
    sitting = open_sitting(app, doors, working)
    sitting.seated.connect(lambda: QTimer.singleShot(_WARM_UP_AFTER, sitting, lambda: _warm_up(sitting)))
    sitting.seated.connect(lambda: _tell_moved(sitting))
    hourly = QTimer(sitting, interval=_HOUR)
    hourly.timeout.connect(lambda: _look_again(sitting))
    hourly.start()
    if called is not None:
        QFileSystemWatcher([str(called)], sitting).fileChanged.connect(lambda _file: come_up(sitting))
    sitting.begin()
    try:
        code = app.exec()
        closing = PoolRunner()
        ClosingBackup(doors, closing).run()
        closing.close()
        return code
    finally:
        working.close()


def _tell_moved(sitting: Sitting) -> None:
    if sitting.window is not None:
        tell_moved(sitting.window, sitting.window.context.services)


def tell_moved(window: MainWindow, services: Services) -> None:
    """Whoever opens a centre that was moved elsewhere is told so at once."""

    def told(place: str) -> None:
        if place:
            window.context.say(WARNING.format(place=place), Kind.WARN)

    window.context.desk.render(lambda: services.moved_to, told, owner=window, slot="moved")


def refuse(sentence: str) -> None:
    """Say why the desk does not open: whoever started it with the mouse sees no terminal."""
    Theme(application())
    plain_box(None, "调解台没有打开", sentence).exec()


def come_up(sitting: Sitting) -> None:
    """Bring the program's window before everything else."""
    window = sitting.window or sitting.front.window
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.raise_()
    window.activateWindow()


def _look_again(sitting: Sitting) -> None:
    if sitting.window is not None:
        look_after_audit(sitting.window, sitting.window.context.services)
        look_after_backups(sitting, sitting.window)


def open_sitting(app: QApplication, doors: Doors, runner: Runner) -> Sitting:
    """The place of the program, nothing shown yet."""
    preferences = Preferences(doors.settings.folder)
    theme = Theme(app, preferences.mode, preferences.percent)
    app.setWindowIcon(icon("brand", theme.tokens.accent))
    return Sitting(doors, theme, preferences, runner, app)


def _warm_up(sitting: Sitting) -> None:
    """Load fonts, renderers and the pool while nobody waits: the first preview and shortlist then come at once."""
    window = sitting.window
    if window is None:
        return
    desk, services, actor = window.context.desk, window.context.services, window.context.services.actor
    look_after_audit(window, services)
    look_after_backups(sitting, window)
    if actor.can(Permission.DOCUMENT_PRINT):
        desk.render(services.printing.warm_up, lambda _: None, owner=window, slot="warm up")
    if actor.can(Permission.EXPERT_READ):
        desk.render(
            lambda: services.choosing.warm_up(actor), lambda _: None, owner=window, slot="warm up pool"
        )


def look_after_audit(window: MainWindow, services: Services) -> None:
    """Whether the newest entries of the audit trail hold; told only where they do not."""

    def told(report: Report) -> None:
        if not report.sound:
            sentence = (
                f"审计记录有{len(report.findings)}处不对：{report.findings[0].sentence}请由审计员核对。"
            )
            window.context.say(sentence, Kind.ERROR)

    window.context.desk.render(services.audit.look_after, told, owner=window, slot="audit")


def look_after_backups(sitting: Sitting, window: MainWindow) -> None:
    """Back up, catch up and try where that is due; what somebody has to do about it stands in the band.

    It stops when the desk is left: the key is to go then.
    """
    services = window.context.services

    def here(_done: int, _total: int) -> bool:
        return sitting.window is window

    window.context.desk.render(
        lambda: services.backups.tend(here), lambda _: window.alarms.look(), owner=window, slot="backups"
    )


def application() -> QApplication:
    """The one application, in Chinese; made now unless it is already there."""
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    app = QApplication(sys.argv[:1])
    app.setApplicationName("mediation-desk")
    app.setApplicationDisplayName("调解台")
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    translator = QTranslator(app)
    if translator.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)
    return app


def open_window(app: QApplication, services: Services, runner: Runner | None = None) -> MainWindow:
    """Build the window without showing it, for `run`, the tour and tests."""
    preferences = Preferences(services.settings.folder)
    theme = Theme(app, preferences.mode, preferences.percent)
    desk = Desk(runner or PoolRunner())
    window = MainWindow(services, desk, theme, preferences)
    app.setWindowIcon(icon("brand", theme.tokens.accent))
    return window
