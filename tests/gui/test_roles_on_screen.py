"""Every role gets a sensible window: a first screen it may see, and no screen that is refused when it is opened."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from mediation_desk.access.actor import Actor
from mediation_desk.access.permissions import TITLES, Permission
from mediation_desk.access.roles import role_rules
from mediation_desk.app import Desk as Opened
from mediation_desk.cases.lifecycle import State
from mediation_desk.shared.errors import InputError
from tests.gui.lock_world import case_in
from tests.gui.pressing import seen_buttons
from tests.gui.sitting import sitter
from ui.errors.presenter import Presenter
from ui.screens.case_page.asks import asked_by, asked_by_form
from ui.screens.case_page.header import NEXT
from ui.screens.case_page.screen import CasePage
from ui.screens.case_page.tabs import TABS
from ui.screens.registry import SCREENS


def _actor(desk: Opened, role: str) -> Actor:
    """Somebody of this role; a mediator is the one of the case that is looked at."""
    mediators = desk.cases.file(desk.actor, case_in(desk, State.MEDIATING)).mediators
    return Actor(
        account="u",
        display_name="某人",
        roles=(role,),
        pool_no=mediators[0].pool_no if role == "调解员" else "",
    )


@pytest.mark.parametrize("role", role_rules())
def test_every_screen_of_a_role_opens(
    qapp: QApplication, qtbot: QtBot, sample_desk: Opened, monkeypatch: pytest.MonkeyPatch, role: str
) -> None:
    refused: list[BaseException] = []
    monkeypatch.setattr(Presenter, "present", lambda _self, error, _retry=None: refused.append(error))
    actor, key = _actor(sample_desk, role), case_in(sample_desk, State.MEDIATING)
    names = {party.name for party in sample_desk.cases.file(sample_desk.actor, key).parties}
    seen: set[str] = set()
    silent: set[str] = set()
    offered: dict[str, Permission] = {}
    arguments = {"case": [f"{key}#{tab}" for tab in TABS], "correcting": [key], "board": [f"{key}#1"]}
    with sitter(qapp, qtbot, sample_desk, actor) as seated:
        window = seated.sit("u")
        first = window.screen_in_front()
        assert first is not None
        for spec in (one for one in SCREENS if one.is_for(actor)):
            for argument in arguments.get(spec.code, [""]):
                window.open_screen(spec.code, argument)
                qtbot.wait(10)
                page = window.screen_in_front()
                if isinstance(page, CasePage) and page.isEnabled():
                    seen |= {one.objectName() for one in seen_buttons(page)}
                    offered |= {
                        name: asked
                        for one in seen_buttons(page)
                        if (name := one.objectName()) and (asked := _asked(page, name)) and one.isEnabled()
                    }
                    silent |= {
                        one.objectName()
                        for one in seen_buttons(page)
                        if (asked := _asked(page, one.objectName()))
                        and not actor.can(asked)
                        and (one.isEnabled() or TITLES[asked] not in one.toolTip())
                    }
        if role == "记录员":  # records in other cases; this one does not exist for him
            refused = [one for one in refused if not isinstance(one, InputError)]
        assert refused == []
        assert {name: asked for name, asked in offered.items() if not actor.can(asked)} == {}
        assert silent == set(), "a button that is refused says which permission is missing"
        shown = role != "记录员" and actor.can(Permission.CASE_READ)
        assert bool(seen) is shown, "administrator and auditor see no case"
        if not shown:
            words = {one.text() for one in window.findChildren(QLabel)}
            assert not any(name in text for text in words for name in names)


def _asked(page: CasePage, name: str) -> Permission | None:
    return asked_by_form(page.header.next_form()) if name == NEXT else asked_by(name)


@pytest.mark.parametrize(
    ("role", "first"),
    [("系统管理员", "system"), ("审计员", "audit"), ("统计员", "statistics"), ("档案员", "today")],
)
def test_where_a_role_begins(
    qapp: QApplication, qtbot: QtBot, sample_desk: Opened, role: str, first: str
) -> None:
    actor = _actor(sample_desk, role)
    with sitter(qapp, qtbot, sample_desk, actor) as seated:
        window = seated.sit("u")
        front = window.screen_in_front()
        assert front is not None
        assert front.code == first
        search = window.findChild(QLineEdit, "search")
        assert isinstance(search, QLineEdit)
        assert search.isVisible() is actor.can(Permission.CASE_READ)
        window.open_screen("system")
        accounts = window.findChild(QPushButton, "system.accounts")
        assert (accounts is not None) is actor.can(Permission.ACCOUNT_MANAGE)
