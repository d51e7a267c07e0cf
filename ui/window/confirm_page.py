"""选好了: the whole choice once more in words; from here on it is sealed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from mediation_desk.cases.choosing.paper import BallotPaper
from ui.tokens import Tone
from ui.widgets.layout import boxed
from ui.window.choice import Choice
from ui.window.look import Look
from ui.window.page import Page
from ui.window.parts import BigButton, by_finger, down, words


class ConfirmPage(Page):
    """``sealed`` is the last word."""

    sealed = Signal()

    def __init__(self, look: Look, paper: BallotPaper, choice: Choice) -> None:
        title = "就这样选，对吗？" if choice.ranks else "一位也不选，对吗？"
        super().__init__(look, title, "点了“选好了”，这一轮就不能再改。")
        lines = [words(line, "large") for line in told(paper, choice)]
        sheet = QFrame()
        sheet.setProperty("card", "true")
        inner = down(look.gap, *lines)
        inner.setContentsMargins(look.text, look.text, look.text, look.text)
        sheet.setLayout(inner)
        note = "各方的选择合在一起，按公布的规则算出结果。"
        if not choice.ranks:
            note = "一位也不选，就很难选出大家都愿意的人。那时由中心指派，可以接受，也可以不接受。"
        content = down(look.gap * 2, look.gap, sheet, words(note, tone=Tone.QUIET), None)
        self.body.addWidget(by_finger(boxed(content), title), 1)
        self._seal = BigButton("选好了", self.sealed.emit, kind="primary")
        self._seal.setObjectName("window.seal")
        self.close_with(self._seal, back="再改改")

    def wait(self, waiting: bool) -> None:
        """While it is being stored it cannot be pressed again."""
        self._seal.setEnabled(not waiting)


def told(paper: BallotPaper, choice: Choice) -> tuple[str, ...]:
    """``第1：钱和（清平区人民调解委员会）``, then who is struck and who was not mentioned."""
    cards = {card.public.pool_no: card.public for card in paper.cards}
    lines = [
        f"第{place}：{cards[pool_no].name}（{cards[pool_no].organisation}）"
        for place, pool_no in enumerate(choice.ranks, start=1)
        if pool_no in cards
    ]
    silent = [one for one in cards if one not in choice.ranks and one not in choice.strikes]
    for word, numbers in (("不要", choice.strikes), ("没有点到", silent)):
        names = _names([cards[number].name for number in numbers if number in cards])
        if names:
            lines.append(f"{word}：{names}")
    return tuple(lines)


def _names(names: Sequence[str]) -> str:
    return "、".join(names)
