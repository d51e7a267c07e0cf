"""Who looks at a locked case stands faintly over the window, readable through, and no screen reader hears of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QAccessible, QColor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mediation_desk.access.actor import COUNTER
from mediation_desk.app import Desk as Services
from mediation_desk.cases.steps.locking import LockCase
from mediation_desk.shared.assets import read_text, use_rules_in
from tests.gui.case_page_driver import register
from tests.gui.sitting import sitter
from tests.gui.test_theme import TEXT_ON_GROUND, contrast
from ui.main_window import MainWindow
from ui.shell.who_looks import INK, WhoLooks
from ui.tokens import DARK, LIGHT, Tokens

CHIEF = replace(COUNTER, account="fuze", display_name="范主任", in_full=False, practice=False)


def over(window: MainWindow) -> WhoLooks:
    found = window.findChild(WhoLooks)
    assert isinstance(found, WhoLooks)
    return found


def locked_and_open(services: Services) -> tuple[str, str]:
    locked, plain = register(services), register(services)
    step = LockCase(reason="涉及隐私")
    services.cases.perform(services.actor, locked.case_key, step, version=locked.version)
    return locked.case_key, plain.case_key


def test_only_a_locked_case_is_marked(
    qapp: QApplication, qtbot: QtBot, services: Services, tmp_path: Path
) -> None:
    locked, plain = locked_and_open(services)
    with sitter(qapp, qtbot, services, CHIEF, COUNTER) as place:
        window = place.sit(CHIEF.account)
        mark = over(window)
        assert mark.words() == ""
        window.open_case(locked)
        assert "范主任" in mark.words()
        assert mark.geometry() == window.rect()
        before = window.grab().toImage()
        mark.hide()
        assert before != window.grab().toImage()
        mark.show()
        window.open_case(plain)
        assert mark.words() == ""
        window.open_case(locked)
        window.open_screen("today")
        assert mark.words() == ""
        # names in full on any list
        services_here = window.context.services
        services_here.unmasking.show_names(services_here.actor, "核对身份")
        window.open_screen("cases")
        assert mark.words()
        told = QAccessible.queryAccessibleInterface(window)
        heard = [told.child(at).object() for at in range(told.childCount())]
        assert window.centralWidget() in heard
        assert mark not in heard
        # in the practice centre everything is invented; and a centre may switch it off
        mark.settle(COUNTER, sensitive=True)
        assert mark.words() == ""
        own = read_text("rules/privacy.toml").replace("screen = true", "screen = false")
        (tmp_path / "privacy.toml").write_text(own, encoding="utf-8")
        use_rules_in(tmp_path)
        mark.settle(CHIEF, sensitive=True)
        assert mark.words() == ""
        use_rules_in(services.settings.folder / "rules")


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT_ON_GROUND)
def test_words_beneath_stay_readable(tokens: Tokens, text: str, ground: str) -> None:
    beneath = (_inked(getattr(tokens, one), tokens.ink) for one in (text, ground))
    assert contrast(*beneath) >= 4.5


def _inked(colour: str, ink: str) -> str:
    seen, above = QColor(colour), QColor(ink)
    parts = zip(
        (seen.red(), seen.green(), seen.blue()), (above.red(), above.green(), above.blue()), strict=True
    )
    return QColor(*(round(a * (1 - INK) + b * INK) for a, b in parts)).name()
