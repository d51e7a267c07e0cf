"""附表: every member of a group with a mark; marks are set by keyboard and stored together (LR-19)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from mediation_desk.agreements.signing import Signing, SignWay
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.signing.annex import MemberLine, Stand, annex_gap, annex_lines
from mediation_desk.cases.steps.signing import MarkMembers
from mediation_desk.cases.steps.step import Step
from mediation_desk.shared.errors import DeskError
from ui.fields.date_field import DateField
from ui.fields.text_field import TextField
from ui.screens.case_page.tab import Page
from ui.screens.case_page.view import CaseView
from ui.screens.case_page.words import money
from ui.tables.record_model import Column
from ui.tables.record_table import RecordTable
from ui.tokens import Tone
from ui.widgets.buttons import button, primary
from ui.widgets.layout import boxed, column, row
from ui.widgets.plain import PlainLabel
from ui.widgets.text import small
from ui.widgets.wrapping import WrappingRow

_MOST_ROWS = 8
_TONES = {
    Stand.OPEN: Tone.QUIET,
    Stand.SIGNED: Tone.DONE,
    Stand.MANDATE: Tone.ACCENT,
    Stand.REFUSED: Tone.SEAL,
}
_HINT = "回车：签了，到下一人；空格：授权；退格：去掉标记。标好以后一次登记。"


class _AnnexTable(RecordTable[MemberLine]):
    """Enter, space and backspace mark the current member."""

    def __init__(self, columns: tuple[Column[MemberLine], ...], mark: Callable[[Stand], None]) -> None:
        super().__init__(
            "附表成员", columns, key=lambda line: line.member.ref, empty="名单还没有登记。", sortable=False
        )
        self._mark = mark

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Marks go on to the next member, so a roll of 118 is 118 keys."""
        marks = {
            Qt.Key.Key_Return: Stand.SIGNED,
            Qt.Key.Key_Enter: Stand.SIGNED,
            Qt.Key.Key_Space: Stand.MANDATE,
            Qt.Key.Key_Backspace: Stand.OPEN,
            Qt.Key.Key_Delete: Stand.OPEN,
        }
        stand = marks.get(Qt.Key(event.key()))
        if stand is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
            return
        self._mark(stand)
        self.selectRow(min(self.currentIndex().row() + 1, self.records.rowCount() - 1))


