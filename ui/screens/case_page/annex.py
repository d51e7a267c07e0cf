"""The annex of a group: what each member gets or pays, shared out at once and changed one by one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from enum import StrEnum

from PySide6.QtCore import Qt, Signal

from mediation_desk.agreements.model import Clause, ClauseKind
from mediation_desk.agreements.sums import (
    BY_PARTS,
    BY_WEIGHT,
    annex_by_columns,
    annex_by_rows,
    by_weights,
    column_sums,
    equally,
    instalments,
)
from mediation_desk.agreements.terms import MemberParts
from mediation_desk.cases.composing import whole_of
from mediation_desk.cases.model import CaseFile
from mediation_desk.parties.model import GroupMember
from mediation_desk.shared.errors import InputError
from mediation_desk.shared.money import parse_yuan
from ui.fields.choice_field import ChoiceField
from ui.fields.field import Field
from ui.fields.text_field import TextField
from ui.screens.case_page.clause_more import read_ratio
from ui.screens.case_page.clauses import numeral
from ui.screens.case_page.words import money
from ui.tables.record_model import Column
from ui.tables.record_table import RecordTable
from ui.tokens import Tone
from ui.widgets.buttons import button
from ui.widgets.card import Card
from ui.widgets.layout import row
from ui.widgets.plain import PlainLabel

_MOST_ROWS = 8
MOST_DRAWN = 100
"""Members of a group whose annex is drawn while one writes; a longer one takes the paper a second each time."""


class By(StrEnum):
    """How a sum is shared among members."""

    OWED = "按各人应得"
    AREA = "按面积"
    EQUAL = "平均"


class Along(StrEnum):
    """How each member's sum is laid over the instalments."""

    MEMBERS = "每人分期，条款各期随之"
    CLAUSE = "条款各期不动"


