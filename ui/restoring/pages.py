"""The three pages of restoring."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFileDialog,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QRadioButton,
)

from mediation_desk.backups.model import REASONS, Backup, Standing
from mediation_desk.backups.ports import Login, Restored
from ui.fields.text_field import TextField
from ui.moments import show_moment
from ui.sign.page import SignPage
from ui.sign.secret_field import SecretField
from ui.theme import theme
from ui.widgets.buttons import button, link, primary
from ui.widgets.layout import row
from ui.widgets.plain import PlainLabel
from ui.widgets.text import paragraph, small

_CHOOSE = "先插上放备份的U盘，选备份所在的文件夹。恢复从来不覆盖已有的数据。"
_OPEN = "备份是加密的，用备份那时的账号和口令打开；都忘了，用恢复单上的恢复码。"
_CLEAR = "这份备份没有加密，不用口令。"
_NONE = "这个文件夹里没有调解台的备份。请选名字叫“调解台备份-日期-时间”的那些文件夹所在的地方。"
_BROKEN = "这一份坏了，不能用。"


def told(backup: Backup) -> str:
    """One line of the list."""
    said = [show_moment(backup.made_at)]
    if backup.manifest is not None:
        said += [f"{backup.manifest.cases:,} 件案件", REASONS[backup.manifest.reason]]
    said.append(
        {
            Standing.GOOD: "写入时已核验",
            Standing.SEALED: "写入时已核验",  # finished, or it would have no name; its seal is looked at when opened
            Standing.BROKEN: "坏了",
            Standing.OLD: "以前版本的备份",
        }[backup.standing]
    )
    return "　".join(said)


class ChoosePage(SignPage):
    """``place_wanted(path)`` when another place is to be looked at, ``chosen(Backup)``, ``given_up``."""

    place_wanted = Signal(object)
    chosen = Signal(object)
    given_up = Signal()

    def __init__(self, place: Path) -> None:
        super().__init__("从备份恢复", _CHOOSE)
        self._place = place
        self._asked = False  # on a new computer nothing lies in the usual place, and that is no fault
        self._where = PlainLabel(str(place), wrap=True)
        browse = button("选文件夹", self._on_browse)
        browse.setObjectName("restore.browse")
        self.add(row(self._where, None, browse))
        self.list = QListWidget()
        self.list.setObjectName("restore.list")
        self.list.setAccessibleName("备份，新的在前")
        self.list.setMinimumHeight(theme().px(200))
        self.list.itemActivated.connect(lambda _item: self._on_next())
        self.add(self.list)
        made = primary("下一步", self._on_next)
        made.setObjectName("restore.next")
        self.finish(made)
        back = link("不恢复了", self.given_up.emit)
        back.setObjectName("restore.back")
        self.add(back)

    def show_backups(self, place: Path, backups: Sequence[Backup]) -> None:
        """What lies there."""
        self._place = place
        self._where.setText(str(place))
        self.list.clear()
        for one in backups:
            item = QListWidgetItem(told(one))
            item.setData(Qt.ItemDataRole.UserRole, one)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.say(_NONE if self._asked and not backups else "")

    def _on_browse(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "备份在哪个文件夹", str(self._place))
        if chosen:
            self._asked = True
            self.place_wanted.emit(Path(chosen))

    def _on_next(self) -> None:
        if not self.list.count():
            self.say(_NONE)
            return
        backup: Backup = self.list.currentItem().data(Qt.ItemDataRole.UserRole)
        if backup.standing is Standing.BROKEN:
            self.say(_BROKEN)
            return
        self.chosen.emit(backup)


class OpenPage(SignPage):
    """``entered(Login or None, folder)``, ``given_up`` back to the list."""

    entered = Signal(object, object)
    given_up = Signal()

    def __init__(self, backup: Backup, target: Path | None, *, sealed: bool) -> None:
        super().__init__(told(backup).split("　")[0], _OPEN if sealed else _CLEAR)
        self._target, self._sealed = target, sealed
        self.by_name, self.by_code = QRadioButton("账号和口令"), QRadioButton("恢复码")
        ways = QButtonGroup(self)
        for one in (self.by_name, self.by_code):
            ways.addButton(one)
        self.by_name.setChecked(True)
        self.by_code.setObjectName("restore.by_code")
        self.account, self.password = TextField(longest=64), SecretField()
        self.code = TextField("每 4 个一组，横线可以不写", longest=60)
        if sealed:
            self.add(row(self.by_name, self.by_code, None))
            self._named = (
                self.field("账号", "name", self.account),
                self.field("口令", "password", self.password),
            )
            self._coded = self.field("恢复码", "code", self.code)
            self.by_code.toggled.connect(self._show_way)
            self._show_way(False)
        else:
            for spare in (self.by_name, self.by_code, self.account, self.password, self.code):
                spare.setParent(self)
                spare.hide()
        self._where = PlainLabel("", wrap=True)
        self._where.setObjectName("restore.where")
        browse = button("换一个", self._on_browse)
        browse.setObjectName("restore.folder")
        self.add(row(small("恢复到"), self._where, None, browse))
        self._show_target()
        made = primary("恢复", self._on_enter)
        made.setObjectName("restore.do")
        self.finish(made)
        self.add(link("回到备份的列表", self.given_up.emit))

    def aim(self, folder: Path) -> None:
        """Restore there."""
        self._target = folder
        self._show_target()

    def _show_target(self) -> None:
        self._where.setText(str(self._target) if self._target else "请选一个空的文件夹")

    def _show_way(self, coded: bool) -> None:
        for field in self._named:
            field.setVisible(not coded)
        self._coded.setVisible(coded)
        (self.code if coded else self.account).setFocus()

    def _on_browse(self) -> None:
        chosen = QFileDialog.getExistingDirectory(
            self, "恢复到哪个文件夹（要空的）", str(self._target or Path.home())
        )
        if chosen:
            self.aim(Path(chosen))

    def _on_enter(self) -> None:
        self.say("")
        if self._target is None:
            self.say("请选恢复到哪个文件夹。")
            return
        if not self._sealed:
            self.entered.emit(None, self._target)
            return
        coded = self.by_code.isChecked()
        wanted = (
            (("code", self.code, "请写恢复码。"),)
            if coded
            else (
                ("name", self.account, "请写账号。"),
                ("password", self.password, "请写口令。"),
            )
        )
        for name, editor, sentence in wanted:
            if not editor.value():
                self.show_field_error(name, sentence)
                return
        login = (
            Login(secret=self.code.value(), code=True)
            if coded
            else Login(name=self.account.value(), secret=self.password.value())
        )
        self.entered.emit(login, self._target)


class ResultPage(SignPage):
    """How it goes, then what came of it: ``stopped`` while it runs, ``done``, ``again`` without what is lost."""

    stopped = Signal()
    done = Signal()
    again = Signal()

    def __init__(self, target: Path) -> None:
        super().__init__("正在恢复", "每个文件、每一页、每条审计记录都核对过才放进去。大的中心要几分钟。")
        self._target = target
        self._bar = QProgressBar()
        self._bar.setRange(0, 0)
        self._bar.setAccessibleName("正在恢复")
        self.result = paragraph("")
        self.result.setObjectName("restore.result")
        self.result.hide()
        self.anyway = button("缺的附件不要了，其余照样恢复", self.again.emit)
        self.anyway.setObjectName("restore.anyway")
        self.anyway.hide()
        for one in (self._bar, self.result, self.anyway):
            self.add(one)
        self._running = True
        made = primary("停止", self._on_pressed)
        made.setObjectName("restore.end")
        self.finish(made)

    def show_progress(self, part: int, whole: int) -> None:
        """How far it is, where that is known."""
        self._bar.setRange(0, whole if whole > 1 else 0)
        self._bar.setValue(part)

    def show_result(self, restored: Restored) -> None:
        """It is there."""
        said = [
            f"已恢复到“{self._target}”：{restored.cases:,} 件案件，{restored.attachments:,} 个附件，全部核对过。"
        ]
        if restored.lost:
            said.append(f"有 {len(restored.lost)} 个附件备份里已经没有，没有恢复。")
        if restored.anchor is not None:
            said.append(f"审计码是“{restored.anchor.text}”，请和最近的日结单对照。")
        self._end("恢复好了", "\n".join(said), "继续")

    def show_trouble(self, sentence: str, *, missing: bool) -> None:
        """Nothing was put there."""
        self.anyway.setVisible(missing)
        self._end("没有恢复", sentence, "回到备份的列表")

    def _end(self, name: str, sentence: str, verb: str) -> None:
        self._running = False
        self._bar.hide()
        self._title.setText(name)
        self.result.setText(sentence)
        self.result.setAccessibleName(sentence)
        self.result.show()
        if self.primary is not None:
            self.primary.setEnabled(True)
            self.primary.set_caption(verb)

    def _on_pressed(self) -> None:
        if self._running:
            self.stopped.emit()
            if self.primary is not None:
                self.primary.setEnabled(False)
        else:
            self.done.emit()
