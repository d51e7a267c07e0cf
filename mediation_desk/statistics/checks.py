"""Whether a filled table agrees with itself (domain.md §3.4, V-1 to V-8 and V-10)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from mediation_desk.shared.record import record
from mediation_desk.statistics.model import StatTable
from mediation_desk.statistics.tally import AGREED_WAN, AGREED_YUAN, SUCCESS_RATE, rate, to_wan


@record
class Violation:
    """A line that breaks a rule, as one sentence."""

    rule: str
    row: str
    message: str


Numbers = Mapping[str, Decimal]


def violations(table: StatTable) -> tuple[Violation, ...]:
    """Every rule a line breaks; rules about columns the table does not have are passed over."""
    found: list[Violation] = []
    for row in table.rows:
        values = {column.code: value for column, value in zip(table.columns, row.values, strict=True)}
        numbers = {code: Decimal(value) for code, value in values.items() if value is not None}
        found += (Violation(rule=rule, row=row.label, message=text) for rule, text in _of_row(numbers))
    found += (Violation(rule="V-10", row="合计", message=text) for text in _of_sum(table))
    return tuple(found)


def _of_row(row: Numbers) -> Iterator[tuple[str, str]]:
    yield from _parts(row)
    yield from _at_most(row)
    expected = rate(int(row["success"]), int(row["concluded"]))
    if SUCCESS_RATE in row and row[SUCCESS_RATE] != expected:
        yield "V-3", "成功率应为调解成功除以办结"
    if row["oral"] + row["written"] != row["success"]:
        yield "V-4", "口头协议加书面协议应等于调解成功"
    if row["persons"] < 2 * row["concluded"]:
        yield "V-7", "当事人数应不少于案件数的两倍"
    for code in row:
        if code.startswith("prevented_") and code.endswith("_cases"):
            cases, persons = row[code], row[code.removesuffix("cases") + "persons"]
            if persons < cases or (cases == 0) != (persons == 0):
                yield "V-8", "防止激化的人数应不少于件数，且两者同为零或者同不为零"
    if row[AGREED_WAN] != to_wan(row[AGREED_YUAN]):
        yield "V-10", "万元应由元换算，四舍五入到两位小数"


def _parts(row: Numbers) -> Iterator[tuple[str, str]]:
    if "own_motion" not in row:
        return
    sums = {
        "按调解组织": _sum(row, "body_"),
        "按纠纷类型": _sum(row, "kind_"),
        "按案件来源": row["own_motion"] + row["application"] + row["referred"],
    }
    for name, together in sums.items():
        if together != row["concluded"]:
            yield "V-1", f"{name}各栏之和应等于调解案件总数"
    if _sum(row, "referred_") != row["referred"]:
        yield "V-2", "接受委托移送应等于法院、检察院、公安机关、信访部门、其他部门之和"


def _at_most(row: Numbers) -> Iterator[tuple[str, str]]:
    for rule, less, more, words in (
        ("V-3", "success", "concluded", "调解成功不应多于案件总数"),
        ("V-5", "difficult", "concluded", "疑难复杂案件不应多于案件总数"),
        ("V-5", "performed", "success", "履行不应多于调解成功"),
        ("V-6", "confirm_valid", "confirm_applied", "确认有效不应多于申请司法确认"),
        ("V-6", "confirm_applied", "written", "申请司法确认不应多于书面协议"),
    ):
        if row[less] > row[more]:
            yield rule, words


def _of_sum(table: StatTable) -> Iterator[str]:
    """The last line adds up every column but the converted ones."""
    lines = [row.values for row in table.rows if not row.is_total]
    for row in table.rows:
        if not row.is_total:
            continue
        for place, column in enumerate(table.columns):
            if column.code in (AGREED_WAN, SUCCESS_RATE):
                continue
            if sum((Decimal(line[place] or 0) for line in lines), Decimal()) != Decimal(
                row.values[place] or 0
            ):
                yield f"“{column.name}”的合计应等于各行之和"


def _sum(row: Numbers, prefix: str) -> Decimal:
    return sum((value for code, value in row.items() if code.startswith(prefix)), Decimal())
