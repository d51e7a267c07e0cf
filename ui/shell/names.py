"""显示姓名: the switch in the user's menu that opens and covers the lists of this seat."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from mediation_desk.access.permissions import Permission
from mediation_desk.access.roles import missing
from mediation_desk.cases.privacy.rules import privacy_rules
from mediation_desk.shared.changes import Changes, Topic
from ui.services import Services
from ui.tasks.desk import Desk
from ui.widgets.message_bar import Kind
from ui.widgets.reason_dialog import ask_reason

_TOLD = (
    "列表、搜索和导出里的姓名、证件号、电话、住址平时只显示一部分。显示全名要有理由，理由和时间记入审计记录。"
)
_EVERYTHING = Changes.of(*Topic)


class NamesSwitch:
    """``turn()`` asks for a reason and opens, or covers what is open; ``say`` is the message bar's."""

    def __init__(self, window: QWidget, services: Services, desk: Desk) -> None:
        self._window, self._services, self._desk = window, services, desk

    def turn(self) -> tuple[str, Kind] | None:
        """What is to be said at once; None where it is said when it is done, or nothing is to be said."""
        services = self._services
        if services.actor.in_full:
            services.unmasking.cover_names()
            self._desk.committed.emit(_EVERYTHING)
            return "列表里的姓名已经遮住。", Kind.INFO
        if not services.actor.can(Permission.PERSON_UNMASK):
            return missing(Permission.PERSON_UNMASK), Kind.WARN
        reason = ask_reason(self._window, "显示姓名", _TOLD, "显示", privacy_rules().lists.reasons)
        if reason:
            self._desk.command(
                lambda: services.unmasking.show_names(services.actor, reason),
                touches=_EVERYTHING,
                owner=self._window,
            )
        return None
