"""The published rule of choosing, readable where it is applied."""

from __future__ import annotations

from PySide6.QtCore import Qt

from mediation_desk.experts.choice.published import published_rule
from ui.screens.case_page.choosing.fold import Fold
from ui.screens.case_page.tab import Page
from ui.tokens import Tone
from ui.widgets.layout import row
from ui.widgets.plain import PlainLabel
from ui.widgets.text import paragraph, small

_BASIS = "依据：人民调解法第十九条、第二十三条；本中心公布的规则，版本 {version}。"


def rule_fold(page: Page, name: str) -> Fold:
    """Folded: the sentences as published, numbered, with their basis."""
    fold = Fold("怎样产生结果？", name)

    def write() -> None:
        if fold.body.count():
            return
        rule = published_rule()
        for number, sentence in enumerate(rule.sentences, start=1):
            place = PlainLabel(f"{number}．", tone=Tone.QUIET)
            line = row(place, paragraph(sentence), gap=4)
            line.setStretch(1, 1)
            line.setAlignment(place, Qt.AlignmentFlag.AlignTop)
            fold.body.addLayout(line)
        fold.body.addWidget(small(_BASIS.format(version=rule.version), wrap=True))

    fold.opened.connect(write)
    fold.opened.connect(lambda: page.bring_into_view(fold))
    return fold
