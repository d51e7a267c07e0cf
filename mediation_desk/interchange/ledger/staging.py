"""A register between file and archive: every line as a case or with its problems, to be looked at and put right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date

from mediation_desk.cases.centre import read_centre
from mediation_desk.interchange.ledger.assembling import NOT_SAID, Setting
from mediation_desk.interchange.ledger.columns import LedgerColumns, ledger_columns
from mediation_desk.interchange.ledger.judging import LedgerJudge
from mediation_desk.interchange.ledger.rows import LedgerReader, LedgerRow
from mediation_desk.interchange.ledger.twins import Known
from mediation_desk.interchange.sheets.staging import Plan, StagedSheet
from mediation_desk.shared.record import record

_NAMED = 5
_DAYS = ("received_on", "accepted_on")
_ABSENT = (
    (("source",), f"没有“来源”一列，来源写“{NOT_SAID}”。"),
    (("occurred_on",), "没有“发生日期”一列，按登记日期登记。"),
)


@record
class StagedLedger(StagedSheet[LedgerRow]):
    """A register beside the cases on file. ``left_out`` are lines that are no cases, with their first words."""

    known: Known
    on: date
    left_out: tuple[tuple[int, str], ...] = ()

    @property
    def columns(self) -> LedgerColumns:
        """The columns of a register."""
        return ledger_columns()

    def reader(self, plan: Plan) -> LedgerReader:
        """Reads the cases of ``plan``."""
        return LedgerReader.for_plan(plan)

    def judge(self) -> LedgerJudge:
        """Compares the lines with the cases on file."""
        return LedgerJudge(known=self.known, setting=self.setting())

    def setting(self) -> Setting:
        """What every line is read beside."""
        table = self.plan.table
        return Setting(
            centre=read_centre(),
            rules=self.columns,
            on=self.on,
            mediators=self.known.mediators,
            file=table.file,
            sheet=table.sheet,
        )

    @property
    def notes(self) -> tuple[str, ...]:
        """What is to be said about the whole register."""
        told = list(self.plan.table.notes)
        present = set(self.plan.mapping.values())
        told += [sentence for fields, sentence in _ABSENT if not present.intersection(fields)]
        if self.left_out:
            first = "、".join(f"第{number}行“{words[:12]}”" for number, words in self.left_out[:_NAMED])
            more = f"等{len(self.left_out)}行" if len(self.left_out) > _NAMED else ""
            told.append(f"{first}{more}不是案件，没有读。")
        return tuple(told)

    @property
    def needed(self) -> tuple[str, ...]:
        """Fields without a column that every case needs."""
        present = set(self.plan.mapping.values())
        kind = () if present & {"kind", "facts", "title"} else ("kind",)
        day = () if present.intersection(_DAYS) else ("received_on",)
        result = () if present & {"result", "closed_on", "agreed_on"} else ("result",)
        return (*day, *kind, *result)

    def results(self) -> Mapping[str, int]:
        """How many of the rows that are ready say what of the end."""
        return Counter(
            str(row.values.get("result") or "没有写明") for row in self.rows if row.state.name == "READY"
        )
