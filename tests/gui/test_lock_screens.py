"""S4: after lock nothing that was read or typed is left; after unlock everything typed stands where it stood."""

from __future__ import annotations

import pytest

from mediation_desk.app import Desk as Opened
from mediation_desk.cases.lifecycle import State
from tests.gui.left_behind import Looker
from tests.gui.lock_world import case_in, check_nothing_left, words_in, write_everywhere
from tests.gui.sitting import Sitter
from ui.screens.case_page.tabs import TABS
from ui.screens.registry import SCREENS


def write_on(seated: Sitter, code: str, argument: str) -> dict[str, str]:
    """Open a screen and type everywhere; holds on to nothing of the window itself."""
    seated.window.open_screen(code, argument)
    seated.settle()
    screen = seated.window.screen_in_front()
    assert screen is not None
    assert screen.code == code
    typed = write_everywhere(screen)
    seated.settle()
    return typed


def check_all_back(seated: Sitter, code: str, typed: dict[str, str]) -> None:
    front = seated.unlock().screen_in_front()
    assert front is not None
    assert front.code == code
    assert words_in(front) == typed


@pytest.mark.parametrize("code", [spec.code for spec in SCREENS if spec.code != "case"])
def test_screen(seated: Sitter, looker: Looker, sample_desk: Opened, code: str) -> None:
    argument = {
        "correcting": case_in(sample_desk, State.MEDIATING),
        "board": f"{case_in(sample_desk, State.MEDIATING)}#1",
        "work": "new",
    }.get(code, "")
    typed = write_on(seated, code, argument)
    seated.lock()
    check_nothing_left(seated, looker)
    check_all_back(seated, code, typed)


@pytest.mark.parametrize("tab", TABS)
def test_tab_of_a_case(seated: Sitter, looker: Looker, sample_desk: Opened, tab: str) -> None:
    key = case_in(sample_desk, State.MEDIATING)
    typed = write_on(seated, "case", f"{key}#{tab}")
    seated.lock()
    check_nothing_left(seated, looker)
    check_all_back(seated, "case", typed)
    assert seated.window.where() == f"{key}#{tab}"
