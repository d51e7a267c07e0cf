"""The row above the register: cards or table, what else can be done, and engaging somebody."""

from __future__ import annotations

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from mediation_desk.access.permissions import Permission
from ui.icons import icon
from ui.screens.base import Context
from ui.theme import theme
from ui.widgets.buttons import button, primary
from ui.widgets.segments import Segments

_VIEWS = (("cards", "卡片", "user"), ("table", "表格", "choice"))


class Toolbar(QWidget):
    """Signals only; the screen does the deeds."""

    view_wanted = Signal(str)
    engage_wanted = Signal()
    import_wanted = Signal()
    export_wanted = Signal()
    public_export_wanted = Signal()
    roster_wanted = Signal()
    cards_wanted = Signal()
    duplicates_wanted = Signal()
    composition_wanted = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.views = Segments("看法", _VIEWS)
        for code, segment in self.views.buttons.items():
            segment.setObjectName(f"experts.view.{code}")
        self.views.chosen.connect(self.view_wanted)
        self.more = button("更多")
        self.more.setObjectName("experts.more")
        self.actions_by_code: dict[str, QAction] = {}
        self.more.setMenu(self._menu())
        self.engage = primary("聘任调解员", self.engage_wanted.emit)
        self.engage.setObjectName("experts.engage")
        self.engage.setEnabled(self._may(Permission.EXPERT_ENGAGE))
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme().px(8))
        line.addStretch(1)
        for widget in (self.views, self.more, self.engage):
            line.addWidget(widget)

    def show_view(self, code: str) -> None:
        """Mark the view in force."""
        self.views.choose(code)

    def _menu(self) -> QMenu:
        menu = QMenu(self.more)
        menu.setAccessibleName("更多")
        entries: tuple[tuple[str, str, str, SignalInstance, Permission] | None, ...] = (
            ("import", "从表格导入…", "evidence", self.import_wanted, Permission.EXPERT_ENGAGE),
            ("public", "导出公开名册…", "export", self.public_export_wanted, Permission.EXPERT_READ),
            ("export", "导出全部项目…", "export", self.export_wanted, Permission.EXPERT_EXPORT),
            None,
            ("roster", "打印名册", "print", self.roster_wanted, Permission.DOCUMENT_PRINT),
            ("cards", "打印公示卡", "print", self.cards_wanted, Permission.DOCUMENT_PRINT),
            None,
            ("duplicates", "查重", "copy", self.duplicates_wanted, Permission.EXPERT_READ),
            ("composition", "组成提醒", "warn", self.composition_wanted, Permission.EXPERT_READ),
        )
        for entry in entries:
            if entry is None:
                menu.addSeparator()
                continue
            code, word, symbol, signal, permission = entry
            action = menu.addAction(icon(symbol), word)
            action.setObjectName(f"experts.more.{code}")
            action.setEnabled(self._may(permission))
            action.triggered.connect(lambda _checked=False, signal=signal: signal.emit())
            self.actions_by_code[code] = action
        return menu

    def _may(self, permission: Permission) -> bool:
        return self._context.services.actor.can(permission)