class AnnexEditor(Card):
    """``changed(Clause)``: the payment as the annex makes it; ``edited`` when a member's parts changed."""

    changed = Signal(object)
    edited = Signal()

    def __init__(self) -> None:
        super().__init__("附表：各人多少")
        self.setObjectName("annex")
        self._members: tuple[GroupMember, ...] = ()
        self._parts: dict[str, tuple[Decimal, ...]] = {}
        self._clause: Clause | None = None
        self._made: tuple[MemberParts, ...] | None = None
        self._build()
        self.hide()

    def begin(self, file: CaseFile) -> None:
        """The parts on file."""
        self._parts = {one.ref: one.instalments for one in file.group_members}
        self._made, self._members = None, ()

    def show_clause(self, file: CaseFile, clauses: Sequence[Clause]) -> None:
        """Follow the one payment of a group with a roll; hidden where there is none."""
        group, clause = paid_by_group(file, clauses)
        self.setVisible(clause is not None)
        self._clause = clause
        if clause is None:
            return
        members = file.members_of(group)
        if members != self._members:
            self._members = members
            areas = all(member.area_m2 or member.area_mu for member in members)
            self._by.editor.set_values([way for way in By if way is not By.AREA or areas])
            self._show_rows()
        self._percent.setVisible(bool(clause.instalments))
        self._along.setVisible(bool(clause.instalments))
        self._show_sum()

    def annex(self) -> tuple[MemberParts, ...] | None:
        """What each member gets or pays; None where no group pays or is paid."""
        if self.isHidden() or not any(self._parts.values()):
            return None
        if self._made is None:
            self._made = tuple(MemberParts(ref=ref, parts=parts) for ref, parts in self._parts.items())
        return self._made

    def words(self) -> dict[str, list[str]]:
        """Plain words for a draft."""
        return {ref: [str(part) for part in parts] for ref, parts in self._parts.items() if parts}

    def put_words(self, words: object) -> None:
        """Parts back from a draft."""
        for ref, parts in words.items() if isinstance(words, dict) else ():
            self._parts[str(ref)] = tuple(Decimal(str(part)) for part in parts)
        self._show_rows()

    # Inside

    def _build(self) -> None:
        self._by = self._field("怎样分", "by", ChoiceField(By))
        self._along = self._field("怎样分期", "along", ChoiceField(Along))
        self._percent = self._field("各期比例（%）", "percent", TextField("平均；或者 60 20 20"))
        self._share = button("分到各人", self._on_share_clicked, symbol="check")
        self._share.setObjectName("annex.share")
        self._table: RecordTable[GroupMember] = RecordTable(
            "附表", self._columns(), key=lambda member: member.ref, empty="没有成员名单。", sortable=False
        )
        self._table.setObjectName("annex.table")
        self._one = self._field("改这一位的各期金额", "one", TextField("几期用空格隔开"))
        self._put = button("改这一位", self._on_put_clicked)
        self._put.setObjectName("annex.put")
        self._sum = PlainLabel(role="small", wrap=True)
        self._sum.setObjectName("annex.sum")
        self._by.editor.setMinimumContentsLength(len(By.OWED) + 1)
        self._along.editor.setMinimumContentsLength(len(Along.MEMBERS) + 1)
        self.add(row(self._by, self._along, None, gap=12))
        line = row(self._percent, self._share, None, gap=12)
        line.setAlignment(self._share, Qt.AlignmentFlag.AlignBottom)
        self.add(line)
        self.add(self._sum)
        self.add(self._table)
        line = row(self._one, self._put, gap=12)
        line.setAlignment(self._put, Qt.AlignmentFlag.AlignBottom)
        self.add(line)
        self._table.moved.connect(self._on_moved)
        self._table.chosen.connect(lambda _member: self._one.editor.setFocus())

    def _field(self, word: str, name: str, editor: TextField | ChoiceField[By] | ChoiceField[Along]) -> Field:  # type: ignore[type-arg]  # three kinds of editor
        editor.setObjectName(f"annex.{name}")
        return Field(word, editor, name=f"annex.{name}")

    def _columns(self) -> tuple[Column[GroupMember], ...]:
        return (
            Column("姓名", lambda member: member.name, width=120),
            Column("应得", lambda member: money(whole_of(member)), width=116, number=True),
            Column("各期", lambda member: "、".join(map(money, self._parts.get(member.ref, ()))) or "—"),
            Column("合计", lambda member: money(self._total(member)), width=116, number=True),
        )

    def _total(self, member: GroupMember) -> Decimal | None:
        parts = self._parts.get(member.ref, ())
        return sum(parts, Decimal()) if parts else None

    def _on_share_clicked(self) -> None:
        clause = self._clause
        if clause is None:
            return
        try:
            rows = self._rows(clause)
            parts = self._laid(rows, clause)
        except InputError as error:
            (self._percent if error.field == "parts" else self._by).set_error(error.message)
            return
        for member, own in zip(self._members, parts, strict=True):
            self._parts[member.ref] = own
        self._show_rows()
        if self._along.editor.value() is not Along.CLAUSE or not clause.instalments:
            self.changed.emit(_following(clause, column_sums(parts)))
        self._show_sum()
        self.edited.emit()

    def _rows(self, clause: Clause) -> tuple[Decimal, ...]:
        """Each member's sum; exactly what is owed where the clause is for all of it."""
        wholes = [whole_of(member) for member in self._members]
        amount = clause.amount or sum(wholes, Decimal())
        way = self._by.editor.value()
        if way is By.EQUAL:
            return equally(amount, len(self._members))
        if way is By.AREA:
            return by_weights(amount, [one.area_m2 or one.area_mu or Decimal() for one in self._members])
        return by_weights(amount, wholes)

    def _laid(self, rows: Sequence[Decimal], clause: Clause) -> tuple[tuple[Decimal, ...], ...]:
        if not clause.instalments:
            return tuple((one,) for one in rows)
        if self._along.editor.value() is Along.CLAUSE:
            return annex_by_columns(rows, [part.amount for part in clause.instalments])
        percents = read_ratio(self._percent.editor.value())
        if not percents:
            return tuple(instalments(one, len(clause.instalments)) for one in rows)
        if len(percents) != len(clause.instalments):
            raise InputError(f"有{len(clause.instalments)}期，写了{len(percents)}个比例。", field="parts")
        return annex_by_rows(rows, percents)

    def _on_put_clicked(self) -> None:
        member = self._table.current()
        if member is None:
            return
        try:
            words = self._one.editor.value().replace("、", " ").split()
            parts = tuple(parse_yuan(word) for word in words)
        except InputError as error:
            self._one.set_error(error.message)
            return
        self._parts[member.ref] = parts
        self._show_rows()
        self._show_sum()
        self.edited.emit()

    def _on_moved(self, member: GroupMember | None) -> None:
        parts = self._parts.get(member.ref, ()) if member else ()
        self._one.editor.set_value(" ".join(str(part) for part in parts))

    def _show_rows(self) -> None:
        self._made = None
        self._table.show_records(self._members)
        self._table.setFixedHeight(self._table.content_height(min(max(len(self._members), 2), _MOST_ROWS)))

    def _show_sum(self) -> None:
        clause = self._clause
        if clause is None:
            return
        filled = [self._parts[one.ref] for one in self._members if self._parts.get(one.ref)]
        whole = sum((sum(parts, Decimal()) for parts in filled), Decimal())
        if not filled:
            words, tone = f"{len(self._members)}人，还没有分到各人。{BY_WEIGHT}；{BY_PARTS}。", Tone.QUIET
        elif whole == clause.amount:
            words, tone = (
                f"{len(filled)}人合计 {money(whole)} 元，与第{numeral(clause.no)}条相符。",
                Tone.DONE,
            )
            if len(self._members) > MOST_DRAWN:
                words += f"超过{MOST_DRAWN}人的附表，右边的拟稿里不画，拟定以后再看。"
        else:
            words = f"{len(filled)}人合计 {money(whole)} 元，第{numeral(clause.no)}条写的是 {money(clause.amount)} 元。"
            tone = Tone.SEAL
        self._sum.setText(words)
        self._sum.set_tone(tone)


def paid_by_group(file: CaseFile, clauses: Sequence[Clause]) -> tuple[str, Clause | None]:
    """The group with a roll that has exactly one payment, and that payment."""
    for party in file.parties:
        if not party.is_group or not file.members_of(party.ref):
            continue
        paid = [one for one in clauses if one.kind is ClauseKind.PAY and party.ref in (one.payer, one.payee)]
        if len(paid) == 1:
            return party.ref, paid[0]
    return "", None


def _following(clause: Clause, sums: Sequence[Decimal]) -> Clause:
    """The payment with what all members together get or pay."""
    parts = tuple(
        replace(part, amount=amount) for part, amount in zip(clause.instalments, sums, strict=False)
    )
    return replace(clause, amount=sum(sums, Decimal()), instalments=parts)
