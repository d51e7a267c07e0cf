"""Lines as they are typed at the board: marks in front, the rest is what was said; nothing is ever lost."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediation_desk.cases.board.typed_line import (
    KIND_MARKS,
    TypedLine,
    read_line,
    with_kind,
    word_being_typed,
    written,
)
from mediation_desk.hearings.board.notes import NoteKind, Terms

TODAY = date(2026, 3, 16)
MARKS = st.sampled_from("@#!?~=-*%&.\\＠＃！？～ 　:：，+>12 8000 7-15万元田孟漏水")
RAW = st.one_of(st.text(max_size=60), st.lists(MARKS, max_size=30).map("".join))


def read(raw: str) -> TypedLine:
    return read_line(raw, TODAY)


@pytest.mark.parametrize(
    ("raw", "kind", "text"),
    [
        ("吊顶坏了", NoteKind.STATEMENT, "吊顶坏了"),
        ("为什么不修?", NoteKind.STATEMENT, "为什么不修?"),
        ("?什么时候漏的", NoteKind.QUESTION, "什么时候漏的"),
        ("？什么时候漏的", NoteKind.QUESTION, "什么时候漏的"),
        ("=水是从田家来的", NoteKind.FACT, "水是从田家来的"),
        ("-愿意先修", NoteKind.CONCESSION, "愿意先修"),
        ("*物业的检测报告", NoteKind.EVIDENCE, "物业的检测报告"),
        ("%诉讼要鉴定", NoteKind.RISK, "诉讼要鉴定"),
        ("&民法典第1165条", NoteKind.LAW, "民法典第1165条"),
        (".休息十分钟", NoteKind.COURSE, "休息十分钟"),
        ("##漏水的原因", NoteKind.ISSUE, "漏水的原因"),
        ("# 漏水的原因", NoteKind.ISSUE, "漏水的原因"),
        ("\\-5度", NoteKind.STATEMENT, "-5度"),
        ("=-5度", NoteKind.FACT, "-5度"),
    ],
)
def test_a_mark_in_front_says_what_a_line_is(raw: str, kind: NoteKind, text: str) -> None:
    line = read(raw)
    assert (line.kind, line.text) == (kind, text)


@pytest.mark.parametrize(
    "raw", ["@田 #1 ~?谁来修", "~@田 ?#1 谁来修", "＠田：＃1？～谁来修", "?@田，#1~谁来修"]
)
def test_marks_come_in_any_order_and_width(raw: str) -> None:
    line = read(raw)
    found = (line.speaker, line.issue, line.private, line.kind, line.text)
    assert found == ("田", "1", 1, NoteKind.QUESTION, "谁来修")


@pytest.mark.parametrize(
    ("raw", "amount", "due_on", "says"),
    [
        ("!8000 7-15", "8000.00", date(2026, 7, 15), "8,000.00元，2026-07-15前付"),
        ("！8000元，7月15日前，修好吊顶", "8000.00", date(2026, 7, 15), "修好吊顶"),
        ("!1.2万 月底前付清", "12000.00", date(2026, 3, 31), "12,000.00元，2026-03-31前付"),
        ("!8,100.50 +7", "8100.50", date(2026, 3, 23), "8,100.50元，2026-03-23前付"),
        ("!８０００ 2-1", "8000.00", date(2027, 2, 1), "8,000.00元，2027-02-01前付"),
        ("!先把吊顶修好，再说钱", None, None, "先把吊顶修好，再说钱"),
        ("!3个月内还清", None, None, "3个月内还清"),
        ("!7-15 8000", "8000.00", date(2026, 7, 15), "8,000.00元，2026-07-15前付"),
        ("!\\8000 7-15", None, None, "8000 7-15"),
    ],
)
def test_an_offer_is_read_with_sum_and_day(
    raw: str, amount: str | None, due_on: date | None, says: str
) -> None:
    line = read(raw)
    assert line.amount == (Decimal(amount) if amount else None)
    assert (line.due_on, line.says, line.problem) == (due_on, says, "")


def test_who_pays_whom_is_typed_with_an_arrow() -> None:
    line = read("!田+物业>孟 8000")
    assert (line.payer, line.payee, line.amount) == ("田+物业", "孟", Decimal("8000.00"))
    assert read("!+ 8000").afresh
    assert not read("!+7 8000").afresh


@pytest.mark.parametrize("raw", ["!8000.123", "!9999999999999", "!8000 2月30日", "!13-45 8000"])
def test_a_sum_or_day_that_cannot_be_is_told_and_stays_where_it_is(raw: str) -> None:
    line = read(raw)
    assert line.problem
    assert line.text


@given(RAW)
def test_reading_never_fails_and_loses_no_letter(raw: str) -> None:
    line = read(raw)
    assert raw.startswith(line.head)
    assert raw[len(line.head) :].strip() == line.text
    assert line.text or not raw[len(line.head) :].strip()


@given(RAW, st.integers(0, 60))
def test_the_word_under_the_cursor_is_inside_the_line(raw: str, cursor: int) -> None:
    found = word_being_typed(raw, cursor)
    if found is not None:
        _mark, begin, end = found
        assert 0 < begin <= end <= len(raw)


TEXTS = st.text(min_size=1, max_size=30).map(str.strip).filter(bool)


@given(st.sampled_from(NoteKind), TEXTS)
def test_a_line_taken_up_again_reads_as_it_was(kind: NoteKind, text: str) -> None:
    line = read(written(kind, text, None))
    assert (line.kind, line.says) == (kind, text)


@given(
    TEXTS,
    st.none() | st.decimals("0.01", "9999999", places=2),
    st.none() | st.dates(date(2026, 3, 16), date(2099, 1, 1)),
)
def test_an_offer_taken_up_again_keeps_its_terms(
    text: str, amount: Decimal | None, due_on: date | None
) -> None:
    terms = Terms(payer="B1", payee="A1", amount=amount, due_on=due_on)
    line = read(written(NoteKind.OFFER, text, terms, payer="田志远", payee="孟庆兰"))
    assert (line.says, line.amount, line.due_on) == (text, amount, due_on)
    assert (line.payer, line.payee) == ("田志远", "孟庆兰")


def test_every_kind_can_be_typed() -> None:
    typed = {*KIND_MARKS.values(), NoteKind.STATEMENT, NoteKind.ISSUE}
    assert typed == set(NoteKind)


@given(RAW, st.sampled_from(NoteKind))
def test_another_kind_changes_nothing_else(raw: str, kind: NoteKind) -> None:
    before, line = read(raw), read(with_kind(raw, kind))
    assert (line.kind, line.private) == (kind, before.private)
    if NoteKind.OFFER not in (kind, before.kind):
        assert line.text == before.text
