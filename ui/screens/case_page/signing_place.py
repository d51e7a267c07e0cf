"""One open place of the agreement: who signs how, in words that can still be changed, and on which day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from PySide6.QtWidgets import QGridLayout, QWidget

from mediation_desk.agreements.signing import Signer, Signing, SignWay, method_text
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.signing.places import Hand, hands, usual_method, ways_for
from mediation_desk.cases.steps.signing import Sign
from mediation_desk.shared.errors import InputError
from ui.fields.choice_field import ChoiceField
from ui.fields.date_field import DateField
from ui.fields.text_field import TextField
from ui.widgets.buttons import DeskButton, button
from ui.widgets.layout import boxed, row
from ui.widgets.wrapping import WrappingRow


@dataclass(frozen=True, slots=True)
class Manner:
    """A hand and what it puts on the paper."""

    hand: Hand
    ways: tuple[SignWay, ...]

    @property
    def words(self) -> str:
        """``代理人卢倩``, ``本人按指印代签``: whose hand, and what is unusual; the words beside say the rest."""
        if self.hand.ways == (SignWay.SEAL,):
            return "盖章"
        own = self.hand.by is Signer.OWN
        who = self.hand.by.value if own else f"{self.hand.by}{self.hand.name}"
        if self.ways == self.hand.ways:
            return who
        if self.ways == (SignWay.FINGERPRINT,):
            return f"{who}按指印代签"
        return f"{who}电子签名" if self.ways == (SignWay.ELECTRONIC,) else f"{who}只{self.ways[0]}"

    def signing(self, ref: str) -> Signing:
        """The detail to keep beside the file."""
        return replace(self.hand.signing(ref), ways=self.ways)


class PlaceLine:
    """The widgets of one place in the grid of the card; a second line asks who wrote the name for a fingerprint."""

    def __init__(self, file: CaseFile, ref: str, name: str, on: date, sign: Callable[[str], None]) -> None:
        self.ref = ref
        self._file, self._day = file, on
        self._group = (party := file.party(ref)) is not None and party.is_group
        self.manner: ChoiceField[Manner] = ChoiceField(_manners(file, ref, on), word=lambda one: one.words)
        self.method, self.on = TextField(longest=60), DateField()
        self.button: DeskButton = button("签了", lambda: sign(ref), symbol="sign")
        self.reason = TextField("为什么不签名，例如不会写字", longest=60)
        self.scribe = TextField("代书人", longest=20)
        self.witness = TextField("见证人", longest=20)
        self._written = ""
        self._name_widgets(name)
        self.on.set_value(on)
        self._write_method()
        self.manner.edited.connect(self._on_manner_changed)
        for field in (self.scribe, self.witness):
            field.edited.connect(self._write_method)

    def put_into(self, grid: QGridLayout, line: int) -> int:
        """Lay the place out from ``line`` on; the next free line."""
        flow = WrappingRow(gap=8)
        for widget, width, share in ((self.manner, 104, 2), (self.method, 150, 3), (self.on, 0, 0)):
            flow.add(widget, width, share)
        flow.add(self.button)
        grid.addWidget(flow, line, 1)
        self._instead = boxed(row(self.reason, self.scribe, self.witness))
        grid.addWidget(self._instead, line + 1, 1)
        self._instead.setVisible(self._is_instead())  # after it has a parent
        self._keep_tab_order()
        return line + 2

    def step(self) -> Sign:
        """The command. Raises ``InputError`` when day or words are missing."""
        on = self.on.value()
        if on is None or not self.method.value():
            raise InputError("请写明签署方式和日期。", field="on" if on is None else "method")
        return Sign(ref=self.ref, method=self.method.value(), on=on, signing=self.signing())

    def signing(self) -> Signing | None:
        """The detail as filled in; none for a group, whose members' marks say it."""
        manner = self.manner.value()
        if manner is None or self._group:
            return None
        return replace(
            manner.signing(self.ref),
            reason=self.reason.value() if self._is_instead() else "",
            scribe=self.scribe.value() if self._is_instead() else "",
            witness=self.witness.value() if self._is_instead() else "",
        )

    def words(self) -> tuple[str, ...]:
        """What was typed, to be put back after another reading."""
        return (
            str(self.manner.currentIndex()), self.method.text(), self.on.text(),
            self.reason.text(), self.scribe.text(), self.witness.text(),
        )  # fmt: skip

    def put_words(self, words: tuple[str, ...]) -> None:
        """Put typed words back."""
        place, method, on, reason, scribe, witness = words
        self.manner.setCurrentIndex(min(int(place), self.manner.count() - 1))
        self._instead.setVisible(self._is_instead())
        for field, text in (
            (self.on, on), (self.reason, reason), (self.scribe, scribe), (self.witness, witness), (self.method, method)
        ):  # fmt: skip
            field.setText(text)

    def is_typed(self) -> bool:
        """Whether the user changed anything here."""
        return self.method.text() != self._written or self.manner.currentIndex() > 0

    def first_wrong(self, error: InputError) -> QWidget:
        """The field an error speaks of."""
        named = {"on": self.on, "reason": self.reason, "scribe": self.scribe}
        return named.get(error.field or "", self.method)

    def _is_instead(self) -> bool:
        manner = self.manner.value()
        return manner is not None and manner.ways == (SignWay.FINGERPRINT,)

    def _on_manner_changed(self) -> None:
        self._instead.setVisible(self._is_instead())
        self._write_method()
        if self._is_instead():
            self.reason.setFocus()

    def _write_method(self) -> None:
        """The words follow the choice as long as nobody wrote others."""
        signing = self.signing()
        usual = usual_method(self._file, self.ref, self._day)
        text = usual if signing is None else method_text(signing)
        self._written = text
        self.method.set_value(text)

    def _name_widgets(self, name: str) -> None:
        for widget, code, word in (
            (self.manner, "manner", "怎样签"),
            (self.method, "method", "写在协议上的签署方式"),
            (self.on, "on", "签署日期"),
            (self.reason, "reason", "按指印代替签名的原因"),
            (self.scribe, "scribe", "代书人"),
            (self.witness, "witness", "见证人"),
        ):
            widget.setObjectName(f"sign.{self.ref}.{code}")
            widget.setAccessibleName(f"{name}：{word}")
        self.button.setObjectName(f"sign.{self.ref}")
        self.button.setAccessibleName(f"{name}签了")

    def _keep_tab_order(self) -> None:
        chain = (self.manner, self.method, self.on, self.reason, self.scribe, self.witness, self.button)
        for before, after in pairwise(chain):
            QWidget.setTabOrder(before, after)


def _manners(file: CaseFile, ref: str, on: date) -> tuple[Manner, ...]:
    return tuple(Manner(hand, ways) for hand in hands(file, ref, on) for ways in ways_for(file, hand))
