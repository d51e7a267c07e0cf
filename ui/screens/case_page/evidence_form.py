"""Adding a piece of evidence: what F-09 asks, and the recording, screenshot or scan behind it."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout

from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.steps.evidence import AddEvidence, Recorded
from mediation_desk.cases.steps.step import Step
from mediation_desk.cases.vocabulary import EvidenceKind
from mediation_desk.hearings.model import Session
from mediation_desk.shared.errors import InputError, RuleError
from mediation_desk.shared.file_store import Kept
from mediation_desk.shared.uploads.keeping import put_checked
from ui.fields.choice_field import ChoiceField
from ui.fields.date_field import DateField
from ui.fields.field import Field
from ui.fields.text_field import NoteField, TextField
from ui.screens.case_page.editors import NumberField, TimeField
from ui.screens.case_page.form import StepForm
from ui.screens.case_page.next_step import ordinal
from ui.screens.case_page.tab import Page
from ui.screens.case_page.view import CaseView
from ui.widgets.buttons import button, link
from ui.widgets.layout import boxed, clear, column, row
from ui.widgets.text import line, small

_OUT, _AGREED, _SILENT = "不在里面", "在里面，同意", "在里面，没有同意"
_PICTURES = (".png", ".jpg", ".jpeg", ".webp", ".bmp", ".gif")
_SOUNDS = (".mp4", ".mkv", ".webm", ".mov", ".avi", ".mp3", ".wav", ".m4a", ".amr", ".ogg")
_NOTE = "录音录像和截图要有里面每个人的同意。文件复制一份存在数据文件夹里，按校验码存放，原来的文件不动。"
_PER_LINE = 3
_ZERO = Kept(sha256="0" * 64, size=0)


class EvidenceForm(StepForm):
    """``told`` comes from the worker that copies a file: how far it is."""

    code = "evidence"
    told = Signal(int, int)

    def __init__(self, page: Page) -> None:
        super().__init__(page, "添加证据", "添加")
        self._source: Path | None = None
        self._kept: Kept | None = None
        self._stop = threading.Event()
        self._name = self.field("名称", "name", TextField("例如 转账记录"), required=True)
        self._kind = self.field("种类", "kind", ChoiceField(EvidenceKind))
        by: ChoiceField[tuple[str, str]] = ChoiceField((), word=lambda one: one[1])
        self._by = self.field("谁提供的", "provided_by", by)
        self._copies = self.field("份数", "copies", NumberField(), required=True)
        self._pages = self.field("每份页数", "pages", NumberField(), required=True)
        self._on = self.field("收到日期", "on", DateField(), required=True)
        self._original = self.check_box("是原件", "original")
        self._proves = self.field("证明什么", "proves", NoteField("想用它证明什么", lines=2))
        self._file_words = line("没有附文件")
        self._file_words.setObjectName("evidence.file.words")
        self._pick = button("选文件", self._on_pick_clicked, symbol="evidence")
        self._pick.setObjectName("evidence.file.pick")
        self._drop = link("不附了", self._on_drop_clicked)
        self._drop.setObjectName("evidence.file.drop")
        self._halt = button("停止", self._stop.set)
        self._halt.setObjectName("evidence.file.stop")
        self._halt.hide()
        self.line(self._name, self._kind, self._by)
        self.line(self._copies, self._pages, self._on, None)
        self.add(self._original)
        self.add(self._proves)
        self.add(row(self._pick, self._file_words, self._drop, self._halt, None))
        self._about_file = boxed(self._build_about_file(), parent=self)
        self.add(self._about_file)
        self.finish()
        self.told.connect(self._on_told)
        self._session.editor.edited.connect(self._suggest_people)

    def subject(self, view: CaseView) -> object:
        """Each piece anew."""
        return view.file.case_key, len(view.file.evidence)

    def refresh_choices(self, view: CaseView) -> None:
        """Parties, mediators and the body; sessions of this case."""
        file = view.file
        people = [(party.ref, party.name) for party in file.parties]
        people += [(one.pool_no, one.name) for one in file.mediators]
        self._by.editor.set_values([*people, ("ORG", file.organisation.name)])
        self._session.editor.set_values(file.sessions)

    def prefill(self, view: CaseView) -> None:
        """One original of one page, received today, without a file."""
        self._name.editor.set_value("")
        self._kind.editor.set_value(EvidenceKind.DOCUMENT)
        self._by.editor.setCurrentIndex(0)
        self._copies.editor.set_value(1)
        self._pages.editor.set_value(1)
        self._on.editor.set_value(view.today)
        self._original.setChecked(True)
        self._proves.editor.set_value("")
        self._session.editor.set_value(None)
        self._show_people(view.file)
        self.take_file(None)

    def take_file(self, source: Path | None) -> None:
        """Attach this file; None attaches nothing."""
        self._source, self._kept = source, None
        self._about_file.setVisible(source is not None)
        self._drop.setVisible(source is not None)
        if source is None:
            self._file_words.setText("没有附文件")
            return
        try:
            about = source.stat()
        except OSError:
            self._file_words.setText(f"读不了 {source.name}")
            return
        made = datetime.fromtimestamp(about.st_mtime).astimezone()
        self._taken_on.editor.set_value(made.date())
        self._taken_at.editor.set_value(made.time().replace(second=0, microsecond=0))
        self._file_words.setText(f"{source.name}　{file_size(about.st_size)}")
        suffix = source.suffix.lower()
        if suffix in _SOUNDS:
            self._kind.editor.set_value(EvidenceKind.AUDIOVISUAL)
        elif suffix in _PICTURES:
            self._kind.editor.set_value(EvidenceKind.ELECTRONIC)
        if not self._name.editor.value():
            self._name.editor.set_value(source.stem[:100])
        self.touch()

    def steps(self) -> Sequence[Step]:
        """One `AddEvidence`."""
        on, kind, by = self._on.editor.value(), self._kind.editor.value(), self._by.editor.value()
        copies, pages = self._copies.editor.value(), self._pages.editor.value()
        if on is None or kind is None or by is None or copies is None or pages is None:
            raise InputError("请把带星号的都填上。", field="on")
        add = AddEvidence(
            name=self._name.editor.value(),
            kind=kind,
            provided_by=by[0],
            copies=copies,
            pages=pages,
            original=self._original.isChecked(),
            on=on,
            proves=self._proves.editor.value(),
            file=self._recorded() if self._source is not None else None,
        )
        add.demand_consent(self.page.view.file)
        return (add,)

    def send(self) -> None:
        """A file is copied first, beside the queue; nothing of it is on record until the step is taken."""
        try:
            steps = self.steps()
        except RuleError as error:
            self._on_failed(error)
            return
        source = self._source
        if source is None or self._kept is not None:
            self.submit_button.set_busy(True)
            self.page.take(steps, self._on_done, self._on_failed, base=self.base)
            return
        self._stop.clear()
        self._halt.show()
        self.submit_button.set_busy(True)
        context = self.page.context
        context.desk.command(
            lambda: put_checked(context.services.attachments, source, self._watch),
            self._on_copied,
            self._on_copy_failed,
            owner=self,
            beside=True,
        )

    def _watch(self, done: int, size: int) -> bool:
        """On the worker."""
        self.told.emit(done // 1024, size // 1024)  # a signal's int is small
        return not self._stop.is_set()

    def _on_told(self, done: int, size: int) -> None:
        if self._source is not None:
            self._file_words.setText(f"{self._source.name}　正在存入，{done * 100 // max(size, 1)} %")

    def _on_copied(self, kept: Kept) -> None:
        self._kept = kept
        self._halt.hide()
        if self._source is not None:
            self._file_words.setText(f"{self._source.name}　{file_size(kept.size)}，已存入")
        try:
            self.send()
        except InputError as error:
            self._on_failed(error)

    def _on_copy_failed(self, error: BaseException) -> bool:
        self._halt.hide()
        self.submit_button.set_busy(False)
        if self._source is not None:
            self._file_words.setText(self._source.name)
        return self._on_failed(error)

    def _recorded(self) -> Recorded:
        source, on, at = self._source, self._taken_on.editor.value(), self._taken_at.editor.value()
        if source is None or on is None or at is None:
            raise InputError("请写明是什么时候录的、截的。", field="taken_on")
        said = {ref: field.editor.value() for ref, field in self._people.items()}
        session = self._session.editor.value()
        return Recorded(
            kept=self._kept or _ZERO,
            name=source.name,
            taken_at=datetime.combine(on, at).astimezone(),
            by=self._taken_by.editor.value() or self.page.context.services.actor.display_name,
            session_no=session.no if session else None,
            recorded=tuple(ref for ref, word in said.items() if word != _OUT),
            consents=tuple(ref for ref, word in said.items() if word == _AGREED),
        )

    def _build_about_file(self) -> QVBoxLayout:
        self._taken_on = self.field("哪天录的、截的", "taken_on", DateField())
        self._taken_at = self.field("几点", "taken_at", TimeField())
        self._taken_by = self.field("谁录的、截的", "by", TextField("不填就是经办人"))
        session: ChoiceField[Session] = ChoiceField(
            (), word=lambda one: f"{ordinal(one.no)}调解", empty="不是调解会的录音录像"
        )
        self._session = self.field("哪一次调解的", "session_no", session)
        session.setMinimumContentsLength(12)
        self._people: dict[str, Field[ChoiceField[str]]] = {}
        self._in_it = column(gap=8)
        return column(
            row(self._taken_on, self._taken_at, self._taken_by, gap=12),
            row(self._session, None),
            boxed(self._in_it),
            small(_NOTE, wrap=True),
        )

    def _show_people(self, file: CaseFile) -> None:
        for ref in self._people:
            self.fields.pop(f"in.{ref}", None)
        clear(self._in_it)
        self._people = {}
        people = [(party.ref, party.name) for party in file.parties]
        people += [(one.pool_no, one.name) for one in file.mediators]
        for first in range(0, len(people), _PER_LINE):
            made = row(gap=12)
            for ref, name in people[first : first + _PER_LINE]:
                choice: ChoiceField[str] = ChoiceField((_OUT, _AGREED, _SILENT))
                self._people[ref] = self.field(name, f"in.{ref}", choice)
                made.addWidget(self._people[ref], 1)
            self._in_it.addLayout(made)

    def _suggest_people(self) -> None:
        """Of a session everybody is in it until somebody says otherwise; consent is never supposed."""
        chosen = self._session.editor.value() is not None
        for field in self._people.values():
            if chosen and field.editor.value() == _OUT:
                field.editor.set_value(_SILENT)

    def _on_pick_clicked(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(self, "选录音录像、截图或者扫描件", "", "")
        if name:
            self.take_file(Path(name))

    def _on_drop_clicked(self) -> None:
        self.take_file(None)


def file_size(size: int) -> str:
    """``3.2 MB``."""
    for unit, factor in (("GB", 1 << 30), ("MB", 1 << 20), ("KB", 1 << 10)):
        if size >= factor:
            return f"{size / factor:.1f} {unit}"
    return f"{size} 字节"
