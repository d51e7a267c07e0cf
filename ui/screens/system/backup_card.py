"""备份: when the last was made, where the second lies, whether one could be restored, and the ways to do it now."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from mediation_desk.backups.memory import Last
from mediation_desk.backups.model import REASONS, Backup, Reason
from mediation_desk.backups.ports import Restored
from mediation_desk.backups.state import AWAY, NO_PLACE, TRIALS, State
from mediation_desk.shared.errors import DeskError
from ui.moments import show_moment
from ui.restoring.flow import RestoreFlow
from ui.screens.base import Context
from ui.sign.window import SignWindow
from ui.tokens import Tone
from ui.widgets.buttons import button
from ui.widgets.card import Card
from ui.widgets.facts import FactGrid
from ui.widgets.message_bar import Kind
from ui.widgets.plain import PlainLabel
from ui.widgets.text import small
from ui.widgets.waiting import WaitingPanel
from ui.widgets.wrapping import WrappingRow

_ABOUT = {
    False: "有改动时每小时自动备份一次，关窗口时再备一次，每份都打开核验过；每周自动试恢复一次。",
    True: (
        "数据在服务器上。有改动时每小时自动备份一次，开着的窗口里有一个做就行，存在那台电脑上；"
        "每份都从头读过、行数对过，每周自动再试读一次。恢复要数据库管理员用命令做，见手册“服务器”。"
    ),
}
_PASSED = {False: "通过，全部能恢复", True: "通过，从头读到尾，每张表的行数都对（没有真的恢复）"}
_NOT_HERE = "这台电脑不备份，由别的窗口备份：{trouble}"
_OUT_OF_SIGHT = "“{place}”在这台电脑上看不到；最近一次有窗口备份到那里：{moment}"


class BackupCard(Card):
    """What is due is done by the program itself; here it is done at once, and looked at."""

    def __init__(self, context: Context) -> None:
        super().__init__("备份")
        self._context = context
        self._served = bool(context.services.settings.server)
        self._trial = TRIALS[self._served]
        self._alarm = PlainLabel("", tone=Tone.SEAL, wrap=True)
        self._alarm.setObjectName("backup.alarm")
        self._alarm.hide()
        self.not_here = PlainLabel("", tone=Tone.SOON, wrap=True)
        self.not_here.setObjectName("backup.not_here")
        self.not_here.hide()
        facts = FactGrid()
        self.newest, self.second, self.drill = (PlainLabel("", wrap=True) for _ in range(3))
        for label, name in ((self.newest, "newest"), (self.second, "second"), (self.drill, "drill")):
            label.setObjectName(f"backup.{name}")
        facts.add("最近的备份", self.newest)
        facts.add("第二备份位置", self.second)
        facts.add(self._trial, self.drill)
        self._make = button("现在备份", self._on_make, symbol="archive")
        self._place = button("选第二备份位置", self._on_place)
        self._none = button("不用第二备份位置", lambda: self._on_placed(None))
        self._try = button(self._trial, self._on_try, symbol="check")
        self._restore = button("从备份恢复", self._on_restore)
        line = WrappingRow()
        named = zip((self._make, self._place, self._none, self._try, self._restore), _NAMES, strict=True)
        for made, name in named:
            made.setObjectName(f"backup.{name}")
            line.add(made)
        if self._served:
            self._restore.hide()
        self.waiting = WaitingPanel("步", "backup")
        self.waiting.hide()
        self.add(small(_ABOUT[self._served], wrap=True))
        for one in (self._alarm, self.not_here, facts, line, self.waiting):
            self.add(one)
        self.refresh()

    def refresh(self) -> None:
        """Read how the backups stand; a stick may be slow, so beside the queue."""
        self._context.desk.render(self._context.services.backups.state, self._show, owner=self, slot="state")

    def _show(self, state: State) -> None:
        for made in (self._make, self._try):
            made.setEnabled(not state.trouble)
        self._none.setVisible(state.second is not None)
        self._alarm.setText("\n".join(state.alarms))
        self._alarm.setVisible(bool(state.alarms))
        self.not_here.setText(_NOT_HERE.format(trouble=state.trouble))
        self.not_here.setVisible(bool(state.trouble and not state.alarms))
        self.newest.setText(_told_last(state.last))
        if state.second is None:
            self.second.setText(NO_PLACE)
        elif state.there:
            self.second.setText(f"{state.second}：{_told(state.second_newest)}")
        elif state.shared and state.reached is not None:
            moment = show_moment(state.reached)
            self.second.setText(_OUT_OF_SIGHT.format(place=state.second, moment=moment))
        else:
            self.second.setText(AWAY.format(place=state.second))
        self.second.set_tone(Tone.INK if state.there else Tone.SOON)
        drill = state.drill
        if drill is None:
            self.drill.setText("还没有试过。")
        else:
            how = f"没有通过：{drill.trouble}" if drill.trouble else _PASSED[self._served]
            self.drill.setText(f"{show_moment(drill.at)} {how}")
        self.drill.set_tone(Tone.SEAL if drill is not None and drill.trouble else Tone.INK)

    def _on_make(self) -> None:
        services = self._context.services
        actor, watch = services.actor, self.waiting.watch()
        self._begin("备份")
        self._context.desk.command(
            lambda: services.backups.make(actor, None, watch),
            self._on_made,
            self._on_failed,
            owner=self,
            beside=True,
        )

    def _on_made(self, made: Backup) -> None:
        self._end(f"备份好了，打开核验过：{made.path}", Kind.SUCCESS)

    def _on_try(self) -> None:
        services = self._context.services
        actor, watch = services.actor, self.waiting.watch()
        self._begin(self._trial)
        self._context.desk.command(
            lambda: services.backups.try_out(actor, watch),
            self._on_tried,
            self._on_failed,
            owner=self,
            beside=True,
        )

    def _on_tried(self, tried: Restored) -> None:
        if self._served:
            said = f"试读通过：从头读到尾，{tried.cases:,} 件案件、{tried.rows:,} 行数据，每张表的行数都对。"
        else:
            said = f"试恢复通过：{tried.cases:,} 件案件、{tried.attachments:,} 个附件都能恢复。"
        self._end(said, Kind.SUCCESS)

    def _on_place(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "第二备份位置：U盘或者别的磁盘上的文件夹")
        if chosen:
            self._on_placed(Path(chosen))

    def _on_placed(self, place: Path | None) -> None:
        services, actor = self._context.services, self._context.services.actor
        self._context.desk.command(
            lambda: services.backups.set_second(actor, place),
            lambda _none: self._on_place_kept(place),
            self._on_failed,
            owner=self,
        )

    def _on_place_kept(self, place: Path | None) -> None:
        self.refresh()
        if place is not None:
            self._on_make()

    def _on_restore(self) -> None:
        """In a window of its own: into another folder, this centre goes on meanwhile."""
        window = SignWindow()
        window.setParent(self.window(), Qt.WindowType.Window)
        window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        window.setWindowTitle("从备份恢复")
        services = self._context.services
        flow = RestoreFlow(
            services.restoring,
            self._context.desk.runner,
            window.show_page,
            services.settings.backups,
            None,
            window,
        )
        flow.given_up.connect(window.close)
        flow.restored.connect(window.close)
        flow.begin()
        window.show()

    def _begin(self, deed: str) -> None:
        self.waiting.begin(deed)
        self.waiting.show()
        for made in (self._make, self._try):
            made.setEnabled(False)

    def _end(self, sentence: str, kind: Kind) -> None:
        self.waiting.hide()
        self._context.say(sentence, kind)
        self.refresh()

    def _on_failed(self, error: BaseException) -> bool:
        if not isinstance(error, DeskError):
            return False
        self._end(error.message, Kind.ERROR)
        return True


_NAMES = ("make", "place", "none", "try", "restore")


def _told_last(last: Last | None) -> str:
    if last is None:
        return "还没有。"
    where = f"，在电脑“{last.machine}”上" if last.machine else ""
    return _words(last.made_at, last.reason, last.cases) + where


def _told(backup: Backup | None) -> str:
    if backup is None or backup.manifest is None:
        return "还没有。"
    return _words(backup.made_at, backup.manifest.reason, backup.manifest.cases)


def _words(made_at: datetime, reason: Reason, cases: int) -> str:
    return f"{show_moment(made_at)}，{REASONS[reason]}，{cases:,} 件案件，打开核验过"
