"""What stands in front of the desk: which page comes when, and what its button asks of the doors."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from mediation_desk.access.accounts.tries import TooManyTries
from mediation_desk.access.actor import Actor
from mediation_desk.shared.errors import DeskError, InputError
from ui.errors.presenter import Presenter
from ui.preferences import Preferences
from ui.printing.choosing import ANY, choose_printer
from ui.printing.sending import send
from ui.restoring.flow import RestoreFlow
from ui.sign.change_page import ChangePage
from ui.sign.first_page import FirstPage
from ui.sign.lock_page import LockPage
from ui.sign.page import SignPage
from ui.sign.recover_page import RecoverPage
from ui.sign.sheet_page import SheetPage
from ui.sign.sign_in_page import SignInPage, Waiting
from ui.sign.window import SignWindow
from ui.sitting.doors import Doors
from ui.tasks.runner import Lane, Outcome, Runner

T = TypeVar("T")


class Front(QObject):
    """``entered(Actor)`` when somebody may sit down. The window stays for the whole life of the program."""

    entered = Signal(object)

    def __init__(self, doors: Doors, runner: Runner, preferences: Preferences, parent: QObject) -> None:
        super().__init__(parent)
        self._doors, self._runner, self._preferences = doors, runner, preferences
        self.window = SignWindow()
        self._presenter = Presenter(self.window, self)

    def page(self) -> SignPage | None:
        """What is shown."""
        return self.window.page()

    def clear(self) -> None:
        """Somebody sits at the desk: nothing typed here stays."""
        self.window.clear()

    def tell_busy(self, sentence: str) -> None:
        """What goes on behind the page; "" when it is done."""
        page = self.page()
        if isinstance(page, LockPage):
            page.tell_busy(sentence)
        elif sentence:
            self.window.say(sentence)

    def watch_everything(self) -> None:
        """Errors nobody caught are shown here from now on."""
        self._presenter.watch_everything()

    # Pages

    def begin(self) -> None:
        """The first start, or signing in."""
        self._ask(self._doors.in_use, lambda used: self.show_sign_in() if used else self._show_first())

    def show_sign_in(self) -> None:
        """Somebody else, or nobody yet."""
        page = SignInPage(served=bool(self._doors.settings.server))
        page.entered.connect(lambda name, secret: self._sign_in(page, name, secret))
        page.practice_wanted.connect(self._practise)
        page.sheet_wanted.connect(self._show_recover)
        page.restore_wanted.connect(self._restore)
        self._show(page)

    def show_locked(self, actor: Actor, sentence: str) -> LockPage:
        """``actor`` left the desk for a while."""
        page = LockPage(actor)
        page.entered.connect(
            lambda name, secret: (
                self.entered.emit(actor) if actor.unlimited else self._sign_in(page, name, secret)
            )
        )
        page.other.connect(self._on_other)
        self._show(page)
        if sentence:
            self.window.say(sentence)
        return page

    def _show_first(self) -> None:
        page = FirstPage(self._runner, served=bool(self._doors.settings.server))
        page.entered.connect(
            lambda name, shown, secret: self._ask(
                lambda: self._doors.first(name, shown, secret), lambda made: self._show_sheet(*made), page
            )
        )
        page.practice_wanted.connect(self._practise)
        page.restore_wanted.connect(self._restore)
        self._show(page)

    def _restore(self) -> None:
        """From a backup, into this place where it is empty, else wherever one says."""

        def show(used: bool) -> None:
            own = self._doors.settings
            target = None if used else own.folder
            flow = RestoreFlow(self._doors.restoring, self._runner, self._show, own.backups, target, self)
            flow.given_up.connect(self.begin)
            flow.restored.connect(self.begin)
            flow.begin()

        self._ask(self._doors.in_use, show)

    def _show_sheet(self, code: str, actor: Actor | None) -> None:
        page = SheetPage(code)
        page.print_wanted.connect(lambda: self._print_sheet(page, code))
        page.kept.connect(lambda: self.entered.emit(actor) if actor is not None else self.show_sign_in())
        self._show(page)

    def _show_change(self, actor: Actor, old: str) -> None:
        page = ChangePage(actor, self._runner)
        page.entered.connect(
            lambda new: self._ask(
                lambda: self._doors.change_password(actor, old, new), self.entered.emit, page
            )
        )
        page.given_up.connect(self._on_given_up)
        self._show(page)

    def _show_recover(self) -> None:
        page = RecoverPage(self._runner)
        page.entered.connect(
            lambda code, name, secret: self._ask(
                lambda: self._doors.recover(code, name, secret),
                lambda following: self._show_sheet(following, None),
                page,
            )
        )
        page.given_up.connect(self.show_sign_in)
        self._show(page)

    def _show(self, page: SignPage) -> None:
        self.window.show_page(page)

    # Asking

    def _sign_in(self, page: Waiting, name: str, secret: str) -> None:
        def answer(actor: Actor) -> None:
            if actor.must_change:
                self._show_change(actor, secret)
            else:
                self.entered.emit(actor)

        self._ask(lambda: self._doors.sign_in(name, secret), answer, page)

    def _practise(self) -> None:
        self.window.say("正在打开演练中心，第一次要等几秒。")
        self._ask(self._doors.practise, self.entered.emit, self.page())

    def _print_sheet(self, page: SignPage, code: str) -> None:
        printer = choose_printer(self._preferences, ANY, 1, page, title="恢复单")
        if printer is not None:
            self._ask(
                lambda: send(self._doors.recovery_sheet(code), printer),
                lambda _none: self.window.say("恢复单已送去打印。"),
                page,
            )

    def _on_other(self) -> None:
        if self._doors.practice:
            self._ask(self._doors.go_back, lambda _none: self.begin())
        else:
            self.show_sign_in()

    def _on_given_up(self) -> None:
        self._ask(self._doors.rest, lambda _none: self.show_sign_in())

    def _ask(self, do: Callable[[], T], done: Callable[[T], object], page: SignPage | None = None) -> None:
        button = page.primary if page is not None else None
        if button is not None:
            button.set_busy(True)

        def deliver(outcome: Outcome[T]) -> None:
            if page is not None and (not isValid(page) or self.page() is not page):
                return  # somebody went another way meanwhile
            if button is not None:
                button.set_busy(False)
            if outcome.error is None:
                done(outcome.unwrap())
            else:
                self._refuse(page, outcome.error)

        self._runner.submit(Lane.DESK, do, deliver)

    def _refuse(self, page: SignPage | None, error: BaseException) -> None:
        if isinstance(error, TooManyTries) and isinstance(page, Waiting):
            page.wait(error.seconds)
        elif (
            isinstance(error, InputError)
            and page is not None
            and page.show_field_error(error.field, error.message)
        ):
            page.say("")
        elif isinstance(error, DeskError) and page is not None:
            page.refuse(error.message)
        else:
            self._presenter.present(error)
