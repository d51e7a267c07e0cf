"""数据包 on screen: a signature is compared first, what both changed is decided, the password is told once."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QLineEdit

from mediation_desk.access.actor import COUNTER
from mediation_desk.app import Desk as Services
from mediation_desk.app import open_desk
from mediation_desk.cases.registering import registration_of
from mediation_desk.cases.steps.correcting import Correct
from mediation_desk.interchange.packages.model import Outcome, Side, Standing
from mediation_desk.settings import resolve
from tests.gui.typing import named
from tests.persistence.test_case_steps import REGISTER
from ui.main_window import MainWindow
from ui.screens.packages.screen import PackagesScreen

PASSWORD = "Kaixiang-77-men"


@pytest.fixture
def other(tmp_path: Path, sqlite_template: Path) -> Iterator[Services]:
    """Another centre."""
    (tmp_path / "other").mkdir()
    shutil.copyfile(sqlite_template, tmp_path / "other" / "desk.db")
    opened = open_desk(resolve(tmp_path / "other", practice=True))
    yield opened
    opened.close()


def correct(services: Services, key: str, facts: str) -> None:
    to = replace(registration_of(services.cases.file(COUNTER, key)), facts=facts)
    services.cases.perform(COUNTER, key, Correct(to=to, reason="写错了"))


def click(window: MainWindow, name: str) -> None:
    made = named(window, name)
    assert isinstance(made, QAbstractButton)
    assert made.isVisible(), name
    assert made.isEnabled(), name
    made.click()


def test_from_the_file_to_the_case(
    window: MainWindow, services: Services, other: Services, tmp_path: Path
) -> None:
    key = services.cases.register(COUNTER, REGISTER).case_key
    out, back = tmp_path / "out.mdpack", tmp_path / "back.mdpack"
    packed = services.packages.pack(COUNTER, (key,), out, reason="带到村里")
    other.packages.join(COUNTER, out, packed.code, trust=packed.fingerprint)
    correct(services, key, "柜台写的经过。")
    correct(other, key, "村里写的经过。")
    other.packages.pack(COUNTER, (key,), back, reason="带回来", password=PASSWORD)

    window.open_screen("packages")
    screen = window.screen_in_front()
    assert isinstance(screen, PackagesScreen)
    screen.take(back)
    password = named(window, "packages.password")
    assert isinstance(password, QLineEdit)
    password.setText(PASSWORD)
    click(window, "packages.look")
    assert other.packages.fingerprint(COUNTER) in screen._fingerprint.text()
    assert screen.table.current() is None
    click(window, "packages.trust")
    line = screen.table.current()
    assert line is not None
    assert (line.standing, [one.place for one in line.differences]) == (Standing.BOTH, ["/facts"])
    click(window, "packages.theirs")
    line = screen.table.current()
    assert line is not None
    assert line.differences[0].take is Side.THEIRS
    assert services.cases.file(COUNTER, key).facts == "柜台写的经过。"
    click(window, "packages.join")
    line = screen.table.current()
    assert line is not None
    assert line.outcome is Outcome.UPDATED
    joined = services.cases.file(COUNTER, key)
    assert joined.facts == "村里写的经过。"
    assert joined.beside.corrections[-1].changes[0].before == "柜台写的经过。"


def test_packing_tells_the_password_once(window: MainWindow, services: Services, tmp_path: Path) -> None:
    key = services.cases.register(COUNTER, REGISTER).case_key
    window.open_screen("packages", key)
    screen = window.screen_in_front()
    assert isinstance(screen, PackagesScreen)
    click_free = screen.packing
    click_free.write(tmp_path / "x.mdpack")
    assert not (tmp_path / "x.mdpack").exists()  # nobody said why
    reason = named(window, "packages.reason")
    assert isinstance(reason, QLineEdit)
    reason.setText("带到村里")
    click_free.write(tmp_path / "x.mdpack")
    assert (tmp_path / "x.mdpack").stat().st_size > 1000
