"""Whether the chain holds: what the program saw when the screen opened, and the check of all of it on demand."""

from __future__ import annotations

from mediation_desk.audit.findings import Report
from mediation_desk.shared.errors import DeskError
from mediation_desk.shared.watching import Stopped
from ui.screens.base import Context
from ui.tokens import Tone
from ui.widgets.buttons import button
from ui.widgets.card import Card
from ui.widgets.layout import row
from ui.widgets.plain import PlainLabel
from ui.widgets.waiting import WaitingPanel

_MOST = 8  # findings told on the screen; all of them stand in the outcome of check --audit


class ChainCard(Card):
    """``audit.check`` checks every entry, beside the other work; it can be stopped."""

    def __init__(self, context: Context) -> None:
        super().__init__("审计链")
        self._context = context
        self.state = PlainLabel("正在核对最近的记录……", wrap=True)
        self.state.setObjectName("audit.state")
        self.waiting = WaitingPanel("条", "audit.check")
        self.waiting.hide()
        self.check = button("核对全部记录", self._on_check)
        self.check.setObjectName("audit.check")
        self.add(self.state)
        self.add(row(self.check, self.waiting, None))

    def read(self) -> None:
        """Check the newest entries and the anchors."""
        audit = self._context.services.audit
        self._context.desk.render(
            audit.check_tail,
            lambda report: self.show_report(report, f"最近{report.counts.entries}条"),
            owner=self,
            slot="tail",
        )

    def show_report(self, report: Report, what: str) -> None:
        """Tell the outcome; red only where something is wrong."""
        if report.sound:
            code = f"当前审计码 {report.head.text}" if report.head else "还没有记录"
            self._say(f"{what}完好，对照了{report.anchors}个审计码。{code}。", Tone.DONE)
            return
        told = [one.sentence for one in report.findings[:_MOST]]
        if len(report.findings) > _MOST:
            told.append(f"另有{len(report.findings) - _MOST}处。")
        self._say("\n".join((f"{what}有{len(report.findings)}处不对：", *told)), Tone.SEAL)

    def _say(self, words: str, tone: Tone) -> None:
        self.state.setText(words)
        self.state.set_tone(tone)

    def _on_check(self) -> None:
        services = self._context.services
        self.check.setEnabled(False)
        self.waiting.begin("核对审计记录")
        self.waiting.show()
        watch = self.waiting.watch()
        self._context.desk.render(
            lambda: services.audit.check(services.actor, watch=watch),
            self._on_checked,
            self._on_failed,
            owner=self,
            slot="check",
        )

    def _on_checked(self, report: Report) -> None:
        self._done()
        self.show_report(report, f"全部{report.counts.entries}条")

    def _on_failed(self, error: BaseException) -> bool:
        self._done()
        if isinstance(error, Stopped):
            self._context.say(error.message)
            return True
        if isinstance(error, DeskError):
            self._say(error.message, Tone.SEAL)
        return False

    def _done(self) -> None:
        self.waiting.hide()
        self.check.setEnabled(True)
