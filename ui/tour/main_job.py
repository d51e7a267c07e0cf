"""One dispute from the counter to the statistics, done with mouse and keys on the shipped example."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from mediation_desk.agreements.model import Clause, ClauseKind
from mediation_desk.cases.choosing.window_rules import window_rules
from mediation_desk.cases.lifecycle import State
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.summary import CaseQuery
from mediation_desk.documents.printing import Job
from mediation_desk.interchange.reader import read_case
from mediation_desk.parties.model import Party
from mediation_desk.shared.assets import read_text
from mediation_desk.shared.errors import StorageError
from mediation_desk.shared.files import atomic_write
from mediation_desk.statistics.model import Period
from mediation_desk.statistics.render import to_json, to_xlsx
from ui.app import application, open_window
from ui.services import Services
from ui.tour.hand import Hand, TourError
from ui.window.narrow import NarrowService
from ui.window.window import PublicWindow

SIZE = (1366, 768)
_WANTED = ((1, 0), (2, 1), (1,))
"""Places on the list each of three parties ranks: the second candidate is on everybody's list and wins."""
_LINES = (
    "@苏婉仪 ##渗水是怎么来的",
    "#1 下雨以后客厅、书房顶面大面积渗水",
    "@邵建平 =支架是我装的，膨胀螺栓打穿了防水层",
    "@温丽华 =巡查看见过支架，没有要求整改",
    "@苏婉仪 ##怎样赔",
    "#2 !邵建平>苏婉仪 6000 +15",
    "@邵建平 !5250 +30 按一半承担",
    "~@温丽华 公司最多承担四成",
    "@温丽华 -愿意承担一部分，分两次付",
)
"""What is said at the board; the other lines of the agreement are written by hand."""
_NOT_WANTED = (2, None, 0)
"""The place each party strikes."""


def tour(services: Services, out: Path) -> tuple[Path, ...]:
    """Do the main job and leave pictures, the agreement and the table in ``out``; returns the files written."""
    if sys.platform.startswith("linux") and not (
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    ):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(f"建不了文件夹“{out}”：{error.strerror}。") from error
    services.fill_sample()
    app = application()
    window = open_window(app, services)
    window.resize(*SIZE)
    window.show()
    window.activateWindow()
    try:
        return MainJob(services, Hand(app, window, window.context), out).run()
    finally:
        window.close()


