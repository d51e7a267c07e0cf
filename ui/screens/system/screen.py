"""系统: what runs here, where the data lies, how it looks, which keys there are."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QSlider, QWidget

from mediation_desk.access.permissions import Permission
from ui.screens.base import Context, Screen
from ui.screens.system.backup_card import BackupCard
from ui.screens.system.server_card import ServerCard
from ui.theme import theme
from ui.tokens import MAX_PERCENT, MIN_PERCENT, STEP_PERCENT, Tone
from ui.widgets.buttons import button
from ui.widgets.card import Card
from ui.widgets.facts import FactGrid
from ui.widgets.key_grid import key_grid
from ui.widgets.layout import row
from ui.widgets.message_bar import Kind
from ui.widgets.plain import PlainLabel
from ui.widgets.text import small
from ui.widgets.wrapping import WrappingRow
from ui.window.pin_form import PinCard

_WAYS = (
    ("账号", "accounts", (Permission.ACCOUNT_MANAGE,)),
    ("编号登记簿", "numbers", (Permission.CASE_READ,)),
    ("回收站", "bin", (Permission.CASE_READ,)),
    ("个人信息请求", "requests", (Permission.PERSON_KEEP,)),
    ("数据包", "packages", (Permission.CASE_IMPORT, Permission.CASE_EXPORT)),
    ("文书模板", "templates", (Permission.CASE_READ, Permission.TEMPLATE_KEEP)),
    ("核对文书", "verify", (Permission.CASE_READ,)),
    ("以案定补", "subsidy", (Permission.STATISTICS_READ,)),
)
"""Where the buttons lead, and the permissions of which somebody needs one to go there."""
_HERE = "案件、文书和备份都在这个文件夹里，只有您本人的系统账户能读。"
_SERVED = "案件和附件在服务器上；文书和这台电脑做的备份在这个文件夹里，只有您本人的系统账户能读。"


class SystemScreen(Screen):
    """Appearance and text size take effect at once."""

    code = "system"
    caption = "系统"
    scrolled = True

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._size = QSlider(Qt.Orientation.Horizontal)
        self._size_words = PlainLabel()
        self._light, self._dark = QRadioButton("浅色"), QRadioButton("深色")
        self._group = QButtonGroup(self)
        self.body.addWidget(self._appearance())
        self.body.addWidget(self._facts())
        actor = context.services.actor
        self.body.addWidget(self._registers())
        if actor.can(Permission.CHOICE_HOLD):
            self.body.addWidget(PinCard(context))
        if actor.can(Permission.SYSTEM_MANAGE):
            self.body.addWidget(BackupCard(context))
            self.body.addWidget(ServerCard(context))
        keys = Card("按键")
        keys.add(key_grid())
        self.body.addWidget(keys)
        self.body.addStretch(1)
        self._size.valueChanged.connect(self._on_size_changed)
        self._group.buttonClicked.connect(self._on_mode_clicked)
        context.theme.changed.connect(self._show_appearance)
        self._show_appearance()

    def _appearance(self) -> QWidget:
        card = Card("外观")
        self._size.setRange(MIN_PERCENT // STEP_PERCENT, MAX_PERCENT // STEP_PERCENT)
        self._size.setPageStep(1)
        self._size.setAccessibleName("文字大小")
        self._size.setFixedWidth(theme().px(280))
        self.first = self._size
        self._group.addButton(self._light)
        self._group.addButton(self._dark)
        facts = FactGrid()
        facts.add("文字大小", row(self._size, self._size_words, None, gap=12))
        facts.add("明暗", row(self._light, self._dark, None, gap=12))
        card.add(facts)
        return card

    def _facts(self) -> QWidget:
        services = self.context.services
        card = Card("本机")
        facts = FactGrid()
        facts.add("版本", services.versions)
        engine = PlainLabel(wrap=True)
        engine.setObjectName("system.engine")
        self.context.desk.query(services.engine_text, engine.setText, owner=self, slot="engine")
        facts.add("存储", engine)
        facts.add("使用人", services.actor.display_name)
        facts.add("数据文件夹", str(services.settings.folder))
        card.add(facts)
        card.add(row(button("打开数据文件夹", self._on_folder_clicked, symbol="cases"), None))
        told = _SERVED if services.settings.server else _HERE
        card.add(small(told, Tone.QUIET, wrap=True))
        return card

    def _registers(self) -> QWidget:
        card = Card("登记簿")
        actor = self.context.services.actor
        ways = [(word, code) for word, code, needed in _WAYS if any(map(actor.can, needed))]
        if not ways:
            card.hide()
        buttons = [button(word, partial(self.context.open_screen, code)) for word, code in ways]
        for made, (_word, code) in zip(buttons, ways, strict=True):
            made.setObjectName(f"system.{code}")
        line = WrappingRow()
        for made in buttons:
            line.add(made)
        card.add(line)
        return card

    def _show_appearance(self) -> None:
        dark = self.context.theme.tokens.name == "dark"
        (self._dark if dark else self._light).setChecked(True)
        self._size.blockSignals(True)
        self._size.setValue(self.context.theme.percent // STEP_PERCENT)
        self._size.blockSignals(False)
        self._size_words.setText(f"{self.context.theme.percent} %")

    def _on_size_changed(self, step: int) -> None:
        self.context.theme.set_percent(step * STEP_PERCENT)

    def _on_mode_clicked(self) -> None:
        self.context.theme.set_mode("dark" if self._dark.isChecked() else "light")

    def _on_folder_clicked(self) -> None:
        folder = self.context.services.settings.folder
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
            self.context.say("这台电脑没有文件管理器，请按上面的路径打开。", Kind.WARN)
