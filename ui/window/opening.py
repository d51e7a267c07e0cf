"""Opens the public window: for one case and one party, by the staff, on the second screen where there is one."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QApplication

from mediation_desk.cases.choosing.paper import BallotPaper
from mediation_desk.cases.choosing.window_rules import window_rules
from mediation_desk.shared.errors import DeskError
from ui.widgets.message_bar import Kind
from ui.window.narrow import NarrowService, Opener
from ui.window.pin_form import PinDialog
from ui.window.window import PublicWindow


def open_window(context: Opener, case_key: str, party: str) -> None:
    """Let ``party`` choose by itself in the open round of this case; the desk is hidden until the staff leaves.

    Without a PIN the staff is asked for one first. What forbids it (no open round, sealed already) is said in
    the message bar of the desk.
    """
    services = context.services
    context.desk.query(
        services.window.has_pin,
        lambda there: _read(context, case_key, party) if there else _ask_pin(context, case_key, party),
        owner=context.desk,
        slot="window.pin",
    )


def _ask_pin(context: Opener, case_key: str, party: str) -> None:
    dialog = PinDialog(context, QApplication.activeWindow())
    dialog.accepted.connect(lambda: _read(context, case_key, party))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def _read(context: Opener, case_key: str, party: str) -> None:
    services = context.services
    context.desk.query(
        lambda: services.choosing.ballot_paper(services.actor, case_key, party),
        lambda paper: _open(context, case_key, paper),
        lambda error: _refused(context, error),
        owner=context.desk,
        slot="window.paper",
    )


def _open(context: Opener, case_key: str, paper: BallotPaper) -> None:
    if paper.mark is not None and paper.mark.sealed:
        context.say(f"{paper.party_label}这一轮已经选好，不能再改。", Kind.WARN)
        return
    if not paper.cards:
        context.say("候选名单上的调解员都已不在专家库，请中止这一轮，重新出示名单。", Kind.WARN)
        return
    window = PublicWindow(NarrowService(context, case_key, paper.party), window_rules())
    window.open(paper, _screen())


def _refused(context: Opener, error: BaseException) -> bool:
    if isinstance(error, DeskError):
        context.say(error.message, Kind.WARN)
    return isinstance(error, DeskError)


def _screen() -> QScreen:
    """Another screen than the desk's when there is one."""
    desk = QApplication.activeWindow()
    own = desk.screen() if desk is not None else QGuiApplication.primaryScreen()
    return next((one for one in QGuiApplication.screens() if one is not own), own)