class MainJob:
    """The walk itself; each method is one stretch of it."""

    def __init__(self, services: Services, hand: Hand, out: Path) -> None:
        self._services = services
        self._hand = hand
        self._out = out
        self._example = read_case(read_text("examples/leak.json"))
        self._written: list[Path] = []
        self._key = ""

    def run(self) -> tuple[Path, ...]:
        """The stretches in order."""
        stretches: tuple[Callable[[], None], ...] = (
            self._register,
            self._come_again,
            self._send_on,
            self._ask_why,
            self._choose,
            self._hear,
            self._agree,
            self._sign,
            self._print,
            self._perform,
            self._look_around,
            self._count,
        )
        for stretch in stretches:
            stretch()
        return tuple(sorted(self._written))

    @property
    def _file(self) -> CaseFile:
        return self._services.cases.file(self._services.actor, self._key)

    def _picture(self, name: str) -> None:
        self._written.append(self._hand.picture(self._out / f"{name}.png"))

    def _go(self, code: str) -> None:
        self._hand.context.open_screen(code)
        self._hand.settle()

    def _tab(self, part: str) -> None:
        self._hand.context.open_case(self._key, part)
        self._hand.settle()

    def _register(self) -> None:
        hand, example = self._hand, self._example
        hand.settle()
        hand.press("Ctrl+N")
        for number, party in enumerate(example.parties):
            self._write_party(f"intake.party.{number}", party)
        hand.write("intake.facts", example.facts)
        hand.write("intake.place", example.dispute.place)
        hand.write("intake.occurred_on", example.dispute.occurred_on.isoformat())
        for number, claim in enumerate(example.claims):
            hand.write(f"intake.claim.{number}.item", claim.item)
            if claim.amount is not None:
                hand.write(f"intake.claim.{number}.amount", f"{claim.amount:f}")
        hand.pick("intake.category", example.dispute.category.value)
        hand.write("intake.title", example.title)
        self._picture("02-intake")
        hand.press("Ctrl+Return")
        newest = self._services.cases.summaries(self._services.actor, CaseQuery(search=example.title))
        if not newest:
            raise TourError("the registration did not become a case")
        self._key = newest[0].case_key

    def _come_again(self) -> None:
        """The same people come a second time: told before anything is registered, and not doubled."""
        hand, example = self._hand, self._example
        hand.press("Ctrl+N")
        typed = {
            f"intake.party.{number}.name": party.name for number, party in enumerate(example.parties[:2])
        }
        typed["intake.facts"] = example.facts
        for name, words in typed.items():
            hand.write(name, words)
        hand.find("intake.alike.0.link")
        self._picture("15-intake-repeat")
        for name in typed:
            hand.write(name, "")
        hand.settle()

    def _send_on(self) -> None:
        """A case that belongs to a street is given to it; its slip and list follow from that."""
        hand, key = self._hand, self._one_in(State.REGISTERED)
        hand.context.open_case(key)
        hand.settle()
        hand.click("routing.assign")
        hand.write("assign.to", "长安街道")
        hand.write("assign.task", "请到现场了解情况，组织双方协商。")
        self._picture("16-case-routing")
        hand.click("assign.submit")
        if not self._services.cases.file(self._services.actor, key).beside.orders:
            raise TourError("the case was not sent on")
        self._go("routing")
        self._picture("17-routing")

    def _ask_why(self) -> None:
        """The whole sum behind a day, in one sentence with its article."""
        self._hand.context.open_case(self._one_in(State.MEDIATING))
        self._hand.settle()
        self._hand.click("case.why")
        self._picture("18-why-this-day")

    def _one_in(self, state: State) -> str:
        found = self._services.cases.summaries(self._services.actor, CaseQuery(states=(state,), limit=1))
        if not found:
            raise TourError(f"no case is {state.name}")
        return found[0].case_key

    def _write_party(self, prefix: str, party: Party) -> None:
        hand = self._hand
        hand.write(f"{prefix}.name", party.name)
        hand.settle()
        hand.pick(f"{prefix}.side", party.side.value)
        hand.pick(f"{prefix}.kind", party.kind.value)
        hand.settle()
        hand.write(f"{prefix}.id_no", party.id_no or party.uscc or "")
        hand.write(f"{prefix}.phone", party.phone)
        hand.write(f"{prefix}.address", party.address)
        if party.legal_representative is None:
            return
        if not hand.names(f"{prefix}.legal.name"):
            hand.click(f"{prefix}.more")
        hand.write(f"{prefix}.legal.name", party.legal_representative.name)
        hand.write(f"{prefix}.legal.position", party.legal_representative.position)
        for number, agent in enumerate(party.agents):
            hand.click(f"{prefix}.add_agent")
            place = f"{prefix}.agent.{number}"
            hand.write(f"{place}.name", agent.name)
            hand.pick(f"{place}.gender", agent.gender.value)
            hand.write(f"{place}.phone", agent.phone)
            hand.write(f"{place}.position", agent.position)
            hand.pick(f"{place}.authority", agent.authority.value)
            hand.write(f"{place}.poa_on", self._services.cases.local_today.isoformat())
        hand.click(f"{prefix}.more")

    def _choose(self) -> None:
        """One screen for each of three parties and no typing; nobody sees the marks of the others."""
        hand = self._hand
        self._tab("choice")
        hand.click("choice.why_not")
        self._picture("13-case-why-not")
        hand.click("choice.why_not")
        hand.click("opening.submit")
        for party, wanted, out in zip(self._file.parties, _WANTED, _NOT_WANTED, strict=True):
            ranks = hand.names(f"choice.rank.{party.ref}.")
            strikes = hand.names(f"choice.strike.{party.ref}.")
            for place in wanted:
                hand.click(ranks[place])
            if out is not None:
                hand.click(strikes[out])
            if party.ref == self._file.parties[0].ref:
                self._picture("05-case-choice")
                self._public_window(party.ref)
            hand.click("choice.ready")
        hand.click("choice.disclosure_usual")
        hand.click("choice.submit")
        if self._file.presiding is None:
            raise TourError("nobody was chosen")
        self._write_paper("choice", "选定书", "choice-sheet")

    def _public_window(self, party: str) -> None:
        """The same sheet as it stands on the screen for the public; a picture only, nobody is let out of it."""
        services = self._services
        paper = services.choosing.ballot_paper(services.actor, self._file.case_key, party)
        window = PublicWindow(NarrowService(self._hand.context, self._file.case_key, party), window_rules())
        window.resize(*SIZE)
        window.open(paper)
        visitor = self._hand.at(window)
        for name in ("window.begin", "window.everybody"):
            visitor.click(name)
        self._written.append(visitor.picture(self._out / "14-public-window.png"))
        window.leave()

    def _hear(self) -> None:
        hand, last = self._hand, self._example.sessions[-1]
        self._tab("sessions")
        hand.write("session.start", f"{last.start:%H:%M}")
        hand.click("session.submit")
        if hand.names("session.override_reason"):  # the sample may have a session in this room today
            hand.write("session.override_reason", "导览")
            hand.click("session.submit")
        self._talk()
        hand.click("board.to_record")
        hand.write("record.end", f"{last.end:%H:%M}")
        hand.pick("record.result", "调解成功")
        hand.click("record.read")
        for party in self._file.parties:
            hand.click(f"record.agrees.{party.ref}")
        self._picture("06-case-sessions")
        hand.click("record.submit")
        if not self._file.sessions[-1].held:
            raise TourError("the session was not recorded")

    def _talk(self) -> None:
        """The hour in the room on the board, everything at the keyboard."""
        hand = self._hand
        hand.click("sessions.board")
        hand.click("board.room")
        for item in hand.names("opening."):
            if not item.endswith(".answer"):
                hand.press("Ctrl+M")
        hand.click("attendance.all")
        for line in _LINES:
            hand.write("board.line", line)
            hand.press("Return")
        self._picture("20-board")

    def _agree(self) -> None:
        hand, agreement = self._hand, self._example.agreement
        self._tab("agreement")
        for clause in agreement.clauses if agreement else ():
            if not hand.names("clause.form"):
                hand.click("clause.add")
            self._write_clause(clause)
            hand.click("clause.save")
        if hand.is_pressable("clause.cancel"):
            hand.click("clause.cancel")
        self._picture("07-case-agreement")
        hand.click("compose.submit")

    def _write_clause(self, clause: Clause) -> None:
        hand = self._hand
        hand.pick("clause.kind", clause.kind.value)
        hand.settle()
        if clause.kind is ClauseKind.PAY:
            for name, ref in (("payer", clause.payer), ("payee", clause.payee)):
                for box in hand.names(f"clause.{name}."):
                    hand.tick(box, wanted=box.endswith(f".{ref}"))
            hand.write("clause.amount", f"{clause.amount:f}")
            if clause.instalments:
                hand.pick("clause.parts", f"分 {len(clause.instalments)} 期")
            hand.settle()
            return
        hand.write("clause.text", clause.text)

    def _sign(self) -> None:
        self._tab("agreement")
        self._hand.click("sign.all")
        if self._file.effective_on is None:
            raise TourError("the agreement is not in force")

    def _print(self) -> None:
        """Through the screen into the papers folder, and from there beside the pictures."""
        self._write_paper("agreement", "协议书", "agreement")
        self._picture("09-case-papers")
        self._send_to_nobody("rights", "record")
        self._tab("ink")
        self._picture("21-case-ink")
        self._tab("volume")
        self._picture("22-case-volume")

    def _send_to_nobody(self, *forms: str) -> None:
        """Printed as far as the desk knows, on a computer that may have no printer."""
        jobs = [Job(case_key=self._key, form=form) for form in forms]
        folder = self._services.settings.papers
        self._services.printing.print_batch(self._services.actor, jobs, folder, lambda _pdf, _job: None)

    def _write_paper(self, form: str, title: str, name: str) -> None:
        self._tab(f"papers.{form}")
        self._hand.click(f"papers.{form}.write")
        papers = sorted(self._services.settings.papers.rglob(f"*{title}*"))
        if {paper.suffix for paper in papers} != {".pdf", ".docx"}:
            raise TourError(f"not written: {title}")
        for paper in papers:
            self._written.append(Path(shutil.copyfile(paper, self._out / f"{name}{paper.suffix}")))

    def _perform(self) -> None:
        hand = self._hand
        self._tab("performance")
        hand.click("perform.2.0")
        hand.write("perform.2.0.evidence", "转账回单")
        hand.click("perform.2.0.submit")
        if not any(row.done_on for row in self._file.performance):
            raise TourError("the payment was not noted")
        self._picture("08-case-performance")

    def _look_around(self) -> None:
        self._tab("overview")
        self._picture("04-case-overview")
        screens = (
            ("01-today", "today"),
            ("19-calendar", "calendar"),
            ("03-cases", "cases"),
            ("10-experts", "experts"),
            ("12-system", "system"),
        )
        for name, code in screens:
            self._go(code)
            self._picture(name)
        for name, page in (("11-statistics", "tables"), ("23-dashboard", "dashboard")):
            self._hand.context.open_screen("statistics", page)
            self._hand.settle()
            self._picture(name)

    def _count(self) -> None:
        today = self._services.cases.local_today
        period = Period(first=today.replace(month=1, day=1), last=today)
        table = self._services.statistics.table(self._services.actor, "tracks", period, today)
        for name, data in (("statistics.json", to_json(table).encode()), ("statistics.xlsx", to_xlsx(table))):
            atomic_write(self._out / name, data)
            self._written.append(self._out / name)
