"""加数字印鉴: which paper, with which certificate; the password is asked each time and forgotten."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QLineEdit

from mediation_desk.documents.sealing.service import read_certificate
from mediation_desk.shared.changes import Changes, Topic
from mediation_desk.shared.errors import DeskError, InputError
from ui.fields.choice_field import ChoiceField
from ui.fields.text_field import TextField
from ui.screens.case_page.form import StepForm
from ui.screens.case_page.tab import Page
from ui.screens.case_page.view import CaseView
from ui.theme import theme
from ui.widgets.buttons import button
from ui.widgets.folder_action import open_folder
from ui.widgets.message_bar import Kind
from ui.widgets.text import small

_ABOUT = (
    "存成归档格式（PDF/A），再用本中心的证书签名，放进数据文件夹的 papers。"
    "页脚的框里是文字，不是印章的图样。密码用完就忘，不保存。"
)
_KINDS = "证书 (*.pfx *.p12)"
_USUAL = "agreement"
_WORD = 12  # letters of a title a closed list has room for


class SealForm(StepForm):
    """Seals one paper of the case. Only forms that may be sealed are offered."""

    code = "seal"

    def __init__(self, page: Page) -> None:
        super().__init__(page, "加数字印鉴", "加盖")
        self._titles: dict[str, str] = {}
        self._form = self.field(
            "文书", "paper", ChoiceField[str]((), word=lambda key: self._titles.get(key, key)), required=True
        )
        self._part = self.field("哪一份", "part", ChoiceField[tuple[int, str]]((), word=lambda one: one[1]))
        for choice in (self._form.editor, self._part.editor):
            choice.setMinimumContentsLength(_WORD)
        self._part.hide()
        self._path = self.field("证书文件", "certificate", TextField(longest=500), required=True)
        self._path.editor.setMinimumWidth(theme().px(260))
        self._pick = button("选证书", self._on_pick_clicked)
        self._pick.setObjectName("seal.pick")
        password = TextField(longest=200)
        password.setEchoMode(QLineEdit.EchoMode.Password)
        self._password = self.field("证书的密码", "password", password)
        self._reason = self.field("事由（不写就是文书的名称）", "reason", TextField(longest=60))
        self._place = self.field("地点", "place", TextField(longest=60))
        self.add(small(_ABOUT, wrap=True))
        self.line(self._form, self._part, None)
        self.line(self._path, self._password, None)
        self.line(self._reason, self._place, None)
        self.finish()
        self.deeds.insertWidget(0, self._pick)
        self.order(
            self._form.editor,
            self._part.editor,
            self._path.editor,
            self._password.editor,
            self._reason.editor,
            self._place.editor,
            self._pick,
        )
        self._form.editor.edited.connect(self._ask_parts)

    def offer(self, titles: dict[str, str]) -> None:
        """The forms that may be sealed, by key."""
        if titles == self._titles:
            return
        self._titles = titles
        first = not self._form.editor.count()
        self._form.editor.set_values(tuple(titles))
        if first:
            self._form.editor.set_value(_USUAL)
        self._ask_parts()

    def prefill(self, view: CaseView) -> None:
        """The certificate used last on this desk."""
        self._path.editor.set_value(self.page.context.preferences.certificate)
        for field in (self._password, self._reason, self._place):
            field.editor.set_value("")

    def send(self) -> None:
        """Seal it beside the desk's other work: a time stamp server may be slow."""
        form, part = self._form.editor.value(), self._part.editor.value()
        if form is None:
            raise InputError("请选要加盖的文书。", field="paper")
        path, password = self._path.editor.value(), self._password.editor.text()
        reason, place = self._reason.editor.value(), self._place.editor.value()
        if not path:
            raise InputError("请选证书文件。", field="certificate")
        services, key = self.page.context.services, self.page.view.file.case_key
        self._password.editor.set_value("")  # right or wrong, it stays nowhere
        self.submit_button.set_busy(True)
        self.page.context.desk.command(
            lambda: services.sealing.seal_into(
                services.actor,
                key,
                form,
                read_certificate(Path(path)),
                password,
                services.settings.papers,
                part=part[0] if part is not None else -1,
                reason=reason,
                place=place,
            ),
            lambda out: self._on_sealed(out, path),
            self._on_refused,
            touches=Changes.of(Topic.DOCUMENTS, case_key=key),
            owner=self,
            beside=True,
        )

    def _on_sealed(self, out: Path, certificate: str) -> None:
        self.page.context.preferences.certificate = certificate
        folder = out.parent
        self.page.context.say(
            f"已加数字印鉴，存成 {out.name}，在 {folder}。", Kind.SUCCESS, open_folder(folder)
        )
        self._on_done(out)

    def _on_refused(self, error: BaseException) -> bool:
        """Everything the desk can say is said here: nobody may try again with the password of before."""
        if self._on_failed(error):
            return True
        if not isinstance(error, DeskError):
            return False
        self._say(error.message)
        return True

    def _on_pick_clicked(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(self, "选证书", self._path.editor.value(), _KINDS)
        if name:
            self._path.editor.set_value(name)
            self.touch()
            self._password.editor.setFocus()

    def _ask_parts(self) -> None:
        """Papers of the form; one alone needs no choice."""
        form = self._form.editor.value()
        self._show_parts(())
        if form is None:
            return
        services, key = self.page.context.services, self.page.view.file.case_key
        self.page.context.desk.query(
            lambda: services.sealing.parts(services.actor, key, form),
            self._show_parts,
            owner=self,
            slot="parts",
        )

    def _show_parts(self, titles: tuple[str, ...]) -> None:
        several = len(titles) > 1
        named = tuple((no, f"第{no + 1}份 {title}") for no, title in enumerate(titles)) if several else ()
        self._part.editor.set_values(named)
        self._part.setVisible(several)
