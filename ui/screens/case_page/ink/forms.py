"""The small forms of 待签: refused or by fingerprint, corrected by hand, taken back, not for signing."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from mediation_desk.cases.ink.mark import InkDeed
from mediation_desk.cases.ink.place import InkKind
from mediation_desk.cases.ink.tray import Tray
from mediation_desk.cases.steps.inking import AddCorrection, DropPaper, InkPaper, MarkInk, Spot, VoidInk
from mediation_desk.cases.steps.step import Step
from mediation_desk.shared.errors import InputError
from mediation_desk.shared.record import record
from ui.fields.choice_field import ChoiceField
from ui.fields.date_field import DateField
from ui.fields.text_field import TextField
from ui.screens.case_page.editors import NumberField
from ui.screens.case_page.form import StepForm
from ui.screens.case_page.tab import Page
from ui.screens.case_page.view import CaseView

_APART = re.compile(r"[、,，;；\s]+")
Chosen = Callable[[], Tray | None]


def paper_of(tray: Tray | None) -> InkPaper:
    """The paper a form is about. Raises ``InputError`` when none is chosen."""
    if tray is None:
        raise InputError("请先选一份文书。", field="paper")
    return InkPaper(form=tray.form, no=tray.paper_no, version=tray.version)


class InkForm(StepForm):
    """Base: each paper is another subject, and so is each number of marks on it."""

    def __init__(self, page: Page, heading: str, verb: str, chosen: Chosen, *, remark: str = "") -> None:
        super().__init__(page, heading, verb, remark=remark)
        self._chosen = chosen

    def subject(self, view: CaseView) -> object:
        """The paper, and how much was noted so far."""
        tray = self._chosen()
        told = (len(view.file.beside.inks), len(view.file.beside.ink_corrections))
        return view.file.case_key, tray.version if tray is not None else "", told


class WitnessForm(InkForm):
    """Somebody refuses to sign, or puts a fingerprint where a signature should be: with a witness and a reason."""

    code = "ink_witness"

    def __init__(self, page: Page, chosen: Chosen) -> None:
        super().__init__(page, "拒签，或者按指印代签名", "登记", chosen, remark="要有见证人，写明原因")
        deeds: ChoiceField[InkDeed] = ChoiceField((InkDeed.REFUSED, InkDeed.INSTEAD))
        self._who = self.field("谁", "who", ChoiceField[str](()), required=True)
        self._deed = self.field("怎样", "deed", deeds, required=True)
        self._on = self.field("日期", "on", DateField(), required=True)
        self._witness = self.field("见证人", "witness", TextField("姓名", longest=60), required=True)
        self._reason = self.field(
            "原因", "reason", TextField("例如 不同意金额；不会写字", longest=200), required=True
        )
        self.line(self._who, self._deed, self._on)
        self.line(self._witness, self._reason)
        self.finish()

    def refresh_choices(self, view: CaseView) -> None:
        """Humans with an open place on the chosen paper."""
        tray = self._chosen()
        open_hands = (one.hand for one in tray.places if tray.open_copies(one)) if tray is not None else ()
        self._who.editor.set_values(tuple(dict.fromkeys(open_hands)))

    def choose(self, hand: str) -> None:
        """Begin with this human."""
        self._who.editor.set_value(hand)

    def prefill(self, view: CaseView) -> None:
        """Today."""
        self._on.editor.set_value(view.today)
        self._witness.editor.set_value("")
        self._reason.editor.set_value("")

    def steps(self) -> Sequence[Step]:
        """One `MarkInk` for every open place of this human: a fingerprint stands only where a signature should."""
        tray, on, hand = self._chosen(), self._on.editor.value(), self._who.editor.value()
        deed = self._deed.editor.value() or InkDeed.REFUSED
        if tray is None or on is None or hand is None:
            raise InputError("请选谁和日期。", field="who")
        places = [one for one in tray.places if one.hand == hand and tray.open_copies(one)]
        if deed is InkDeed.INSTEAD:
            places = [one for one in places if one.kind is InkKind.SIGNATURE]
            if not places:
                raise InputError(f"{hand}没有等着签名的地方。", field="who")
        return (
            MarkInk(
                paper=paper_of(tray),
                spots=tuple(Spot(place=one.key, copies=tray.open_copies(one)) for one in places),
                on=on,
                deed=deed,
                witness=self._witness.editor.value(),
                reason=self._reason.editor.value(),
            ),
        )


class CorrectionForm(InkForm):
    """更正处: what was changed by hand on every copy, and who signs beside it."""

    code = "ink_correction"

    def __init__(self, page: Page, chosen: Chosen) -> None:
        super().__init__(page, "更正处", "登记更正处", chosen, remark="每份同样改，各人在旁边签名或者按指印")
        self._sheet = self.field("第几页", "page", NumberField(), required=True)
        self._on = self.field("日期", "on", DateField(), required=True)
        self._what = self.field(
            "更正了什么", "what", TextField("例如 第二条“五千”改为“六千”", longest=200), required=True
        )
        self._initials = self.field(
            "谁签名（用顿号分开）", "initials", TextField("例如 田志远、孟庆兰", longest=200), required=True
        )
        self.line(self._sheet, self._on)
        self.add(self._what)
        self.add(self._initials)
        self.finish()

    def prefill(self, view: CaseView) -> None:
        """Today, and the parties' hands as the paper names them."""
        tray = self._chosen()
        self._on.editor.set_value(view.today)
        out_of_office = {party.ref for party in view.file.parties} | {m.ref for m in view.file.group_members}
        signing = tray.places if tray is not None else ()
        names = (
            one.hands[0] for one in signing if one.ref in out_of_office and one.kind is InkKind.SIGNATURE
        )
        self._initials.editor.set_value("、".join(tuple(dict.fromkeys(names))[:8]))
        self._sheet.editor.set_value(None)
        self._what.editor.set_value("")

    def steps(self) -> Sequence[Step]:
        """One `AddCorrection`."""
        on, page = self._on.editor.value(), self._sheet.editor.value()
        if on is None or page is None:
            raise InputError("请填写页数和日期。", field="page")
        names = tuple(name for name in _APART.split(self._initials.editor.value()) if name)
        return (
            AddCorrection(
                paper=paper_of(self._chosen()),
                page=int(page),
                what=self._what.editor.value(),
                initials=names,
                on=on,
            ),
        )


