"""Names drawn on a screen for the chosen paper: whose, when, still bound or not; the variant that shows them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from mediation_desk.cases.ink.mark import Handwriting
from mediation_desk.cases.ink.tray import Tray
from mediation_desk.shared.changes import Changes, Topic
from ui.screens.case_page.tab import Page
from ui.widgets.buttons import link
from ui.widgets.layout import column, row
from ui.widgets.message_bar import Kind
from ui.widgets.text import small

_MOST = 6


class DrawnPart(QWidget):
    """``ink.drawn.show`` shows the variant in the pane, ``ink.drawn.write`` saves it."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self._tray: Tray | None = None
        self._words = small(wrap=True)
        self._words.setObjectName("ink.drawn")
        show = link("看带手写的一份", self._on_show, symbol="paper")
        show.setObjectName("ink.drawn.show")
        write = link("存成文件", self._on_write, symbol="export")
        write.setObjectName("ink.drawn.write")
        write.setAccessibleName("把带手写的一份存成文件")
        self.setLayout(column(self._words, row(show, write, None), gap=2))

    def show_tray(self, tray: Tray | None) -> None:
        """What stands on this paper in this wording."""
        self._tray = tray
        drawn = drawn_on(self._page, tray)
        self.setVisible(bool(drawn))
        names = "、".join(f"{one.name}（{one.at.astimezone():%m-%d %H:%M}）" for one in drawn[:_MOST])
        more = f"等 {len(drawn)} 人" if len(drawn) > _MOST else ""
        self._words.setText(f"屏幕手写：{names}{more}。不是可靠的电子签名，纸上仍然待签。")

    def _on_show(self) -> None:
        if self._tray is not None:
            self._page.show_signed(self._tray.form, self._tray.paper_no - 1)
            self._page.open_pane()

    def _on_write(self) -> None:
        tray, services = self._tray, self._page.context.services
        if tray is None:
            return
        key, folder = self._page.view.file.case_key, services.settings.papers
        form, part = tray.form, tray.paper_no - 1

        def do() -> tuple[Path, ...]:
            return services.printing.write_signed(
                services.actor, key, form, ("pdf", "docx"), folder, part=part
            )

        touched = Changes.of(Topic.DOCUMENTS, case_key=key)
        self._page.context.desk.command(do, self._on_written, touches=touched, owner=self)

    def _on_written(self, paths: tuple[Path, ...]) -> None:
        names = "、".join(path.name for path in paths)
        self._page.context.say(f"已存成 {names}，在 {paths[0].parent}。", Kind.SUCCESS)


def drawn_on(page: Page, tray: Tray | None) -> tuple[Handwriting, ...]:
    """Standing drawings of a paper in its wording."""
    if tray is None:
        return ()
    kept = page.view.file.beside.handwritings
    return tuple(one for one in kept if one.of(tray.form, tray.paper_no, tray.version))
