"""更正登记内容: the intake sheet with what is on file; what changes is shown before it is saved."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent, Qt
from PySide6.QtWidgets import QWidget

from mediation_desk.cases.beside import Change
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.registering import registration_of
from mediation_desk.cases.steps.correcting import Correct
from mediation_desk.cases.summary import Draft
from mediation_desk.shared.changes import Changes, Topic
from mediation_desk.shared.errors import ConflictError, DeskError, InputError
from ui.fields.field import Field
from ui.fields.text_field import TextField
from ui.screens.base import Context
from ui.screens.case_page.view import draft_key
from ui.screens.case_page.words import cut
from ui.screens.correcting.comparing import Comparison, compare, refs_of
from ui.screens.correcting.keeping import FORM, CorrectionKeeper, Kept, kept_in
from ui.screens.intake.putting_back import offer_back
from ui.screens.intake.sheet_screen import SheetScreen
from ui.screens.intake.words import Words, meant
from ui.screens.intake.words_of import words_of
from ui.screens.meeting_others import take_steps
from ui.tables.record_model import Column
from ui.tables.record_table import RecordTable
from ui.theme import theme
from ui.tokens import Tone
from ui.widgets.buttons import button, link, primary
from ui.widgets.layout import row
from ui.widgets.plain import PlainLabel, plain_tooltip

_SETTLE_MS = 250
_MOST_ROWS = 4
_ROOM_FOR_TABLE, _BRIEF = 560, 14
_SAVED_MEANWHILE = "另一位工作人员刚刚保存了本案。您写的都在；按“更正”时把两边放在一起，改到同一处的由您选。"
_FIXED = ("intake.track", "intake.body")


@dataclass(frozen=True, slots=True)
class OnFile:
    """One reading: the case, and the correction that was begun."""

    file: CaseFile
    draft: Draft | None


class CorrectingScreen(SheetScreen):
    """Opened with the key of a case. Ctrl+Enter corrects, Esc goes back; words left here are kept."""

    code = "correcting"
    caption = "更正登记内容"
    topics = frozenset((Topic.CASES,))

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._key = ""
        self._file: CaseFile | None = None
        self._shown: Words = {}
        self._refs: tuple[str, ...] = ()
        self._comparison: Comparison | None = None
        self._which = PlainLabel(role="quiet")
        self.reason = TextField("为什么更正，例如：身份证号抄错一位", longest=200)
        self._reason_field = Field("更正的理由", self.reason, name="reason", required=True)
        self._table: RecordTable[Change] = RecordTable(
            "要更正的内容",
            _COLUMNS,
            empty="还没有改动。改过的每一项会列在这里：原来是什么，改为什么。",
            sortable=False,
        )
        self._said = PlainLabel(tone=Tone.SEAL, wrap=True)
        self._brief = PlainLabel(role="small", wrap=True)
        self._brief.setObjectName("correct.brief")
        self._again = link("重新填", self._fill_anew)
        self._back = button("不改了  Esc", self.give_up)
        self._correct = primary("更正  Ctrl+Enter", self.correct)
        self.primary = self._correct
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._keeper = CorrectionKeeper(context, self._kept, self)
        self._lay_out()
        self._settle.timeout.connect(self._compare)
        self.sheet.edited.connect(self._on_edited)
        self.sheet.taken_out.connect(lambda name, back: offer_back(context, name, back))
        self.reason.edited.connect(self._on_edited)
        self.setEnabled(False)

    # Screen

    def open(self, argument: str) -> None:
        """Begin, or go on, with this case."""
        if argument and argument != self._key:
            self._leave()
            self._key, self._file = argument, None
            self.setEnabled(False)
        self._stale = True

    def refresh(self) -> None:
        """Read the case and what was begun."""
        if not self._key:
            return
        services, key = self.context.services, self._key

        def read() -> OnFile:
            file = services.cases.view(services.actor, key)
            wanted = draft_key(file.case_key, FORM)
            drafts = services.cases.drafts(services.actor)
            return OnFile(file, next((draft for draft in drafts if draft.key == wanted), None))

        self.context.desk.query(read, self._show, owner=self)

    def notice(self, changes: Changes) -> None:
        """Only what concerns this case is read again."""
        if changes.case_key in (None, self._key):
            super().notice(changes)

    def where(self) -> str:
        """The case that is being corrected."""
        return self._key

    def about(self) -> str:
        """The case."""
        return self._key

    def holds_words(self) -> bool:
        """Until it is corrected, or given up and kept as a draft."""
        return self._file is not None

    def may_leave(self) -> bool:
        """Leaving loses nothing."""
        self._leave()
        return True

    def escape(self) -> None:
        """Back to the case."""
        self.give_up()

    # What the user does

    def give_up(self) -> None:
        """Back to the case; what was typed is kept as a draft, unless nothing was."""
        self._leave()
        self.context.open_case(self._key, "overview")

    def correct(self) -> None:
        """Save what the table below shows, or say what is still wrong."""
        self._compare()
        found, file = self._comparison, self._file
        if found is None or file is None:
            return
        self.sheet.clear_errors()
        if found.problems:
            homeless = self.sheet.show_problems(dict(found.problems))
            self._say(homeless[0] if homeless else next(iter(found.problems.values())))
        elif found.refusal:
            self._say(found.refusal)
        elif not found.found:
            self._say("还没有改动任何一项。")
        elif not self._reason_field.check():
            self.reason.setFocus()
        else:
            self._submit(file, Correct(to=found.to, reason=self.reason.value()))

    # Inside

    def _submit(self, file: CaseFile, step: Correct) -> None:
        self._correct.set_busy(True)

        def done(saved: CaseFile) -> None:
            self._correct.set_busy(False)
            self._keeper.drop()
            self._file, self._shown = None, {}
            self.context.open_case(saved.case_key, "overview")

        def told(saved: CaseFile) -> str:
            return f"{step.sentence(saved)}。原来的内容留在更正记录里"

        take_steps(self.context, self, file, (step,), done, self._on_refused, told)

    def _on_refused(self, error: BaseException) -> bool:
        self._correct.set_busy(False)
        if isinstance(error, ConflictError):
            self._say(_SAVED_MEANWHILE)
        elif isinstance(error, InputError) and error.field == "reason":
            self._reason_field.set_error(error.message)
            self.reason.setFocus()
        elif isinstance(error, DeskError):
            self._say(error.message)
        else:
            return False
        return True

    def _show(self, found: OnFile) -> None:
        fresh = self._file is None
        newer = not fresh and self._file is not None and self._file.version != found.file.version
        if not (newer and self._is_touched()):  # else what was read stays what the words are compared with
            self._file = found.file
        self._key = found.file.case_key
        self._which.setText(f"{found.file.title}　{found.file.intake.number or found.file.case_key}")
        self.set_sensitive(found.file.beside.lock is not None)
        self.setEnabled(True)
        if fresh:
            self._begin(found)
        elif newer and self._is_touched():
            self._say(_SAVED_MEANWHILE)
        elif newer:
            self._fill_anew()
        self._compare()

    def _begin(self, found: OnFile) -> None:
        self._keeper.begin(found.file)
        self._fill_anew()
        if found.draft is not None:
            kept = kept_in(found.draft.content)
            self._shown, self._refs = kept.shown, kept.refs
            self.sheet.show_words(kept.words)
            self.reason.set_value(kept.reason)
            self.context.say("上次没写完的更正还在，接着写；不要了，按“重新填”。")
        self.first = self.sheet.first_editor()
        self.first.setFocus()

    def _fill_anew(self) -> None:
        """What is on file, as far as the sheet can show it; that reading is what changes are told against."""
        if self._file is None:
            return
        self.sheet.clear()
        self.sheet.show_words(words_of(registration_of(self._file)))
        self._shown, self._refs = self.sheet.words(), refs_of(self._file)
        self.reason.set_value("")
        self._reason_field.set_error("")
        self._say("")
        for name in _FIXED:
            if (fixed := self.sheet.findChild(QWidget, name)) is not None:
                fixed.setEnabled(False)
                plain_tooltip(fixed, "调解种类和单位用“转换调解种类”改")
        self._compare()

    def _compare(self) -> None:
        self._settle.stop()
        if self._file is None:
            return
        found = compare(
            self._file,
            self._shown,
            self.sheet.words(),
            self._refs,
            self.context.services.centre,
            self._today(),
        )
        self._comparison = found
        self._table.show_records(found.found)
        self._settle_room()
        self._again.setVisible(self._is_touched())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a low window the sheet needs the room of the table."""
        super().resizeEvent(event)
        self._settle_room()

    def _settle_room(self) -> None:
        found = self._comparison.found if self._comparison else ()
        low = self.height() < theme().px(_ROOM_FOR_TABLE)
        self._table.setVisible(not low)
        self._table.setFixedHeight(self._table.content_height(min(max(len(found), 2), _MOST_ROWS)))
        self._brief.setVisible(low and bool(found))
        self._brief.setText("；".join(_in_brief(change) for change in found[:_MOST_ROWS]))

    def _is_touched(self) -> bool:
        return meant(self.sheet.words()) != meant(self._shown) or bool(self.reason.value())

    def _kept(self) -> Kept:
        return Kept(self.sheet.words(), self._shown, self._refs, self.reason.value())

    def _on_edited(self) -> None:
        self._say("")
        self._settle.start()
        self._keeper.touched()

    def _leave(self) -> None:
        """What was typed is kept; where nothing is typed any more, nothing is left over."""
        if self._file is None:
            return
        if self._is_touched():
            self._keeper.keep()
        elif self._keeper.is_waiting():
            self._keeper.drop()
        self._file = None

    def _say(self, sentence: str) -> None:
        self._said.setText(sentence)
        self._said.setVisible(bool(sentence))

    def _lay_out(self) -> None:
        self.reason.setObjectName("correct.reason")
        self._table.setObjectName("correct.changes")
        self._said.setObjectName("correct.notice")
        self._back.setObjectName("correct.cancel")
        self._again.setObjectName("correct.again")
        self._correct.setObjectName("correct.submit")
        self._said.hide()
        if (ground := self.sheet.cares.parentWidget()) is not None:
            ground.hide()  # dangers have a place of their own and are not corrected here
        self.top.insertWidget(1, self._which)
        self.body.setSpacing(theme().px(8))
        self.body.addWidget(self.sheet, 1)
        self.body.addWidget(self._table)
        self.body.addWidget(self._brief)
        self.body.addWidget(self._said)
        deeds = row(self._reason_field, self._again, self._back, self._correct, gap=10)
        deeds.setStretch(0, 1)
        for one in (self._again, self._back, self._correct):
            deeds.setAlignment(one, Qt.AlignmentFlag.AlignBottom)
        self.body.addLayout(deeds)


def _in_brief(change: Change) -> str:
    return (
        f"{change.name}：{cut(change.before or '（空）', _BRIEF)} → {cut(change.after or '（空）', _BRIEF)}"
    )


_COLUMNS: tuple[Column[Change], ...] = (
    Column("要更正的", lambda change: change.name, width=190),
    Column("原来", lambda change: change.before or "（空）"),
    Column("改为", lambda change: change.after or "（空）"),
)
