"""文书模板: upload, look at it with a real case, use it, go back; every version stays."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from mediation_desk.access.permissions import Permission
from mediation_desk.cases.paper_templates import Slot, Version
from mediation_desk.documents.form import Form
from mediation_desk.documents.registry import FORMS
from mediation_desk.documents.templates.service import SlotState
from mediation_desk.shared.changes import Changes, Topic
from mediation_desk.shared.track import Track
from ui.fields.choice_field import ChoiceField
from ui.fields.field import Field
from ui.fields.text_field import TextField
from ui.screens.base import Context, Screen
from ui.screens.templates import deeds
from ui.screens.templates.findings import FindingsCard
from ui.screens.templates.overview import OverviewCard
from ui.screens.templates.versions import VersionsCard
from ui.theme import theme
from ui.widgets.buttons import button, link, primary
from ui.widgets.folder_action import open_folder
from ui.widgets.layout import boxed, row
from ui.widgets.message_bar import Kind
from ui.widgets.paper_view import PaperView
from ui.widgets.text import small
from ui.widgets.wrapping import Wrapping

_ABOUT = (
    "自己的格式：在文字处理软件里排好版，把要填的地方写成 {字段名}，存成 .docx 传上来。"
    "可以拖一个文件到这里。没有启用模板的文书用内置的格式。"
)
_WORD = "Word 文档 (*.docx)"


class TemplatesScreen(Screen):
    """``templates.form``, ``.track`` and ``.body`` say which paper; the versions of it are below."""

    code = "templates"
    caption = "文书模板"
    topics = frozenset((Topic.CENTRE,))
    scrolled = True

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.setAcceptDrops(True)
        self._state: SlotState | None = None
        self.form: ChoiceField[Form] = ChoiceField(FORMS, word=_title)
        self.track: ChoiceField[Track] = ChoiceField(Track, empty="每一种都用")
        bodies = tuple(dict.fromkeys(body.name for _, body in context.services.centre.bodies))
        self.body_name: ChoiceField[str] = ChoiceField(bodies, word=str, empty="每个组织都用")
        self.note = TextField("例如 换了页眉", longest=200)
        self.case = TextField("不写就用最新的一件", longest=80)
        for name, editor in (
            ("form", self.form),
            ("track", self.track),
            ("body", self.body_name),
            ("note", self.note),
            ("case", self.case),
        ):
            editor.setObjectName(f"templates.{name}")
        self.upload = primary("上传模板", self._on_upload_clicked, symbol="evidence")
        self.upload.setObjectName("templates.upload")
        self.form.setMinimumContentsLength(16)
        self.track.setMinimumContentsLength(10)
        self.body_name.setMinimumContentsLength(14)
        self.case.setMinimumWidth(theme().px(200))
        self.primary, self.first = self.upload, self.form
        self.overview = OverviewCard()
        self.findings = FindingsCard()
        self.versions = VersionsCard()
        self.view = PaperView(context.desk, self)
        self.view.hide()
        self._arrange_parts()
        self._connect()
        self._settle()

    def slot(self) -> Slot:
        """What is chosen."""
        form, track = self.form.value() or FORMS[0], self.track.value()
        return Slot(form=form.key, track=track.value if track else "", body=self.body_name.value() or "")

    def refresh(self) -> None:
        """Read the versions of what is chosen."""
        services, slot = self.context.services, self.slot()
        self.context.desk.query(
            lambda: services.templates.state(services.actor, slot), self._show, owner=self, slot="state"
        )
        self.context.desk.query(
            lambda: services.templates.slots(services.actor),
            self.overview.show_states,
            owner=self,
            slot="overview",
        )

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take one file."""
        if self.upload.isEnabled() and len(event.mimeData().urls()) == 1:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """The same as choosing it."""
        urls = event.mimeData().urls()
        if len(urls) == 1 and urls[0].isLocalFile():
            event.acceptProposedAction()
            self.take_in(Path(urls[0].toLocalFile()))

    def take_in(self, path: Path) -> None:
        """Look through a file and keep it if it is good."""
        services, slot, note = self.context.services, self.slot(), self.note.value()
        self.upload.set_busy(True)
        self.context.desk.command(
            lambda: deeds.take_in(services, slot, path, note),
            self._on_taken_in,
            self._on_refused,
            touches=Changes.of(Topic.CENTRE),
            owner=self,
        )

    def _arrange_parts(self) -> None:
        fields = button("字段表", self._on_fields_clicked, symbol="paper")
        fields.setObjectName("templates.fields")
        starter = button("起始模板", self._on_starter_clicked, symbol="paper")
        starter.setObjectName("templates.starter")
        for one in (fields, starter, self.upload):
            self.top.addWidget(one)
        self.body.addWidget(small(_ABOUT, wrap=True))
        which = (
            Field("哪一种文书", self.form, name="form"),
            Field("哪一种调解", self.track, name="track"),
            Field("哪个组织", self.body_name, name="body"),
            Field("这一版改了什么", self.note, name="note"),
        )
        choice = Wrapping(gap=12)
        for field in which:
            choice.add(field)
        self.body.addWidget(boxed(choice))
        self.body.addWidget(self.findings)
        self.body.addWidget(self.versions)
        self.case.setAccessibleName("用哪一案看")
        look = link("看样子", self._on_try_clicked, symbol="paper")
        look.setObjectName("templates.try")
        self.body.addLayout(row(Field("用哪一案看", self.case, name="case"), look, None, gap=8))
        self.body.addWidget(self.overview)
        self.body.addStretch(1)

    def _connect(self) -> None:
        for editor in (self.form, self.track, self.body_name):
            editor.edited.connect(self._on_slot_changed)
        self.overview.table.chosen.connect(self._go_to)
        self.versions.use_wanted.connect(self._use)
        self.versions.save_wanted.connect(self._on_save_wanted)
        self.versions.table.chosen.connect(lambda _line: self._on_try_clicked())

    def _settle(self) -> None:
        may = self.context.services.actor.can(Permission.TEMPLATE_KEEP)
        self.upload.setEnabled(may)
        self.versions.allow(may=may)

    def _on_slot_changed(self) -> None:
        self.findings.clear()
        self.versions.forget()
        self.refresh()

    def _go_to(self, state: SlotState) -> None:
        """Show what a line of the overview is about."""
        slot = state.slot
        self.form.set_value(next(form for form in FORMS if form.key == slot.form))
        self.track.set_value(Track(slot.track) if slot.track else None)
        self.body_name.set_value(slot.body or None)
        self._on_slot_changed()

    def _show(self, state: SlotState) -> None:
        self._state = state
        self.versions.show_state(state)

    def _on_upload_clicked(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, "上传模板", "", _WORD)
        if path:
            self.take_in(Path(path))

    def _on_taken_in(self, arrived: deeds.Arrived) -> None:
        self.upload.set_busy(False)
        self.findings.show_findings(arrived.name, arrived.findings)
        if arrived.version is None:
            self.context.say(f"“{arrived.name}”没有存，要改的写在“检查结果”里。", Kind.WARN)
            return
        self.note.set_value("")
        self.context.say(
            f"“{arrived.name}”已存为第{arrived.version.no}版，还没有启用。看过样子再启用。", Kind.SUCCESS
        )
        self.versions.prefer(arrived.version)
        self.refresh()
        self._try(arrived.version)

    def _on_refused(self, error: BaseException) -> bool:
        self.upload.set_busy(False)
        return False

    def _use(self, version: Version | None) -> None:
        services, slot = self.context.services, self.slot()
        seen = self._state.seen if self._state else 0
        words = f"已启用第{version.no}版，从现在起打印的都用它。" if version else "已改回内置的格式。"
        self.context.desk.command(
            lambda: services.templates.use(services.actor, slot, version.id if version else None, seen),
            lambda _use: self.context.say(words, Kind.SUCCESS),
            touches=Changes.of(Topic.CENTRE),
            owner=self,
        )

    def _on_try_clicked(self) -> None:
        version = self.versions.version()
        if version is not None:
            self._try(version)

    def _try(self, version: Version) -> None:
        services, slot, key = self.context.services, self.slot(), self.case.value()
        self.context.show_pane(self.view, f"第{version.no}版的样子")
        self.context.desk.render(
            lambda: deeds.tried(services, slot, version, key),
            self.view.show_pdf,
            self._on_not_drawn,
            owner=self,
            slot="try",
        )

    def _on_not_drawn(self, error: BaseException) -> bool:
        self.view.show_pdf(None, getattr(error, "message", ""))
        return hasattr(error, "message")

    def _on_save_wanted(self, version: Version) -> None:
        self._save(version.name, partial(deeds.save_version, self.context.services, version))

    def _on_starter_clicked(self) -> None:
        form = self.form.value() or FORMS[0]
        self._save(
            f"{_title(form)}模板.docx", partial(deeds.save_starter, self.context.services, self.slot())
        )

    def _on_fields_clicked(self) -> None:
        self._save("模板字段表.docx", partial(deeds.save_field_table, self.context.services))

    def _save(self, name: str, write: deeds.Writer) -> None:
        start = self.context.services.settings.papers / name
        chosen, _ = QFileDialog.getSaveFileName(self, "存成文件", str(start), _WORD)
        if not chosen:
            return
        path = Path(chosen)
        self.context.desk.command(lambda: write(path), self._on_saved, owner=self)

    def _on_saved(self, path: Path) -> None:
        self.context.say(f"已存成 {path.name}，在 {path.parent}。", Kind.SUCCESS, open_folder(path.parent))

    def pane(self) -> tuple[str, QWidget] | None:
        """What was looked at last."""
        return None if self.view.pdf() is None else ("模板的样子", self.view)


def _title(form: Form) -> str:
    return form.titles[Track.PEOPLES]
