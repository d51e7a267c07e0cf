"""数据的钥匙: when it was changed last, who left since, and changing it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit

from mediation_desk.access.accounts.rekeyed import OLD_COPIES, KeyStanding, Rekeyed
from mediation_desk.shared.errors import DeskError
from ui.screens.base import Context
from ui.tokens import Tone
from ui.widgets.buttons import button
from ui.widgets.card import Card
from ui.widgets.danger_dialog import ask
from ui.widgets.layout import row
from ui.widgets.message_bar import Kind
from ui.widgets.text import small
from ui.widgets.waiting import WaitingPanel

_ABOUT = (
    "换了以后，在用的账号口令照旧，停用的账号再也打不开以后的数据。换的时候别的窗口和命令要先关掉，先做一份备份，"
    "数据多的要几分钟。"
)


class KeyCard(Card):
    """Signals: ``changed(Rekeyed)``."""

    changed = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__("数据的钥匙")
        self._context = context
        self.standing: KeyStanding | None = None
        self.said = small("", wrap=True)
        self.reason = QLineEdit()
        self.new_sheet = QCheckBox("同时换新的恢复单")
        self.change = button("换钥匙", self._on_change)
        self.files = button("原有文件也换", self._on_files)
        self.waiting = WaitingPanel("页", "accounts.key")
        self._lay_out()

    def show_standing(self, standing: KeyStanding, may: bool) -> None:
        """What is known of the key; ``may``: whether it can be changed here."""
        self.standing = standing
        self.said.setText("\n".join(standing.sentences()))
        self.files.setVisible(standing.files)
        if "" in standing.old:
            self.new_sheet.setChecked(True)
        for made in (self.change, self.files, self.reason, self.new_sheet):
            made.setEnabled(may)

    def _on_change(self) -> None:
        services, reason, sheet = self._context.services, self.reason.text(), self.new_sheet.isChecked()
        about = f"{_ABOUT}\n{OLD_COPIES}"
        if ask(self, "换数据的钥匙？", about, "换钥匙"):
            watch = self.waiting.watch()
            self._do("换钥匙", lambda: services.rekey(reason, new_sheet=sheet, watch=watch), self._on_changed)

    def _on_changed(self, told: Rekeyed) -> None:
        self._end()
        self.reason.clear()
        self.new_sheet.setChecked(False)
        self.changed.emit(told)

    def _on_files(self) -> None:
        services, watch = self._context.services, self.waiting.watch()

        def done(strange: int) -> None:
            self._end()
            left = f"有{strange}个文件用哪一把钥匙都打不开，没有动，请核对。" if strange else ""
            self._context.say(f"原有的文件都已改用现在的钥匙。{left}", Kind.WARN if strange else Kind.SUCCESS)
            self.changed.emit(None)

        self._do("换原有文件的钥匙", lambda: services.rekey_files(watch), done)

    def _do(self, deed: str, do: Callable[[], object], done: Callable[..., object]) -> None:
        self.waiting.begin(deed)
        self.waiting.show()
        self.change.setEnabled(False)
        self.files.setEnabled(False)
        self._context.desk.command(do, done, self._on_refused, owner=self, beside=True)

    def _on_refused(self, error: BaseException) -> bool:
        self._end()
        if not isinstance(error, DeskError):
            return False
        self._context.say(error.message, Kind.WARN)
        return True

    def _end(self) -> None:
        self.waiting.hide()
        self.change.setEnabled(True)
        self.files.setEnabled(True)

    def _lay_out(self) -> None:
        self.reason.setPlaceholderText("为什么换，例如：王芳离职")
        self.reason.setAccessibleName("为什么换钥匙")
        named = (self.said, self.reason, self.new_sheet, self.change, self.files)
        for made, name in zip(named, ("said", "reason", "new_sheet", "change", "files"), strict=True):
            made.setObjectName(f"accounts.key.{name}")
        self.add(self.said)
        self.add(row(self.reason, self.new_sheet, self.change, self.files))
        self.add(self.waiting)
        self.add(small(_ABOUT, Tone.QUIET, wrap=True))
        self.waiting.hide()
        self.files.hide()
