"""恢复单: the code that opens the centre when nobody knows a password any more. It is shown this once."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QCheckBox

from ui.sign.page import SignPage
from ui.theme import theme
from ui.widgets.buttons import button, primary
from ui.widgets.layout import row
from ui.widgets.plain import PlainLabel
from ui.widgets.text import small

_TOLD = (
    "所有管理员都忘了口令时，只有它能打开这个中心。请打印，对折装袋，封口处两人签名，放进保险柜；"
    "没有打印机就照抄一张。不要存在电脑里、不要拍照。它只显示这一次，用过一次就换新的。"
)
_LINES = 4


class SheetPage(SignPage):
    """``kept`` when somebody says that the code is on paper, ``print_wanted`` to put it there."""

    kept = Signal()
    print_wanted = Signal()

    def __init__(self, code: str) -> None:
        super().__init__("恢复单", _TOLD)
        groups = code.split("-")
        shown = PlainLabel(
            "\n".join(("  ".join(groups[:_LINES]), "  ".join(groups[_LINES:]))), role="figure", wrap=True
        )
        shown.setFont(_fixed(theme().font(24)))
        shown.setAlignment(Qt.AlignmentFlag.AlignCenter)
        shown.setObjectName("sign.code")
        shown.setAccessibleName("恢复码：" + "，".join(groups))
        self.add(shown)
        self.add(small("每 4 个一组；没有字母 I、L、O、U，数字 0 和 1 是数字。", wrap=True))
        printing = button("打印", self.print_wanted.emit, symbol="print")
        printing.setObjectName("sign.print")
        self.done = QCheckBox("已经打印或者抄下，并收好了")
        self.done.setObjectName("sign.done")
        self.add(row(printing, None))
        self.add(self.done)
        made = primary("继续", self.kept.emit)
        made.setObjectName("sign.kept")
        made.setEnabled(False)
        self.done.toggled.connect(made.setEnabled)
        self.finish(made)


def _fixed(font: QFont) -> QFont:
    """Groups stand under groups: figures of one width, Chinese from the usual face."""
    mono = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).family()
    font.setFamilies([mono, *font.families()])
    return font
