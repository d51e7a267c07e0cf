"""Every parser of ours with samples of what it reads, and how they are spoilt.

A parser takes what somebody typed, a file, a kept note or a centre's rule table. Whatever comes, it answers or refuses
by its own kind of error; ``tests/unit/test_fuzzing.py`` looks for parsers that are not here.
"""

from __future__ import annotations

import ast
import importlib
import io
import json
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import click
from hypothesis import strategies as st

import mediation_desk
from db.queries.finding import match
from mediation_desk.access.accounts.recovery_code import new_code, typed_code
from mediation_desk.agreements.laws import read_book
from mediation_desk.audit.anchors import FILE_NAME, kept, typed_anchor
from mediation_desk.cases.board.typed_line import read_line, word_being_typed
from mediation_desk.cases.centre import read_centre
from mediation_desk.cases.finding.query import asked, nearly
from mediation_desk.cases.finding.views import read_query
from mediation_desk.cases.ink.binding import read_strokes
from mediation_desk.cases.numbering import parse_number
from mediation_desk.cli.opening import DAY
from mediation_desk.documents.mark import read_code
from mediation_desk.interchange.agreeing import read_agreement
from mediation_desk.interchange.ledger import reading as ledger_reading
from mediation_desk.interchange.ledger.columns import ledger_columns
from mediation_desk.interchange.packages.content import Record, dump_record, read_record
from mediation_desk.interchange.parse import parse, parse_any
from mediation_desk.interchange.pool import reading as pool_reading
from mediation_desk.interchange.pool.columns import column_rules
from mediation_desk.interchange.pool.objects import read_objects
from mediation_desk.interchange.reader import read_case
from mediation_desk.interchange.registration import read_registration
from mediation_desk.interchange.sessions import read_session
from mediation_desk.interchange.sheets.cells import Cell
from mediation_desk.interchange.sheets.days import read_day as read_sheet_day
from mediation_desk.parties.sounds import typed_sound
from mediation_desk.shared.assets import read_text, use_rules_in
from mediation_desk.shared.errors import InputError
from mediation_desk.shared.money import parse_yuan
from mediation_desk.shared.quarantine.frames import receive
from mediation_desk.shared.quarantine.plain import Garbage, from_plain
from mediation_desk.shared.record import record
from mediation_desk.shared.text import canonical, cleaned
from mediation_desk.shared.typed_days import read_day
from mediation_desk.shared.workdays import parse_period as parse_term
from mediation_desk.statistics.periods import parse_period
from mediation_desk.subsidy.months import parse_month
from tests.unit.spoiling import Fuzzed, octets, tables, texts, trees
from ui.fields.money_field import read_yuan
from ui.screens.case_page.clause_more import read_ratio
from ui.screens.case_page.editors import read_time

TODAY = date(2026, 11, 28)
_REGISTRATION = {
    "dispute": {"occurred_on": "2026-03-08", "place": "安和区锦园小区"},
    "parties": [
        {"ref": "A1", "side": "申请人", "kind": "自然人", "name": "孟庆兰", "phone": "13800000101"},
        {"ref": "B1", "side": "被申请人", "kind": "自然人", "name": "田志远"},
    ],
    "facts": "楼上漏水，吊顶泡坏。",
    "claims": [
        {"ref": "Q1", "by": "A1", "against": ["B1"], "item": "维修费", "amount": "4860.00", "calc": None}
    ],
}
_SESSION = {
    "plan": {
        "date": "2026-03-18",
        "start": "09:00",
        "until": "10:30",
        "room": "T1",
        "guests": [{"name": "顾凡"}],
    },
    "consents": [{"guest": "顾凡", "agreed": ["A1", "B1"], "on": "2026-03-16"}],
    "record": {"result": "达成", "end": "10:30"},
}
_AGREEMENT = {
    "clauses": [
        {
            "kind": "给付", "payer": "B1", "payee": "A1", "amount": "900.00", "covers": ["Q1"], "entry": "pay",
            "instalments": [{"due_on": "2026-04-10", "amount": "450.00"}, {"due_on": "2026-05-10", "amount": "450.00"}],
        },
        {"kind": "放弃", "text": "双方再无其他争议。"},
    ],
    "copies": 3,
}  # fmt: skip
_QUERY = {
    "states": ["在办"],
    "track": "人民调解",
    "search": "漏水",
    "received_from": "2026-01-01",
    "people_from": 2,
}
_STROKES = b'[[{"p":0.5,"t":0,"x":10.0,"y":20.0},{"p":0.5,"t":9,"x":11.0,"y":20.0}]]'
_FRAME = b"\0\0\0\0\0\0\0\x0b" + b'{"blobs":[]}'[:11]
_ANCHORS = b'{"seq":12,"code":"A2B3C4D5","at":"2026-11-28T10:00:00+08:00","for":"closing"}\n'


