"""A dispute of a group from the counter to the last instalment, in the real window, with mouse and keys.

Run alone it leaves pictures: ``python -m tests.gui.group_walk OUT [wages|owners] [percent] [dark]``.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit

from mediation_desk.app import Desk as Services
from mediation_desk.app import open_desk
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.summary import CaseQuery
from mediation_desk.settings import resolve
from mediation_desk.shared.clock import local_moment
from tests.gui.group_shapes import SHAPES, Shape, write_roll
from ui.app import application, open_window
from ui.main_window import MainWindow
from ui.tour.hand import Hand, TourError
from ui.tour.main_job import SIZE


class MovingClock:
    """The desk's clock; the walk goes on to other days."""

    def __init__(self, on: date, at: time) -> None:
        self.now = local_moment(on, at)

    def __call__(self) -> datetime:
        """This moment."""
        return self.now

    def go_to(self, on: date, at: time = time(10)) -> None:
        """Another day."""
        self.now = local_moment(on, at)


class GroupWalk:
    """Each method is one stretch; ``pictures`` None takes none, which is faster."""

    def __init__(
        self,
        shape: Shape,
        services: Services,
        clock: MovingClock,
        window: MainWindow,
        roll: Path,
        pictures: Path | None = None,
    ) -> None:
        self.shape, self._services, self._clock, self._roll = shape, services, clock, roll
        self._window, self._pictures = window, pictures
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
        self.hand = Hand(app, window, window.context)
        self.key = ""
        self._shot = 0

    def run(self) -> CaseFile:
        """All of it; the file as it is at the end."""
        stretches: tuple[Callable[[], None], ...] = (
            self.register,
            self.accept,
            self.designate,
            self.plan,
            self.sit,
            self.freeze,
            self.compose,
            self.sign,
            self.confirm,
            self.perform,
            self.visit,
        )
        for stretch in stretches:
            stretch()
        return self.file

    @property
    def file(self) -> CaseFile:
        """As it is stored."""
        return self._services.cases.file(self._services.actor, self.key)

    @property
    def confirmed(self) -> bool:
        """Whether this shape goes to court."""
        return self.shape.members_sign

    def picture(self, name: str, hand: Hand | None = None) -> None:
        """What is on screen now."""
        self._shot += 1
        if self._pictures is not None:
            (hand or self.hand).picture(self._pictures / f"{self.shape.key}-{self._shot:02d}-{name}.png")

    def register(self) -> None:
        """The group with its sheet, the companies, the claim."""
        hand, shape = self.hand, self.shape
        hand.settle()
        hand.press("Ctrl+N")
        hand.pick("intake.track", shape.track)
        hand.settle()
        hand.pick("intake.body", shape.body)
        group_first = shape.group_side == "申请人"
        firms = 1 if group_first else 0
        for number, firm in enumerate(shape.firms, start=firms):
            prefix = f"intake.party.{number}"
            hand.write(f"{prefix}.name", firm.name)
            hand.settle()
            hand.pick(f"{prefix}.side", firm.side)
            hand.pick(f"{prefix}.kind", "法人")
            hand.write(f"{prefix}.id_no", firm.code)
            hand.write(f"{prefix}.phone", f"1380000{number:04d}")
            hand.write(f"{prefix}.address", "临江市清平区工业路31号")
            if not hand.names(f"{prefix}.legal.name"):
                hand.click(f"{prefix}.more")
            hand.write(f"{prefix}.legal.name", firm.head)
            hand.write(f"{prefix}.legal.position", "执行董事")
            if firm.agent:
                hand.click(f"{prefix}.add_agent")
                hand.write(f"{prefix}.agent.0.name", firm.agent)
                hand.pick(f"{prefix}.agent.0.gender", "女")
                hand.write(f"{prefix}.agent.0.phone", "13700000001")
                hand.write(f"{prefix}.agent.0.position", "项目经理")
                hand.pick(f"{prefix}.agent.0.authority", "特别授权")
                hand.write(f"{prefix}.agent.0.poa_on", shape.days[0].isoformat())
            hand.click(f"{prefix}.more")
            if number == 0 and not group_first:
                self._write_group(1)
        if group_first:
            self._write_group(0)
        hand.write("intake.facts", shape.facts)
        hand.write("intake.place", "临江市清平区")
        hand.write("intake.occurred_on", (shape.days[0] - timedelta(days=9)).isoformat())
        hand.write("intake.claim.0.item", shape.claim)
        hand.write("intake.claim.0.amount", f"{sum(shape.owed):f}")
        hand.pick("intake.category", shape.category)
        self.picture("intake")
        hand.click("intake.register")
        newest = self._services.cases.summaries(self._services.actor, CaseQuery(search=shape.firms[0].name))
        if not newest:
            raise TourError("the registration did not become a case")
        self.key = newest[0].case_key

    def _write_group(self, number: int) -> None:
        hand, shape, prefix = self.hand, self.shape, f"intake.party.{number}"
        hand.write(f"{prefix}.name", shape.group)
        hand.settle()
        hand.pick(f"{prefix}.side", shape.group_side)
        hand.pick(f"{prefix}.kind", "自然人群体")
        hand.settle()
        hand.write(f"{prefix}.phone", "13900000000")
        hand.write(f"{prefix}.address", "临江市清平区河湾路1号")
        QTimer.singleShot(0, self._window, self._choose_roll)
        hand.click(f"{prefix}.import")
        self._window.activateWindow()  # no window manager gives the keyboard back here
        hand.write(f"{prefix}.letter_on", shape.days[0].isoformat())

    def _choose_roll(self) -> None:
        """Type the path into the file dialog, as soon as it is there."""
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, QFileDialog):
            QTimer.singleShot(20, self._window, self._choose_roll)
            return
        name = dialog.findChild(QLineEdit)
        assert name is not None
        name.setText(str(self._roll))
        QTest.keyClick(name, Qt.Key.Key_Return)

    def accept(self) -> None:
        """The number, the period."""
        self.go("overview.accept")
        self.hand.click("accept.submit")
        self.picture("accepted")

    def designate(self) -> None:
        """Named by the body; every party accepts."""
        hand = self.hand
        self.go("choice.designate")
        hand.pick("designate.presiding", self.shape.mediator)
        for party in self.file.parties:
            hand.pick(f"designate.answer.{party.ref}", "接受")
        hand.click("designate.disclosure_usual")
        self.picture("designate")
        hand.click("designate.submit")
        if self.file.presiding is None:
            raise TourError("nobody was designated")

    def plan(self) -> None:
        """A room large enough, a guest all parties agree to, notices to everybody."""
        hand, shape = self.hand, self.shape
        self.go("sessions")
        hand.write("session.date", shape.days[1].isoformat())
        hand.write("session.start", f"{shape.starts:%H:%M}")
        hand.pick("session.room", shape.room)
        self.picture("plan")
        hand.click("session.submit")
        self.picture("planned")
        hand.click("sessions.guest")
        hand.write("guest.name", shape.guest[0])
        hand.write("guest.capacity", shape.guest[1])
        hand.pick("guest.relation", "有专门知识的人")
        for box in hand.names("guest.agreed."):
            hand.tick(box)
        self.picture("guest")
        hand.click("guest.submit")
        hand.click("summon.note")
        hand.pick("summon.way", "电话")
        hand.write("summon.proof", "通话记录，当日上午接通")
        self.picture("notices")
        hand.click("summon.submit")
        self.picture("told")

    def sit(self) -> None:
        """The hour in the room: everything at the keyboard."""
        hand, shape = self.hand, self.shape
        self._clock.go_to(shape.days[1], shape.starts)
        self.go("overview")
        self.go("sessions")
        self.picture("today")
        hand.click("sessions.board")
        hand.click("board.room")
        for code in ("identities", "recusal", "discipline", "rights", "guests", "open"):
            hand.find(f"opening.{code}")
            hand.press("Ctrl+M")
        hand.click("attendance.all")
        self.picture("board-opening")
        speaker, other = self._speakers()
        for line in self._talk(speaker, other):
            self.say(line)
        self.picture("board-talk")
        self.say(f"~@{other} 单方谈话的底线不外传")
        self.picture("board-private")
        self.say(f"@{speaker} !{shape.payers}>{shape.payees} {sum(shape.owed):f} {self._last_due} 一次付清")
        self.say(
            f"@{other} !{shape.payers}>{shape.payees} {shape.agreed:f} {self._last_due}"
            f" 分{len(shape.due)}期，各人金额见附表"
        )
        hand.press("Ctrl+J")
        for box in hand.names("board.asking.by."):
            hand.tick(box)
        self.picture("board-accept")
        hand.click("board.asking.submit")
        self.picture("board")

    def _speakers(self) -> tuple[str, str]:
        """A representative of the group, and who speaks for the other side."""
        firm = self.shape.firms[0]
        return self.shape.members[self.shape.chosen[0] - 1][0], firm.agent or firm.head

    def _talk(self, speaker: str, other: str) -> tuple[str, ...]:
        guest = self.shape.guest[0]
        return (
            f"@{speaker} ##欠了多少",
            "#1 我们每个人的数额都核对过",
            "*名单和逐人结算单",
            f"@{other} =人数和各人数额没有异议",
            f"@{guest} &依法可以由总包先行清偿" if self.confirmed else f"@{guest} .说明公共收益公示要求",
            f"@{speaker} ##怎样付",
            "#2 希望节前一次付清",
            f"@{other} 一次拿不出来，愿意分期",
        )

    @property
    def _last_due(self) -> str:
        return self.shape.due[-1].isoformat()

    def say(self, line: str) -> None:
        """One line at the board."""
        self.hand.write("board.line", line)
        QTest.keyClick(self.hand.find("board.line"), Qt.Key.Key_Return)
        self.hand.settle()

    def freeze(self) -> None:
        """From the board to the frozen record: shown large, read back, agreed to by everybody."""
        hand = self.hand
        hand.click("board.to_record")
        hand.pick("record.result", "调解成功")
        self.picture("record")
        hand.click("record.large")
        second = self._window.second.screen
        if second is None:
            raise TourError("the parties see nothing")
        hand.settle()
        if self._pictures is not None:
            self.picture("second", hand.at(second))
        second.close()
        hand.click("record.read")
        for party in self.file.parties:
            hand.click(f"record.agrees.{party.ref}")
        self.picture("record-read")
        hand.click("record.submit")
        self.picture("record-frozen")

    def compose(self) -> None:
        """The clause from the accepted offer, its annex shared out, a free clause, the checklist."""
        hand, shape = self.hand, self.shape
        self.go("agreement.compose")
        self.picture("offers")
        hand.click(hand.names("offer.")[0])
        hand.pick("clause.parts", f"分 {len(shape.due)} 期")
        hand.settle()
        for number, day in enumerate(shape.due, start=1):
            hand.write(f"clause.instalment.{number}.on", day.isoformat())
        self.picture("clause")
        hand.click("clause.save")
        hand.pick("annex.by", "按各人应得")
        hand.write("annex.percent", shape.percent)
        hand.click("annex.share")
        self.picture("annex")
        hand.click("clause.add")
        hand.pick("clause.kind", "行为")
        hand.settle()
        boxes = hand.names("clause.payer.")
        hand.tick(boxes[-1])
        hand.write("clause.what", "在付款以后五个工作日内逐人核对并公布到账清单")
        hand.write("clause.due_on", self._last_due)
        hand.click("clause.save")
        for box in hand.names("checklist.tick."):
            hand.tick(box)
        self.picture("checklist")
        hand.click("compose.submit")
        if self.file.agreement is None:
            raise TourError("no agreement")
        self.picture("composed")

    def sign(self) -> None:
        """Every member signs, or the representatives with everybody's mandate; then the places."""
        hand, ref = self.hand, self.shape.group_ref
        self.go("agreement.sign")
        self.picture("sign")
        hand.click(f"annex.{ref}.{'sign_rest' if self.shape.members_sign else 'mandate_rest'}")
        self.picture("sign-annex")
        hand.click(f"annex.{ref}.save")
        hand.click("sign.all")
        self.picture("signed")
        if self.file.effective_on is None:
            raise TourError("the agreement is not in force")

    def confirm(self) -> None:
        """Everybody's will, the application, the ruling."""
        hand = self.hand
        if not self.confirmed:
            return
        self._clock.go_to(date(2026, 2, 3))
        self.go("overview")
        self.go("performance")
        self.picture("promises")
        hand.click("confirm.wills.way")
        hand.click("wills.all")
        self.picture("wills")
        hand.click("wills.submit")
        hand.click("confirm.way")
        self.picture("apply")
        hand.click("confirm.submit")
        self._clock.go_to(date(2026, 2, 9))
        self.go("overview")
        self.go("performance")
        hand.click("confirm.way")
        hand.click("court_ruling.submit")
        self.picture("confirmed")

    def perform(self) -> None:
        """Instalment by instalment, the last part late."""
        hand, clause = self.hand, 1
        for number, (day, instalment, amount) in enumerate(self.shape.paid, start=1):
            self._clock.go_to(day)
            self.go("overview")
            self.go("performance")
            self.picture(f"due-{number}")
            name = f"perform.{clause}.{instalment}"
            hand.click(name)
            hand.write(f"{name}.amount", f"{amount:f}")
            hand.write(f"{name}.evidence", "代发清单")
            hand.click(f"{name}.submit")
        self.picture("paid")

    def visit(self) -> None:
        """What the parties say afterwards."""
        hand = self.hand
        self.go("performance.visit")
        for box in hand.names("visit.of."):
            hand.tick(box)
        hand.write("visit.situation", "款项全部付清，没有新的纠纷。")
        self.picture("visit")
        hand.click("visit.submit")
        self.picture("visited")

    def go(self, part: str) -> None:
        """Bring up a tab, with a form."""
        self._window.reload()
        self.hand.context.open_case(self.key, part)
        self.hand.settle()


def main(out: Path, key: str, percent: int, mode: str) -> None:
    """Walk with pictures."""
    shape = SHAPES[key]()
    out.mkdir(parents=True, exist_ok=True)
    clock = MovingClock(shape.days[0], time(9, 40))
    with tempfile.TemporaryDirectory() as folder:
        services = open_desk(resolve(Path(folder), practice=True), clock=clock)
        services.fill_sample()
        app = application()
        window = open_window(app, services)
        window.context.theme.set_percent(percent)
        window.context.theme.set_mode(mode)
        window.resize(*SIZE)
        window.show()
        window.activateWindow()
        try:
            roll = write_roll(shape, Path(folder) / "名单.xlsx")
            GroupWalk(shape, services, clock, window, roll, out).run()
        finally:
            window.grab().save(str(out / f"{shape.key}-last.png"))
            window.close()
            services.close()


if __name__ == "__main__":
    _given = dict(enumerate(sys.argv))
    main(Path(sys.argv[1]), _given.get(2, "wages"), int(_given.get(3, "100")), _given.get(4, "light"))