class AnnexPart(QWidget):
    """The roll of one group, with what the user has marked and not stored yet."""

    def __init__(self, page: Page, group: str) -> None:
        super().__init__()
        self._page, self._group = page, group
        self._marked: dict[str, Stand] = {}
        self._details: dict[str, Signing] = {}
        self._lines: tuple[MemberLine, ...] = ()
        self.setObjectName(f"annex.{group}")
        self._head = PlainLabel(wrap=True)
        self._head.setObjectName(f"annex.{group}.head")
        self.table = _AnnexTable(self._columns(), self._on_mark)
        self.table.setObjectName(f"annex.{group}.table")
        self._on = DateField()
        self._on.setObjectName(f"annex.{group}.on")
        self._on.setAccessibleName("附表签署或者授权的日期")
        self._save = primary("登记附表", self._on_save, symbol="check")
        self._save.setObjectName(f"annex.{group}.save")
        self._notice = PlainLabel(tone=Tone.SEAL, wrap=True)
        self._notice.hide()
        self._reason = TextField("为什么不签名", longest=60)
        self._scribe = TextField("代书人或者见证人", longest=20)
        self._instead = self._instead_row()
        self._instead.hide()
        deeds = (
            ("sign_rest", "其余都签了", lambda: self._rest(Stand.SIGNED)),
            ("mandate_rest", "其余都授权，代表人自己签", self._rest_by_mandate),
            ("instead", "这一人按指印代替签名", self._on_instead),
        )
        self._deeds = []
        for code, word, deed in deeds:
            made = button(word, deed)
            made.setObjectName(f"annex.{group}.{code}")
            self._deeds.append(made)
        deeds_row = WrappingRow(gap=8)
        for made in self._deeds:
            deeds_row.add(made)
        self.setLayout(
            column(
                self._head,
                self.table,
                deeds_row,
                self._instead,
                small(_HINT, wrap=True),
                row(None, self._on, self._save),
                self._notice,
                gap=6,
            )
        )

    def show_case(self, view: CaseView) -> None:
        """The roll as stored, marks not stored yet on top."""
        self._lines = annex_lines(view.file, self._group)
        stored = {line.member.ref: line.stand for line in self._lines}
        self._marked = {
            ref: stand
            for ref, stand in self._marked.items()
            if stored.get(ref, Stand.REFUSED) not in (stand, Stand.REFUSED)
        }
        if self._on.value() is None:
            concluded = view.file.outcome.concluded_on if view.file.outcome else view.today
            self._on.set_value(concluded)
        self.table.setFixedHeight(self.table.content_height(min(max(len(self._lines), 2), _MOST_ROWS)))
        self._show(view.file)

    def focus_first(self) -> None:
        """The first member who has not signed."""
        first = next((one for one in self._lines if self._stand(one) is Stand.OPEN), None)
        if first is not None:
            self.table.choose_key(first.member.ref)
        self.table.setFocus()

    def primary(self) -> QPushButton | None:
        """登记附表 while there are marks."""
        focused = QApplication.focusWidget()
        inside = focused is not None and self.isAncestorOf(focused)
        return self._save if inside and self._marked else None

    def _columns(self) -> tuple[Column[MemberLine], ...]:
        return (
            Column("代号", lambda line: line.member.ref, width=80, optional=True),
            Column("姓名", lambda line: line.member.name),
            Column("代表人", lambda line: "代表人" if line.member.is_representative else "", width=72),
            Column(
                "金额（元）",
                lambda line: money(sum(line.member.instalments, Decimal()) or line.member.gross),
                width=110,
                number=True,
                optional=True,
            ),
            Column("怎样", self._words, width=130, tone=lambda line: _TONES[self._stand(line)]),
            Column("日期", lambda line: line.on.isoformat() if line.on else "", width=100),
        )

    def _stand(self, line: MemberLine) -> Stand:
        return self._marked.get(line.member.ref, line.stand)

    def _words(self, line: MemberLine) -> str:
        ref = line.member.ref
        waits = "（待登记）" if ref in self._marked else ""
        if ref in self._details and self._stand(line) is Stand.SIGNED:
            return f"指印代签{waits}"
        return f"{self._stand(line)}{waits}"

    def _on_mark(self, stand: Stand) -> None:
        line = self.table.current()
        if line is None or line.stand is Stand.REFUSED:
            return
        self._details.pop(line.member.ref, None)
        self._set(line, stand)
        self._show(self._page.view.file)

    def _set(self, line: MemberLine, stand: Stand) -> None:
        if stand is line.stand:
            self._marked.pop(line.member.ref, None)
        else:
            self._marked[line.member.ref] = stand

    def _rest(self, stand: Stand) -> None:
        for line in self._lines:
            if self._stand(line) is Stand.OPEN:
                self._set(line, stand)
        self._show(self._page.view.file)
        self._save.setFocus()

    def _rest_by_mandate(self) -> None:
        for line in self._lines:
            if self._stand(line) is Stand.OPEN:
                self._set(line, Stand.SIGNED if line.member.is_representative else Stand.MANDATE)
        self._show(self._page.view.file)
        self._save.setFocus()

    def _on_instead(self) -> None:
        line = self.table.current()
        self._instead.setVisible(line is not None and line.stand is not Stand.REFUSED)
        self._reason.setFocus()

    def _on_instead_done(self) -> None:
        line = self.table.current()
        if line is None or not self._reason.value() or not self._scribe.value():
            self._say("请选一名成员，写明原因和代书人或者见证人。")
            return
        ref = line.member.ref
        self._details[ref] = Signing(
            ref=ref, ways=(SignWay.FINGERPRINT,), reason=self._reason.value(), scribe=self._scribe.value()
        )
        self._set(line, Stand.SIGNED)
        self._instead.hide()
        self._say("")
        self._show(self._page.view.file)
        self.table.setFocus()

    def _instead_row(self) -> QWidget:
        done = button("记在这一人上", self._on_instead_done)
        done.setObjectName(f"annex.{self._group}.instead_done")
        self._reason.setObjectName(f"annex.{self._group}.reason")
        self._scribe.setObjectName(f"annex.{self._group}.scribe")
        self._reason.setAccessibleName("按指印代替签名的原因")
        self._scribe.setAccessibleName("代书人或者见证人")
        return boxed(row(self._reason, self._scribe, done))

    def _show(self, file: CaseFile) -> None:
        self.table.show_records(self._lines)
        counts = {stand: sum(self._stand(one) is stand for one in self._lines) for stand in Stand}
        told = "，".join(f"{stand}{count}人" for stand, count in counts.items() if count)
        gap = annex_gap(file, self._group)
        state = "附表齐全，可以登记这一方签署。" if not gap else ""
        waits = f"有{len(self._marked)}人的标记待登记。" if self._marked else ""
        self._head.setText(f"附表（{file.name_of(self._group)}）：{told}。{waits}{state}")
        self._save.setEnabled(bool(self._marked))
        self._save.set_caption(f"登记附表（{len(self._marked)}人）" if self._marked else "登记附表")

    def _on_save(self) -> None:
        on = self._on.value()
        if on is None:
            self._say("请写明签署或者授权的日期。")
            self._on.setFocus()
            return
        self._say("")
        self._save.set_busy(True)
        self._page.take(self._steps(on), self._on_saved, self._on_failed, lambda _file: "附表已登记")

    def _steps(self, on: date) -> tuple[Step, ...]:
        def refs(stand: Stand) -> tuple[str, ...]:
            return tuple(ref for ref, marked in self._marked.items() if marked is stand)

        signed = refs(Stand.SIGNED)
        return (
            MarkMembers(
                group=self._group,
                on=on,
                signed=signed,
                mandated=refs(Stand.MANDATE),
                taken_back=refs(Stand.OPEN),
                details=tuple(detail for ref, detail in self._details.items() if ref in signed),
            ),
        )

    def _on_saved(self, _file: CaseFile) -> None:
        self._save.set_busy(False)
        self._marked, self._details = {}, {}
        self._show(self._page.view.file)

    def _on_failed(self, error: BaseException) -> bool:
        self._save.set_busy(False)
        if isinstance(error, DeskError) and error.exit_code in (2, 3):
            self._say(error.message)
            self._page.read_again()
            return True
        return False

    def _say(self, sentence: str) -> None:
        self._notice.setText(sentence)
        self._notice.setVisible(bool(sentence))
