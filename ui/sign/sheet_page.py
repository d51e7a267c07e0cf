"""恢复单: the code that opens the centre when nobody knows a password any more. It is shown this once."""

from __future__ import annotations

from PySide6.QtCore import QMarginsF, Qt, Signal
from PySide6.QtGui import QFont, QFontDatabase, QPageLayout, QTextDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QCheckBox

from mediation_desk.shared.clock import local_day, system_clock
from ui.sign.page import SignPage
from ui.theme import theme
from ui.widgets.buttons import button, primary
from ui.widgets.layout import row
from ui.widgets.plain import PlainLabel
from ui.widgets.text import small

_TOLD = (
    "所有管理员都忘了口令时，只有它能打开这个中心。请打印或者抄两份，封好，放进保险柜；不要存在电脑里、不要拍照。"
    "它只显示这一次，用过一次就换新的。"
)
_LINES = 4
_POINTS = 13


class SheetPage(SignPage):
    """``kept`` when somebody says that the code is on paper."""

    kept = Signal()

    def __init__(self, centre: str, code: str) -> None:
        super().__init__("恢复单", _TOLD)
        self._centre, self._code = centre, code
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
        printing = button("打印", self._on_print, symbol="print")
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

    def paper(self) -> str:
        """What is printed."""
        groups = self._code.split("-")
        return (
            f"调解台恢复单\n\n{self._centre}\n{local_day(system_clock()):%Y年%m月%d日}\n\n恢复码\n\n"
            f"{'    '.join(groups[:_LINES])}\n{'    '.join(groups[_LINES:])}\n\n"
            "用法：登录页按“忘了口令，用恢复单”，写上恢复码和管理员的账号，设一个新口令。\n"
            "用过以后程序会给出新的恢复单，这一张就作废。\n\n"
            "保管：封存两份，分开放；拆封要两个人在场并登记。\n\n保管人：____________　日期：____________\n"
        )

    def _on_print(self) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName("恢复单")
        printer.setPageMargins(QMarginsF(25, 25, 25, 25), QPageLayout.Unit.Millimeter)
        if QPrintDialog(printer, self).exec():
            document = QTextDocument()
            font = _fixed(QFont(theme().family))
            font.setPointSize(_POINTS)
            document.setDefaultFont(font)
            document.setPlainText(self.paper())
            document.print_(printer)


def _fixed(font: QFont) -> QFont:
    """Groups stand under groups: figures of one width, Chinese from the usual face."""
    mono = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).family()
    font.setFamilies([mono, *font.families()])
    return font