@record
class Removed:
    """Numbers of marks, corrections and drawings to be voided."""

    nos: tuple[int, ...] = ()
    corrections: tuple[int, ...] = ()
    handwritings: tuple[int, ...] = ()


class TakeBackForm(InkForm):
    """A mark set wrongly comes off, with the reason; it stays on record."""

    code = "ink_void"

    def __init__(self, page: Page, chosen: Chosen) -> None:
        super().__init__(page, "撤去登记", "撤去", chosen, remark="撤去的登记连同理由留存")
        self.what = Removed()
        self._reason = self.field("理由", "reason", TextField("例如 看错了人", longest=200), required=True)
        self.add(self._reason)
        self.finish()

    def prefill(self, view: CaseView) -> None:
        """No reason yet."""
        self._reason.editor.set_value("")

    def steps(self) -> Sequence[Step]:
        """One `VoidInk`."""
        return (
            VoidInk(
                nos=self.what.nos,
                corrections=self.what.corrections,
                handwritings=self.what.handwritings,
                reason=self._reason.editor.value(),
            ),
        )


class DropForm(InkForm):
    """不用签: this printing is for reading only."""

    code = "ink_drop"

    def __init__(self, page: Page, chosen: Chosen) -> None:
        super().__init__(page, "这一份不用签", "登记不用签", chosen, remark="同一文书较早的一版又作数")
        self._reason = self.field(
            "理由", "reason", TextField("例如 只供当事人看", longest=200), required=True
        )
        self._on = self.field("日期", "on", DateField(), required=True)
        self.line(self._reason, self._on)
        self.finish()

    def prefill(self, view: CaseView) -> None:
        """Today."""
        self._reason.editor.set_value("")
        self._on.editor.set_value(view.today)

    def steps(self) -> Sequence[Step]:
        """One `DropPaper`."""
        on = self._on.editor.value()
        if on is None:
            raise InputError("请填写日期。", field="on")
        return (DropPaper(paper=paper_of(self._chosen()), reason=self._reason.editor.value(), on=on),)