def _as_json(parse_text: Callable[[str], object]) -> Callable[[Any], object]:
    return lambda data: parse_text(json.dumps(data))


def fuzzed(folder: Path) -> tuple[Fuzzed, ...]:
    """All of them but those of rule tables and those of the quarantine; files are put into ``folder``."""
    case = json.loads(read_text("examples/leak.json"))
    file = read_case(read_text("examples/leak.json"))
    centre = read_centre()
    return (
        *_typed(),
        *_cells(),
        Fuzzed(name="JSON", parse=parse_any, spoilt=octets(b'{"a":[1,"b",2.5,null]}')),
        Fuzzed(name="JSON text", parse=parse, spoilt=texts('{"a":[1,"b",2.5,null]}')),
        Fuzzed(name="case", parse=_as_json(read_case), spoilt=trees(case)),
        Fuzzed(
            name="record of a package",
            parse=_as_json(lambda text: read_record(text.encode())),
            spoilt=trees(json.loads(dump_record(Record(file=file, lineage=("a" * 64,))))),
        ),
        Fuzzed(
            name="registration",
            parse=_as_json(lambda text: read_registration(text, centre, TODAY)),
            spoilt=trees(_REGISTRATION),
        ),
        Fuzzed(name="session", parse=_as_json(read_session), spoilt=trees(_SESSION)),
        Fuzzed(
            name="agreement", parse=_as_json(lambda text: read_agreement(text, file)), spoilt=trees(_AGREEMENT)
        ),
        Fuzzed(
            name="pool in JSON",
            parse=lambda data: read_objects("a.json", json.dumps(data).encode()),
            spoilt=trees({"mediators": [{"name": "周某", "card": {"gender": "男"}, "specialties": ["邻里"]}]}),
        ),
        Fuzzed(name="view", parse=read_query, spoilt=trees(_QUERY), refuses=(KeyError, ValueError, TypeError)),
        Fuzzed(name="strokes", parse=read_strokes, spoilt=octets(_STROKES)),
        Fuzzed(name="anchors kept", parse=lambda data: _anchors(folder, data), spoilt=octets(_ANCHORS)),
        Fuzzed(
            name="frame", parse=lambda data: receive(io.BytesIO(data), 1000), spoilt=octets(_FRAME), refuses=(Garbage,)
        ),
        Fuzzed(
            name="answer of a worker",
            parse=lambda data: from_plain(Fuzz, data, [b"x"]),
            spoilt=trees({"$kind": "Fuzz", "number": 1, "days": ["2026-11-28"], "data": {"$bytes": 0}, "inner": None}),
            refuses=(Garbage,),
        ),
    )  # fmt: skip


@record
class Fuzz:
    """A record as it crosses from the worker."""

    number: int
    days: tuple[date, ...]
    data: bytes
    inner: Fuzz | None


