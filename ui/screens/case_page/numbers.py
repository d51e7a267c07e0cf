"""A number of the case with its 显示: shown for a moment, once the reason is on record."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from mediation_desk.access.permissions import Permission
from mediation_desk.cases.privacy.rules import privacy_rules
from ui.screens.case_page.tab import Page
from ui.widgets.masked import MaskedText
from ui.widgets.reason_dialog import ask_reason

_TOLD = "完整的号码显示二十秒。理由和时间记入审计记录。"


def covered_number(
    page: Page, case_key: str, word: str, value: str, mask: Callable[[str], str]
) -> QWidget | str:
    """``value`` masked, with what opens it where the account may; "" for none."""
    if not value:
        return ""
    services = page.context.services
    if not (services.actor.in_full or services.actor.can(Permission.PERSON_UNMASK)):
        return mask(value)

    def ask_first(show: Callable[[], None]) -> None:
        if services.actor.in_full:
            show()
            return
        reason = ask_reason(shown.window(), f"显示完整的{word}", _TOLD, "显示", privacy_rules().lists.reasons)
        if reason:
            page.context.desk.command(
                lambda: services.unmasking.show_number(services.actor, case_key, word, reason),
                lambda _none: show(),
                owner=shown,
            )

    shown = MaskedText(word, value, mask, ask_first=ask_first)
    return shown
