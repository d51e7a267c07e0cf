"""会议服务器: where the centre's video server is, its secret, and a way to try it."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit

from mediation_desk.cases.meetings import Setting
from mediation_desk.hearings.remote.meeting import ServerKind
from mediation_desk.hearings.remote.server import Answer
from mediation_desk.shared.errors import DeskError, InputError
from ui.fields.choice_field import ChoiceField
from ui.fields.field import Field
from ui.fields.text_field import TextField
from ui.screens.base import Context
from ui.theme import theme
from ui.tokens import Tone
from ui.widgets.buttons import button
from ui.widgets.card import Card
from ui.widgets.layout import row
from ui.widgets.message_bar import Kind
from ui.widgets.plain import PlainLabel
from ui.widgets.text import small
from ui.widgets.wrapping import WrappingRow

_ABOUT = (
    "远程调解用的会议服务器由本中心自己准备，调解台只做链接、记谁来过。不填就不用，也不会连接任何地方；"
    "填了，也只在按“试一下”“看谁在会议室里”时才连接它。"
)
_KEPT, _NONE = "密钥已经存好，不再显示；再存一次就换成新的。", "还没有密钥，链接不分人。"
_OUTSIDE = "密钥由管理员写在环境变量里，这里填的不起作用。"


class ServerCard(Card):
    """Three fields and a secret shown as dots; the secret is never read back."""

    def __init__(self, context: Context) -> None:
        super().__init__("会议服务器")
        self._context = context
        self._kind = Field("用哪一种", ChoiceField(ServerKind, empty="不用"), name="kind")
        self._url = Field("网址", TextField("https://meet.example.cn", longest=500), name="url")
        self._app = Field("App ID", TextField(longest=100), name="app_id")
        secret = TextField(longest=200)
        secret.setEchoMode(QLineEdit.EchoMode.Password)
        self._secret = Field("密钥", secret, name="secret", hint="和服务器上的 app_secret 一样，至少 32 位")
        fields = (("kind", self._kind), ("url", self._url), ("app_id", self._app), ("secret", self._secret))
        for name, field in fields:
            field.editor.setObjectName(f"server.{name}")
        self._kind.editor.setMinimumContentsLength(12)
        self._url.editor.setMinimumWidth(theme().px(260))
        self._state = small("", wrap=True)
        self._answer = PlainLabel("", wrap=True)
        self._answer.setObjectName("server.answer")
        self._answer.hide()
        self._save = button("存服务器", self._on_save_clicked)
        self._keep = button("存密钥", self._on_keep_clicked)
        self._try = button("试一下", self._on_try_clicked, symbol="refresh")
        for made, name in ((self._save, "save"), (self._keep, "keep"), (self._try, "try")):
            made.setObjectName(f"server.{name}")
        self.add(small(_ABOUT, wrap=True))
        place = WrappingRow(gap=12)
        for field in (self._kind, self._url, self._app):
            place.add(field)
        self.add(place)
        self.add(row(self._save, self._try, None))
        self.add(self._answer)
        self.add(row(self._secret, None))
        self.add(row(self._keep, None))
        self.add(self._state)
        self._kind.editor.edited.connect(self._show_fields)
        self.refresh()

    def refresh(self) -> None:
        """Read what is set."""
        self._context.desk.query(self._context.services.meetings.setting, self._show, owner=self)

    def _show(self, setting: Setting) -> None:
        self._kind.editor.set_value(setting.place.kind)
        self._url.editor.set_value(setting.place.url)
        self._app.editor.set_value(setting.place.app_id)
        self._state.setText(_OUTSIDE if setting.from_environment else _KEPT if setting.has_secret else _NONE)
        self._show_fields()

    def _show_fields(self) -> None:
        kind = self._kind.editor.value()
        jitsi = kind is ServerKind.JITSI
        self._url.setVisible(kind is not None)
        self._try.setEnabled(kind is not None)
        for part in (self._app, self._secret, self._keep, self._state):
            part.setVisible(jitsi)

    def _on_save_clicked(self) -> None:
        services = self._context.services
        kind, url, app = self._kind.editor.value(), self._url.editor.value(), self._app.editor.value()
        self._answer.hide()
        self._context.desk.command(
            lambda: services.meetings.set_server(services.actor, kind, url, app),
            lambda _none: self._on_kept("会议服务器已经存好。" if kind else "会议服务器已经去掉，不再使用。"),
            self._on_failed,
            owner=self,
        )

    def _on_keep_clicked(self) -> None:
        services, secret = self._context.services, self._secret.editor.value()
        self._secret.editor.set_value("")
        self._context.desk.command(
            lambda: services.meetings.set_secret(services.actor, secret),
            lambda _none: self._on_kept("密钥已经存好。" if secret else "密钥已经去掉。"),
            self._on_failed,
            owner=self,
        )

    def _on_kept(self, sentence: str) -> None:
        self._context.say(sentence, Kind.SUCCESS)
        self.refresh()

    def _on_failed(self, error: BaseException) -> bool:
        if not isinstance(error, InputError):
            return False
        named = {"url": self._url, "app_id": self._app, "secret": self._secret}
        if error.field in named:
            named[error.field].set_error(error.message)
            return True
        return False

    def _on_try_clicked(self) -> None:
        services = self._context.services
        self._try.set_busy(True)
        self._context.desk.render(  # beside the queue: the network may be slow
            lambda: services.meetings.check(services.actor),
            self._show_answer,
            self._on_try_failed,
            owner=self,
            slot="try",
        )

    def _show_answer(self, answer: Answer) -> None:
        self._try.set_busy(False)
        self._answer.set_tone(Tone.DONE if answer.good else Tone.SEAL)
        self._answer.setText(answer.sentence)
        self._answer.show()

    def _on_try_failed(self, error: BaseException) -> bool:
        if isinstance(error, DeskError):
            self._show_answer(Answer(good=False, sentence=error.message))
            return True
        self._try.set_busy(False)
        return False
