"""数据包: choose a file, see what each of its cases is here, decide what both changed, join; or pack our own."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from mediation_desk.access.permissions import Permission
from mediation_desk.interchange.packages.model import CaseLine, Decisions, Outcome, Side, Standing, Told
from mediation_desk.interchange.packages.service import UnknownSender
from mediation_desk.shared.changes import Changes, Topic
from mediation_desk.shared.errors import DeskError
from ui.fields.field import Field
from ui.screens.base import Context, Screen
from ui.screens.packages.packing import KIND, PackingCard
from ui.screens.packages.review import ReviewCard
from ui.screens.packages.rows import case_columns
from ui.screens.packages.waits import WaitsCard
from ui.sign.secret_field import SecretField
from ui.tables.record_table import RecordTable
from ui.theme import theme
from ui.tokens import Tone
from ui.widgets.buttons import button, primary
from ui.widgets.card import Card
from ui.widgets.layout import row
from ui.widgets.message_bar import Kind
from ui.widgets.plain import PlainLabel
from ui.widgets.text import paragraph, small

_LOWEST = 190
_TOUCHED = Changes.of(Topic.CASES, Topic.SESSIONS, Topic.DOCUMENTS, Topic.STATISTICS)
_HOW = "先看后并：每件案件是新、更新、两边都改还是坏，看清楚了再并入。一件坏的不影响别的，同一个包再并一次什么也不改。"
_ASK = "签名的是“{centre}”，本处第一次收它的包。请打电话给对方，逐组核对这个指纹："


class PackagesScreen(Screen):
    """``packages.pick`` takes a file, ``packages.look`` opens it, ``packages.join`` puts its cases beside ours."""

    code = "packages"
    caption = "数据包"
    topics = frozenset((Topic.CASES,))
    scrolled = True

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._path: Path | None = None
        self._take: dict[str, Side] = {}
        self._back: set[str] = set()
        self._trust = self._asked = ""
        self._joins = context.services.actor.can(Permission.CASE_IMPORT)
        self.pick = button("选数据包", self._on_pick, symbol="paper")
        self.look = primary("看一看", self._look)
        self.join = primary("并入", self._join, symbol="check")
        self.back = button("照样并入", self._on_back)
        self.trust = button("核对过，一致", self._on_trust)
        self._password = Field("口令", SecretField(), name="password", required=True)
        self.table: RecordTable[CaseLine] = RecordTable(
            "数据包里的案件", case_columns(), key=lambda one: one.their_key, sortable=False
        )
        self.review = ReviewCard()
        self.packing, self.waits = PackingCard(context), WaitsCard(context)
        self._name, self._told = paragraph("还没有选文件。", Tone.QUIET), small("", wrap=True)
        self._notice = PlainLabel(tone=Tone.SEAL, wrap=True)
        self._asking, self._fingerprint = Card("这个签名还没有核对过"), PlainLabel(role="title")
        self._ask = paragraph("")
        self._cases = Card("里面的案件", flush=True)
        self._lay_out()
        self.table.moved.connect(self._on_moved)
        self.review.decided.connect(self._on_decided)
        self._password.editor.returnPressed.connect(self._look)
        self.primary, self.first = self.look, self.pick
        self._show(None)

    def refresh(self) -> None:
        """Read what still waits."""
        if self._joins:
            self.waits.read()

    def open(self, argument: str) -> None:
        """Keys of cases to be packed, with blanks between."""
        self.packing.prefill(argument)

    def take(self, path: Path, password: str = "") -> None:
        """Choose a file."""
        self._path, self._trust, self._take, self._back = path, "", {}, set()
        self._name.setText(path.name)
        self._show(None)
        if password:
            self._password.editor.setText(password)
        self._password.editor.setFocus()

    def _on_pick(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(self, "选一个案件数据包", "", KIND)
        if name:
            self.take(Path(name))

    def _look(self) -> None:
        path, password, services = self._path, self._password.editor.text(), self.context.services
        if path is None or not password:
            self._say("请先选文件、写口令。")
            return
        self._say("")
        decisions, trust = self._decisions(), self._trust
        self.look.set_busy(True)
        self.context.desk.query(
            lambda: services.packages.look(services.actor, path, password, decisions, trust=trust),
            self._show,
            self._refused,
            owner=self,
            slot="look",
        )

    def _join(self) -> None:
        path, password, services = self._path, self._password.editor.text(), self.context.services
        if path is None:
            return
        decisions, trust = self._decisions(), self._trust
        self.join.set_busy(True)
        self.context.desk.command(
            lambda: services.packages.join(services.actor, path, password, decisions, trust=trust),
            self._joined,
            self._refused,
            touches=_TOUCHED,
            owner=self,
        )

    def _joined(self, told: Told) -> None:
        self._show(told)
        odd = any(one.outcome in (Outcome.BAD, Outcome.WAITING) for one in told.lines)
        self.context.say(f"并入完了：{told.counts()}。", Kind.WARN if odd else Kind.SUCCESS)

    def _show(self, told: Told | None) -> None:
        for made in (self.look, self.join):
            made.set_busy(False)
        self._asking.hide()
        self._cases.setVisible(told is not None)
        lines = told.lines if told is not None else ()
        self.table.show_records(lines)
        if lines and self.table.current() is None:
            first = next((one for one in lines if one.differences), lines[0])
            self.table.choose_key(first.their_key)
        if told is not None:
            self._told.setText(
                f"{told.centre}，{told.packed_by}，{told.packed_at[:16].replace('T', ' ')} 打包："
                f"{told.reason}。共{len(lines)}件：{told.counts()}。"
            )
        ready = told is not None and any(one.outcome is None for one in lines)
        self.join.setEnabled(ready)
        self.primary = self.join if ready else self.look
        self._on_moved(self.table.current())

    def _on_moved(self, line: CaseLine | None) -> None:
        self.review.show_case(line)
        over = line is not None and line.standing is Standing.ENDED
        self.back.setEnabled(over)

    def _on_decided(self, place: str, side: Side) -> None:
        line = self.table.current()
        if line is not None:
            self._take[f"{line.their_key}{place}"] = side
            self._look()

    def _on_back(self) -> None:
        line = self.table.current()
        if line is not None:
            self._back.add(line.their_key)
            self._look()

    def _on_trust(self) -> None:
        self._trust = self._asked
        self._look()

    def _decisions(self) -> Decisions:
        return Decisions(take=dict(self._take), bring_back=frozenset(self._back))

    def _refused(self, error: BaseException) -> bool:
        for made in (self.look, self.join):
            made.set_busy(False)
        if isinstance(error, UnknownSender):
            self._asked = error.fingerprint
            self._ask.setText(_ASK.format(centre=error.centre))
            self._fingerprint.setText(error.fingerprint)
            self._asking.show()
            return True
        if not isinstance(error, DeskError):
            return False
        self._say(error.message)
        return True

    def _say(self, sentence: str) -> None:
        self._notice.setText(sentence)
        self._notice.setVisible(bool(sentence))

    def _lay_out(self) -> None:
        names = {"pick": self.pick, "look": self.look, "join": self.join, "back": self.back}
        names |= {"trust": self.trust}
        for name, made in names.items():
            made.setObjectName(f"packages.{name}")
        self._password.editor.setObjectName("packages.password")
        self.table.setObjectName("packages.cases")
        self.table.setMinimumHeight(theme().px(_LOWEST))
        opening = Card("并入别处的数据包")
        opening.add(small(_HOW, wrap=True))
        opening.add(row(self.pick, self._name, None))
        opening.add(row(self._password, None))
        opening.add(self._notice)
        opening.add(row(None, self.look))
        self._asking.add(self._ask)
        self._asking.add(self._fingerprint)
        self._asking.add(row(None, self.trust))
        foot = row(self._told, self.back, self.join)
        foot.setContentsMargins(*(theme().px(12),) * 4)
        self._cases.add(self.table, 1)
        self._cases.add(foot)
        for card in (opening, self._asking, self._cases, self.review, self.waits, self.packing):
            self.body.addWidget(card)
        self.body.addStretch(1)
        can = self.context.services.actor.can
        for card in (opening, self._cases):
            card.setVisible(self._joins)
        self.packing.setVisible(can(Permission.CASE_EXPORT))
        self._notice.hide()
        self.waits.hide()
