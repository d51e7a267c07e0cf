"""Saving, renaming and deleting a view; each can be taken back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from mediation_desk.cases.finding.views import View
from mediation_desk.cases.summary import CaseQuery
from ui.screens.base import Context
from ui.screens.cases.view_name import ViewName
from ui.widgets.buttons import link
from ui.widgets.layout import row
from ui.widgets.message_bar import Action, Kind


class SavedViews(QWidget):
    """Offers to save a list that is no view yet, to rename or delete one that is the user's own."""

    def __init__(
        self, context: Context, changed: Callable[[], object], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context, self._changed = context, changed
        self._view: View | None = None
        self._query = CaseQuery()
        self.save = link("存为视图", lambda: self._ask(""))
        self.rename = link("改名", lambda: self._ask(self._view.name if self._view else ""))
        self.drop = link("删去视图", self._on_drop_clicked)
        self.name = ViewName()
        for code, widget in (
            ("save_view", self.save),
            ("rename_view", self.rename),
            ("drop_view", self.drop),
        ):
            widget.setObjectName(f"cases.{code}")
        self.setLayout(row(self.save, self.rename, self.drop, self.name))
        self.name.named.connect(self._on_named)
        self.show_for(None, CaseQuery(), narrowed=False)

    def show_for(self, view: View | None, query: CaseQuery, *, narrowed: bool) -> None:
        """What can be done with the list shown: ``view`` is the one it is, if any."""
        if (view, query) != (self._view, self._query):
            self.name.hide()
        self._view, self._query = view, query
        own = view is not None and not view.shipped
        self.save.setVisible(narrowed and view is None)
        self.rename.setVisible(own)
        self.drop.setVisible(own)

    def _ask(self, name: str) -> None:
        self.name.ask(name)

    def _on_named(self, name: str) -> None:
        if self._view is not None:
            self._rename(self._view.name, name)
        else:
            self._save(name, self._query, f"视图“{name}”已存好。", takes_back=True)

    def _save(self, name: str, query: CaseQuery, sentence: str, *, takes_back: bool) -> None:
        services = self._context.services
        back = Action("撤回", lambda: self._drop(name), takes_back=True) if takes_back else None
        self._command(lambda: services.views.save(services.actor, name, query), sentence, back)

    def _rename(self, name: str, other: str, *, takes_back: bool = True) -> None:
        services = self._context.services
        back = Action("撤回", lambda: self._rename(other, name, takes_back=False), takes_back=True)
        self._command(
            lambda: services.views.rename(services.actor, name, other),
            f"视图“{name}”改名为“{other}”。",
            back if takes_back else None,
        )

    def _on_drop_clicked(self) -> None:
        view = self._view
        if view is None:
            return
        back = Action(
            "撤回",
            lambda: self._save(view.name, view.query, f"视图“{view.name}”已恢复。", takes_back=False),
            takes_back=True,
        )
        self._drop(view.name, back)

    def _drop(self, name: str, back: Action | None = None) -> None:
        services = self._context.services
        self._command(
            lambda: services.views.drop(services.actor, name), f"视图“{name}”已删去，案件没有变动。", back
        )

    def _command(self, do: Callable[[], object], sentence: str, back: Action | None) -> None:
        def done(_result: object) -> None:
            self.name.hide()
            self._context.say(sentence, Kind.SUCCESS, back)
            self._changed()

        self._context.desk.command(do, done, owner=self)
