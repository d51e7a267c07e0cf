"""Pages that ask nothing of a visitor but to begin, to wait or to read."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal

from ui.tokens import Tone
from ui.widgets.layout import boxed
from ui.window.look import Look
from ui.window.page import Page
from ui.window.parts import BigButton, across, by_finger, down, sign, words

_HOW = (
    "先看看每一位调解员，再按愿意的先后点一点。不愿意的，可以划去。",
    "别的当事人看不到这里点了什么。",
    "点错了可以改。最后点了“选好了”，才算数。",
)
_ROOMY = 26
"""Lines of text on a screen from which the sentences may be larger than need be."""


class StartPage(Page):
    """Whose turn it is, and what will happen."""

    begun = Signal()
    asked_rule = Signal()

    def __init__(self, look: Look, party_label: str, *, run_off: bool) -> None:
        again = "第二轮：请在剩下的几位里再选一次" if run_off else "请您自己选一位调解员"
        super().__init__(look, again)
        self.body.addStretch(1)
        _picture(self)
        who = words(party_label, "name")
        who.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.body.addWidget(who)
        self.body.addSpacing(look.gap)
        roomy = look.height > look.text * _ROOMY
        for sentence in _HOW:
            line = words(sentence, "large" if roomy else "")
            line.setAlignment(Qt.AlignmentFlag.AlignCenter)
            self.body.addWidget(line)
        begin = BigButton("开始", self.begun.emit, kind="primary")
        begin.setObjectName("window.begin")
        begin.setProperty("huge", "true")
        self.body.addSpacing(look.gap)
        self.body.addLayout(across(0, None, begin, None))
        self.body.addStretch(1)
        rule = BigButton("怎样算出结果", self.asked_rule.emit)
        rule.setObjectName("window.rule")
        self.close_with(rule, back="")
        self.first = begin


class RestPage(Page):
    """The still start page between two parties: no name, and no way on without the staff."""

    def __init__(self, look: Look, sentence: str) -> None:
        super().__init__(look, "自己选调解员")
        self.body.addStretch(1)
        _picture(self)
        line = words(sentence, "large", Tone.QUIET)
        line.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.body.addWidget(line)
        self.body.addStretch(2)
        self.close_with(back="")


class ThanksPage(Page):
    """It is done. Goes away by itself."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, "选好了")
        self.body.addStretch(1)
        tick = sign("success", look.text * 5, Tone.DONE)
        self.body.addWidget(tick)
        for sentence in ("已经收好，请休息一会儿。", "大家都选完以后，工作人员会说明结果。"):
            line = words(sentence, "large")
            line.setAlignment(Qt.AlignmentFlag.AlignCenter)
            self.body.addWidget(line)
        self.body.addStretch(2)
        self.close_with(back="")


class RulePage(Page):
    """The published rule, in its own words."""

    def __init__(self, look: Look, sentences: tuple[str, ...]) -> None:
        super().__init__(look, "怎样算出结果")
        lines = [words(f"{number}. {sentence}") for number, sentence in enumerate(sentences, start=1)]
        area = by_finger(boxed(down(look.gap, *lines, None)), "怎样算出结果")
        self.body.addWidget(area, 1)
        self.close_with()


class StaffPage(Page):
    """After the right PIN on a window that had been wiped: go on with this party, or leave."""

    go_on = Signal()
    leave = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look, "工作人员", "刚才点过的已经存好，可以接着选。")
        resume = BigButton("接着选", self.go_on.emit, kind="primary")
        resume.setObjectName("window.resume")
        leave = BigButton("回到调解台", self.leave.emit)
        leave.setObjectName("window.leave")
        self.body.addStretch(1)
        self.body.addLayout(across(look.gap * 2, None, leave, resume, None))
        self.body.addStretch(2)
        self.close_with()
        self.first = resume


def _picture(page: Page) -> None:
    size = min(page.look.text * 5, page.look.height // 9)
    page.body.addWidget(sign("brand", size, Tone.ACCENT))
    page.body.addSpacing(page.look.gap)
