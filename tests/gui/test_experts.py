"""The expert pool on screen: engaging a mediator."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QPushButton

from mediation_desk.app import Desk
from ui.main_window import MainWindow
from ui.screens.experts.screen import ExpertsScreen


def test_engaging_a_mediator(window: MainWindow, services: Desk) -> None:
    window.open_screen("experts")
    screen = window.screen_in_front()
    assert isinstance(screen, ExpertsScreen)
    screen.primary_action()
    number = screen.findChild(QLineEdit, "engage.pool_no")
    name = screen.findChild(QLineEdit, "engage.name")
    fields = screen.findChild(QLineEdit, "engage.specialties")
    submit = screen.findChild(QPushButton, "engage.submit")
    assert number is not None
    assert name is not None
    assert fields is not None
    assert submit is not None
    name.setText("钱和平")
    fields.setText("邻里，婚姻家庭")
    submit.click()
    assert services.experts.pool(services.actor) == ()
    number.setText("m07")
    submit.click()
    (entry,) = services.experts.pool(services.actor)
    assert (entry.card.pool_no, entry.card.name, entry.card.specialties) == (
        "M07",
        "钱和平",
        ("邻里", "婚姻家庭"),
    )
    assert screen.table.model().rowCount() == 1