def _typed() -> Iterator[Fuzzed]:
    """What somebody types."""
    refused_by_click = (click.UsageError,)
    for name, parse_text, seeds in (
        ("yuan", parse_yuan, ("８，１００．５", "¥8,100.5元", "0.01")),
        ("yuan of a field", read_yuan, ("1.5万", "8100元")),
        ("ratio", read_ratio, ("6:3:1", "60% 30% 10%")),
        (
            "period",
            parse_period,
            ("2026", "2026H1", "2026Q4", "2026-03", "2026W14", "2026-01-01..2026-03-31", "all"),
        ),
        ("month", parse_month, ("2026-10",)),
        ("term", parse_term, ("30日", "15个工作日")),
        ("anchor", typed_anchor, ("12-A2B3C4D5", "12 A2B3 C4D5")),
        ("recovery code", typed_code, (new_code(),)),
        ("mark of a page", read_code, ("TJT1/AJ2026000031/agreement/1/K3Q7ZB2M5A/2",)),
        ("number", parse_number, ("（2026）安和人调字第31号", "2026-31")),
        (
            "line of the board",
            lambda text: read_line(text, TODAY),
            ("@张三 #1 >甲>乙 5000 3月5日 可以", "!私下说", "?为什么"),
        ),
        ("word being typed", lambda text: word_being_typed(text, len(text) // 2), ("@张三 #1 可以",)),
        ("statute", lambda text: read_book(text, "某法"), ("# 某法\n## 第一章\n第一条 甲。\n第二条 乙。\n",)),
        (
            "question",
            lambda text: match(nearly(asked(text))),
            ("张三 漏水", "zhangsan", "1380000", '"a" OR b*'),
        ),
        ("canonical", lambda text: canonical(text, "事由"), ("甲\r\n乙",)),
        ("sound", typed_sound, ("zhangsan", "lüxia")),
        ("cleaned", cleaned, ("甲\u202e乙",)),
    ):
        yield Fuzzed(name=name, parse=parse_text, spoilt=texts(*seeds))
    days = ("2026-11-28", "明天", "下周三", "3月5日", "月底", "+10天", "本周日")
    yield Fuzzed(
        name="day", parse=lambda text: read_day(text, TODAY), spoilt=texts(*days), refuses=(ValueError,)
    )
    yield Fuzzed(name="time", parse=read_time, spoilt=texts("9:30", "0930", "14点"), refuses=(ValueError,))
    yield Fuzzed(
        name="day on the command line",
        parse=lambda text: DAY.convert(text, None, None),
        spoilt=texts("2026-03-05"),
        refuses=refused_by_click,
    )


def _cells() -> Iterator[Fuzzed]:
    """Cells of sheets, by what their column is read as."""
    samples = (
        "2026.3.5",
        "2026年3月",
        "45000",
        "是",
        "8,100.5元",
        "张三、李四",
        "（2026）安和人调字第31号",
        "3:30-5点",
        "周一",
    )
    yield Fuzzed(
        name="day in a sheet", parse=lambda text: read_sheet_day(text, last=True), spoilt=texts(*samples)
    )
    pool = tuple(column_rules().by_field.values())
    ledger = ledger_columns()
    context = ledger_reading.Context(rules=ledger, title="金额（万元）", year=2026)
    both = st.tuples(texts(*samples), st.booleans())
    yield Fuzzed(
        name="cells of a roster",
        parse=lambda cell: [
            _quietly(pool_reading.read, one, Cell(text=cell[0], numeric=cell[1])) for one in pool
        ],
        spoilt=both,
    )
    yield Fuzzed(
        name="cells of a register",
        parse=lambda cell: [
            _quietly(ledger_reading.read, one, Cell(text=cell[0], numeric=cell[1]), context)
            for one in ledger.columns
        ],
        spoilt=both,
    )


def _quietly(read: Callable[..., object], *given: object) -> object:
    try:
        return read(*given)
    except InputError as error:
        return error


def _anchors(folder: Path, data: bytes) -> object:
    (folder / FILE_NAME).write_bytes(data)
    return kept(folder)


def rule_readers() -> Mapping[str, tuple[str, ...]]:
    """Functions without arguments that read a rule table, as ``module:function``, by table."""
    found: dict[str, list[str]] = {}
    root = Path(mediation_desk.__file__).parent
    for path in sorted(root.rglob("*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and not (node.args.args or node.args.kwonlyargs):
                module = ".".join(path.relative_to(root.parent).with_suffix("").parts)
                for table in _tables_in(node):
                    found.setdefault(table, []).append(f"{module}:{node.name}")
    return {table: tuple(names) for table, names in found.items()}


def _tables_in(function: ast.FunctionDef) -> Iterator[str]:
    for node in ast.walk(function):
        called = (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in ("built", "rules")
        )
        if called and node.args and isinstance(node.args[0], ast.Constant):  # type: ignore[attr-defined]  # a Call
            yield str(node.args[0].value)  # type: ignore[attr-defined]


def fuzzed_rules(folder: Path) -> Iterator[Fuzzed]:
    """A centre's own rule tables, each with everything that reads it."""
    for table, names in rule_readers().items():
        readers = [_named(one) for one in names]

        def reads(text: str, table: str = table, readers: list[Callable[[], object]] = readers) -> None:
            (folder / f"{table}.toml").write_text(text, encoding="utf-8")
            use_rules_in(folder)
            for read in readers:
                _quietly(read)

        yield Fuzzed(name=f"{table}.toml", parse=reads, spoilt=tables(read_text(f"rules/{table}.toml")))


def _named(name: str) -> Callable[[], object]:
    module, _, function = name.partition(":")
    found: Callable[[], object] = getattr(importlib.import_module(module), function)
    return found
