"""Hostile text is shown, never interpreted."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ui.theme import Theme
from ui.widgets.plain import PlainLabel, plain_box, plain_caption, plain_tip, plain_tooltip

HOSTILE = ("<img src=/etc/passwd>", "<b>粗</b>", "<a href='file:///'>点</a>", "&lt;b&gt;", "A & B", "一\n二")


@pytest.mark.parametrize("text", HOSTILE)
def test_a_label_shows_what_it_is_given(qtbot: QtBot, themed: Theme, text: str) -> None:
    label = PlainLabel(text, wrap=True)
    qtbot.addWidget(label)
    assert label.text() == text
    assert label.textFormat() is Qt.TextFormat.PlainText


@pytest.mark.parametrize("text", HOSTILE)
def test_tool_tips_and_boxes_are_literal(qtbot: QtBot, themed: Theme, text: str) -> None:
    label = PlainLabel()
    qtbot.addWidget(label)
    plain_tooltip(label, text)
    for tip in (label.toolTip(), plain_tip(text)):
        assert "<img" not in tip
        assert "<b>" not in tip
        assert "<a " not in tip
    box = plain_box(label, "题", text)
    assert box.textFormat() is Qt.TextFormat.PlainText


def test_a_cut_label_tells_its_whole_text(qtbot: QtBot, themed: Theme) -> None:
    label = PlainLabel("安和区人民调解委员会驻锦园社区第二调解室<b>")
    qtbot.addWidget(label)
    label.show()
    label.resize(60, 24)
    assert "第二调解室&lt;b&gt;" in label.toolTip()
    label.resize(2000, 24)
    assert label.toolTip() == ""


def test_direction_overrides_are_not_shown(qtbot: QtBot, themed: Theme) -> None:
    label = PlainLabel("张\u202e三")
    qtbot.addWidget(label)
    assert label.text() == "张三"


def test_an_ampersand_makes_no_shortcut() -> None:
    assert plain_caption("A&B") == "A&&B"
