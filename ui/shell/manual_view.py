"""Shows a page of the manual in the side pane; the manual is our own text, never a record."""

from __future__ import annotations

from pathlib import PurePosixPath

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QTextBlockFormat, QTextCharFormat, QTextCursor, QTextFormat
from PySide6.QtWidgets import QTextBrowser, QWidget

from mediation_desk.shared.assets import asset
from ui.theme import theme
from ui.tokens import TYPE


class ManualView(QTextBrowser):
    """Markdown of the shipped manual; links stay inside."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("flat", "true")
        self.setAccessibleName("用户手册")
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        self.anchorClicked.connect(self._on_anchor_clicked)

    def show_page(self, markdown: str) -> None:
        """Show one page from its top, in the sizes of the desk."""
        self.setMarkdown(markdown)
        cursor = QTextCursor(self.document())
        block = self.document().begin()
        while block.isValid():
            cursor.setPosition(block.position())
            cursor.mergeBlockFormat(_spacing())
            if block.blockFormat().headingLevel():
                cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
                cursor.mergeCharFormat(_heading(block.blockFormat().headingLevel()))
            block = block.next()
        self.verticalScrollBar().setValue(0)

    def _on_anchor_clicked(self, url: QUrl) -> None:
        """A link to another page of the manual opens that page; there are no others."""
        page = manual_page(PurePosixPath(url.path()).stem)
        if page:
            self.show_page(page)


def manual_page(topic: str) -> str:
    """The manual's page for a screen code as Markdown; "" when there is none.

    Pages lie in ``docs/manual`` of a checkout and in ``resources/manual`` of an installed program.
    """
    for place in (asset("manual"), asset("").joinpath("..", "docs", "manual")):
        page = place.joinpath(f"{topic}.md")
        if page.is_file():
            return page.read_text("utf-8")
    return ""


def _spacing() -> QTextBlockFormat:
    made = QTextBlockFormat()
    made.setLineHeight(140, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    return made


def _heading(level: int) -> QTextCharFormat:
    made = QTextCharFormat()
    made.setProperty(QTextFormat.Property.FontSizeAdjustment, 0)
    made.setProperty(QTextFormat.Property.FontPixelSize, theme().px(TYPE.large if level == 1 else TYPE.body))
    return made
