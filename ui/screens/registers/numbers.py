"""编号登记簿: every number of a series, given, voided or missing; nothing here can be changed."""

from __future__ import annotations

from mediation_desk.cases.numbering import NumberSeries
from mediation_desk.cases.registers import NumberLine, NumberRegister, NumberState
from mediation_desk.shared.changes import Topic
from ui.fields.choice_field import ChoiceField
from ui.screens.base import Context, Screen
from ui.tables.record_model import Column
from ui.tables.record_table import RecordTable
from ui.tokens import Tone
from ui.widgets.card import Card
from ui.widgets.layout import row
from ui.widgets.plain import PlainLabel
from ui.widgets.text import small


class NumbersScreen(Screen):
    """One series at a time; Enter opens the case that bears the number."""

    code = "numbers"
    caption = "编号登记簿"
    topics = frozenset((Topic.CASES,))

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._series: tuple[NumberSeries, ...] = ()
        self.choice: ChoiceField[NumberSeries] = ChoiceField((), word=_name)
        self.choice.setObjectName("numbers.series")
        self.choice.setAccessibleName("哪一个编号系列")
        self.choice.setMinimumContentsLength(34)
        self._sum = PlainLabel()
        self._sum.setObjectName("numbers.sum")
        self.table: RecordTable[NumberLine] = RecordTable(
            "编号", _COLUMNS, key=lambda line: line.serial, empty="这一系列还没有编过号。", sortable=False
        )
        self.table.setObjectName("numbers.lines")
        self.first = self.choice
        card = Card("编号", flush=True)
        card.add(self.table)
        self.body.addLayout(row(self.choice, self._sum, None, gap=12))
        self.body.addWidget(
            small(
                "每单位、每类、每年一个系列，从1起，不留空号。作废的编号留在原处，不再给别的案件。", wrap=True
            )
        )
        self.body.addWidget(card, 1)
        self.choice.edited.connect(self._read_lines)
        self.table.chosen.connect(self._on_chosen)

    def refresh(self) -> None:
        """Read which series there are, then the one chosen."""
        services = self.context.services
        self.context.desk.query(
            lambda: services.registers.series(services.actor), self._show_series, owner=self, slot="series"
        )

    def _show_series(self, series: tuple[NumberSeries, ...]) -> None:
        chosen = self.choice.value()
        self._series = series
        self.choice.set_values(series)
        same = next((one for one in series if chosen is not None and _name(one) == _name(chosen)), None)
        if same is not None:
            self.choice.set_value(same)
        self._read_lines()

    def _read_lines(self) -> None:
        series, services = self.choice.value(), self.context.services
        if series is None:
            self.table.show_records(())
            self._sum.setText("")
            return
        self.context.desk.query(
            lambda: services.registers.numbers(services.actor, series), self._show, owner=self, slot="lines"
        )

    def _show(self, register: NumberRegister) -> None:
        self.table.show_records(tuple(reversed(register.lines)))
        counts = [f"{state} {number}" for state in NumberState if (number := register.counted(state))]
        whole = register.fault or "没有空号"
        self._sum.setText(f"编到第 {register.series.last} 号：{'，'.join(counts)}；{whole}。")
        self._sum.set_tone(Tone.SEAL if register.fault else Tone.DONE)

    def _on_chosen(self, line: NumberLine) -> None:
        if line.case_key:
            self.context.open_case(line.case_key)


def _name(series: NumberSeries) -> str:
    return f"{series.year}年　{series.body}　{series.kind}"


def _serial(line: NumberLine) -> str:
    return f"{line.serial}" if line.serial == line.until else f"{line.serial}—{line.until}"


_COLUMNS: tuple[Column[NumberLine], ...] = (
    Column("序号", _serial, width=96, number=True),
    Column("编号", lambda line: line.number or "—", width=220),
    Column("怎样", lambda line: line.state.value, width=110),
    Column("日期", lambda line: line.on.isoformat() if line.on else "—", width=110),
    Column("案件代码", lambda line: line.case_key or "—", width=150),
    Column("作废的理由", lambda line: line.reason),
)
