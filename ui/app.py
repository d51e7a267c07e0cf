"""Starts the desk: application, fonts, theme, Qt's own Chinese texts, exception hook, window."""

from __future__ import annotations

import sys

from PySide6.QtCore import QLibraryInfo, QLocale, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

from mediation_desk.audit.findings import Report
from ui.icons import icon
from ui.main_window import MainWindow
from ui.preferences import Preferences
from ui.services import Services
from ui.tasks.desk import Desk
from ui.tasks.runner import PoolRunner, Runner
from ui.theme import Theme
from ui.widgets.message_bar import Kind

_WARM_UP_AFTER, _HOUR = 4000, 3_600_000  # milliseconds


def run(services: Services, runner: Runner | None = None) -> int:
    """Open the desk and stay until it is closed; the exit code of the program."""
    app = application()
    window = open_window(app, services, runner)
    window.presenter.watch_everything()
    window.show()
    QTimer.singleShot(_WARM_UP_AFTER, window, lambda: _warm_up(window, services))
    hourly = QTimer(window, interval=_HOUR)
    hourly.timeout.connect(lambda: look_after_audit(window, services))
    hourly.start()
    return app.exec()


def _warm_up(window: MainWindow, services: Services) -> None:
    """Load fonts, renderers and the pool while nobody waits: the first preview and shortlist then come at once."""
    desk, actor = window.context.desk, services.actor
    look_after_audit(window, services)
    desk.render(services.printing.warm_up, lambda _: None, owner=window, slot="warm up")
    desk.render(lambda: services.choosing.warm_up(actor), lambda _: None, owner=window, slot="warm up pool")


def look_after_audit(window: MainWindow, services: Services) -> None:
    """Whether the newest entries of the audit trail hold; told only where they do not."""

    def told(report: Report) -> None:
        if not report.sound:
            sentence = (
                f"审计日志有{len(report.findings)}处不对：{report.findings[0].sentence}请由审计员核对。"
            )
            window.context.say(sentence, Kind.ERROR)

    window.context.desk.render(services.audit.look_after, told, owner=window, slot="audit")


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
