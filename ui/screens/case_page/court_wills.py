"""申请意愿: what each party of the agreement says about going to the court together (LR-15)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QVBoxLayout

from mediation_desk.agreements.court import Will, WillWay
from mediation_desk.agreements.signing import Signer
from mediation_desk.cases.court.wills import bound_parties, may_speak, will_of
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.steps.court_papers import RecordWills
from mediation_desk.cases.steps.step import Step
from mediation_desk.parties.model import Authority
from mediation_desk.shared.errors import InputError
from ui.fields.choice_field import ChoiceField
from ui.fields.date_field import DateField
from ui.screens.case_page.form import StepForm
from ui.screens.case_page.tab import Page
from ui.screens.case_page.view import CaseView
from ui.widgets.buttons import button
from ui.widgets.layout import boxed, clear, column
from ui.widgets.plain import PlainLabel
from ui.widgets.wrapping import WrappingRow

_SAYS = ("愿意", "不愿意", "还没问")
Speaker = tuple[Signer, str]


class _WillLine:
    """What one party says, who says it for it, how, and the letter an agent of less power needs."""

    def __init__(self, file: CaseFile, view: CaseView, ref: str) -> None:
        party = next(one for one in bound_parties(file) if one.ref == ref)
        known = will_of(file, ref)
        self.ref = ref
        general = {one.name for one in party.agents if one.authority is not Authority.SPECIAL}
        self.says: ChoiceField[str] = ChoiceField(_SAYS)
        self.who: ChoiceField[Speaker] = ChoiceField(may_speak(file, party, view.today), word=_spoken)
        self.how: ChoiceField[WillWay] = ChoiceField(WillWay)
        self.letter = DateField()
        self.letter.setPlaceholderText("委托书日期")
        self.says.set_value("还没问" if known is None else "愿意" if known.agrees else "不愿意")
        if known is not None:
            self.who.set_value((known.by, known.name))
            self.how.set_value(known.how)
            self.letter.set_value(known.authority_on)
        for code, word, widget in (
            ("says", "愿不愿意申请", self.says),
            ("who", "谁说的", self.who),
            ("how", "怎样说的", self.how),
            ("letter", "写明代为申请司法确认的委托书日期", self.letter),
        ):
            widget.setObjectName(f"wills.{ref}.{code}")
            widget.setAccessibleName(f"{party.name}：{word}")
        self._general = general
        self.letter.setVisible(False)
        self.who.currentIndexChanged.connect(lambda _place: self.show_letter())

    def show_letter(self) -> None:
        """Only an agent of less power is asked for one."""
        who = self.who.value()
        self.letter.setVisible(who is not None and who[0] is Signer.AGENT and who[1] in self._general)

    def will(self, on: date) -> Will | None:
        """The word given on that day; None where nobody was asked yet."""
        says, who, how = self.says.value(), self.who.value(), self.how.value()
        if says not in _SAYS[:2] or who is None or how is None:
            return None
        day = self.letter.value() if not self.letter.isHidden() else None
        return Will(
            ref=self.ref, agrees=says == "愿意", on=on, how=how, by=who[0], name=who[1], authority_on=day
        )


class WillsForm(StepForm):
    """One line for each party of the agreement (LR-15)."""

    code = "wills"

    def __init__(self, page: Page) -> None:
        super().__init__(
            page, "申请意愿", "记下意愿", remark="各方都愿意，才能共同申请（人民调解法第三十三条）"
        )
        self._on = self.field("日期", "on", DateField(), required=True)
        self._lines: list[_WillLine] = []
        self._rows: QVBoxLayout = column(gap=6)
        self._everybody = button("各方都愿意", self.all_willing)
        self._everybody.setObjectName("wills.all")
        self.line(self._on, self._everybody, None)
        self.add(boxed(self._rows))
        self.finish()

    def subject(self, view: CaseView) -> object:
        """Anew when a word was noted or the parties changed."""
        return view.file.case_key, view.file.beside.wills, tuple(one.ref for one in bound_parties(view.file))

    def prefill(self, view: CaseView) -> None:
        """What is known of each party."""
        self._on.editor.set_value(view.today)
        clear(self._rows)
        self._lines = []
        for party in bound_parties(view.file):
            made = _WillLine(view.file, view, party.ref)
            self._lines.append(made)
            flow = WrappingRow(gap=8)
            flow.add(PlainLabel(party.name, wrap=True), 150, 2)
            for field, width, share in ((made.says, 110, 0), (made.who, 150, 1), (made.how, 96, 0)):
                flow.add(field, width, share)
            flow.add(made.letter, 160)
            self._rows.addWidget(flow)
            made.show_letter()
            for edited in (made.says.edited, made.who.edited, made.how.edited, made.letter.edited):
                edited.connect(self.touch)

    def steps(self) -> Sequence[Step]:
        """One `RecordWills`."""
        on = self._on.editor.value()
        if on is None:
            raise InputError("请填写日期。", field="on")
        wills = tuple(will for one in self._lines if (will := one.will(on)) is not None)
        if not wills:
            raise InputError("请选至少一方愿不愿意。", field="on")
        return (RecordWills(on=on, wills=wills),)

    def all_willing(self) -> None:
        """Everybody said yes: the usual case at the table."""
        for one in self._lines:
            one.says.set_value("愿意")
        self.touch()


def _spoken(speaker: Speaker) -> str:
    by, name = speaker
    return f"{by} {name}".strip()
