"""A button of the case page asks what the act behind it asks: pressed by somebody who may do everything."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

import ui
from mediation_desk.access.actor import Actor
from mediation_desk.access.permissions import Permission
from mediation_desk.access.roles import Reach, RoleRule
from mediation_desk.app import Desk as Opened
from mediation_desk.cases.lifecycle import State
from tests.gui.lock_world import case_in
from tests.gui.pressing import press, seen_buttons, stored_nothing
from tests.gui.sitting import sitter
from tests.persistence import permission_matrix
from ui.screens.case_page.asks import asked_by
from ui.screens.case_page.paper_pane import PaperPane
from ui.screens.case_page.screen import CasePage
from ui.screens.case_page.tabs import TABS

STATES = (
    State.REGISTERED,
    State.SELECTING,
    State.PREPARING,
    State.MEDIATING,
    State.AGREED_UNSIGNED,
    State.PERFORMING,
    State.ARCHIVED,
)
FREE = {Permission.CASE_READ, Permission.DOCUMENT_PRINT, Permission.EXPERT_READ}
"""What everybody has who opens a case page as shipped; the test of roles says so."""


def forms() -> Iterator[tuple[str, str, set[Permission]]]:
    """Of each form of the case page: class, the code in its names, and what the steps and services it calls ask."""
    asks = tomllib.loads(permission_matrix.TABLE.read_text("utf-8"))["asks"]
    root = Path(ui.__file__).parent / "screens" / "case_page"
    for path in sorted(root.rglob("*.py")):
        for node in ast.parse(path.read_text("utf-8")).body:
            words = ast.unparse(node)
            code = re.search(r"\bcode(?:: \w+)? = f?'([^']+)'", words)
            if not isinstance(node, ast.ClassDef) or not node.name.endswith("Form") or code is None:
                continue
            made = set(re.findall(r"\b(\w+)\(", words)) | set(re.findall(r"services\.(\w+\.\w+)", words))
            called = {asked for act, asked in asks.items() if act.removeprefix("cases.perform ") in made}
            if called:
                yield node.name, re.sub(r"\{[^}]*\}", "1", code[1]), {Permission(one) for one in called}


def test_every_form_asks_what_its_steps_ask() -> None:
    found = list(forms())

    wrong = [
        (name, code, asked_by(f"{code}.submit"), called)
        for name, code, called in found
        if asked_by(f"{code}.submit") not in called
    ]

    assert wrong == []
    assert len(found) > 45


def test_no_button_asks_more_than_it_says(
    qapp: QApplication, qtbot: QtBot, sample_desk: Opened, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Some sixty names in seven states; printing, which everybody may, is pressed elsewhere."""
    everybody = RoleRule(name="全部", does="", can=frozenset(Permission), reach=Reach.BODY)
    monkeypatch.setattr("mediation_desk.access.actor.role_rules", lambda: {"全部": everybody})
    actor = Actor(account="u", display_name="某人", roles=("全部",))
    monkeypatch.setattr(PaperPane, "show_stored", lambda *_: None)  # nobody looks
    wrong: dict[str, set[Permission]] = {}
    pressed: set[str] = set()
    with sitter(qapp, qtbot, sample_desk, actor) as seated:
        window = seated.sit("u")
        for state in STATES:
            key = case_in(sample_desk, state)
            for tab in TABS:
                window.open_screen("case", f"{key}#{tab}")
                page = window.screen_in_front()
                assert isinstance(page, CasePage)
                with stored_nothing(monkeypatch, tmp_path) as demands:
                    for name in [one.objectName() for one in seen_buttons(page)]:
                        kind = re.sub(r"[A-Z]*\d+", "1", name)
                        if kind in pressed or not name or name.startswith(("papers.", "volume.", "inbox.")):
                            continue
                        pressed.add(kind)
                        button = next((one for one in seen_buttons(page) if one.objectName() == name), None)
                        asked = press(button, demands) - FREE - {asked_by(name)} if button else set()
                        if asked:
                            wrong[name] = asked
                        if window.screen_in_front() is not page:
                            window.open_screen("case", f"{key}#{tab}")
                        page.go(tab)

    assert wrong == {}
    assert len(pressed) > 60, pressed
