"""The level of a case: every signal with its reason, points to steps, steps to one of four levels."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from mediation_desk.cases.lifecycle import State
from mediation_desk.cases.vocabulary import Category
from mediation_desk.shared.assets import read_text, use_rules_in
from mediation_desk.shared.errors import InputError
from mediation_desk.shared.track import Track
from mediation_desk.statistics.warning.matrix import assess, matrix
from mediation_desk.statistics.warning.model import Situation
from mediation_desk.statistics.warning.rules import warning_rules

ON = date(2026, 6, 10)
BEFORE_FESTIVAL = date(2026, 1, 20)
QUIET = Situation(
    case_key="K1",
    number="（2026）安调字第1号",
    title="楼上漏水",
    track=Track("人民调解"),
    category=Category.NEIGHBOUR,
    body="安和社区调委会",
    state=State.MEDIATING,
    presiding="M01",
    received_on=date(2026, 6, 1),
    accepted_on=date(2026, 6, 2),
    due_on=date(2026, 7, 2),
    concluded_on=None,
    people=2,
    claimed_yuan=Decimal("3000.00"),
    facts="楼上漏水，吊顶泡坏。",
)
WAGES = Category("拖欠农民工工资纠纷")
FAMILY = Category.FAMILY


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Path]:
    use_rules_in(tmp_path)
    yield tmp_path / "warning.toml"
    use_rules_in(tmp_path / "none")


def codes(case: Situation, on: date = ON) -> set[str]:
    return {sign.code for sign in assess(case, warning_rules(), on).signs}


def test_a_quiet_case_is_blue_and_says_that_nothing_was_seen() -> None:
    found = assess(QUIET, warning_rules(), ON)

    assert (found.level.title, found.signs) == ("蓝色　低风险", ())
    assert found.reason == "没有看到信号"


@pytest.mark.parametrize(
    ("changes", "on", "seen"),
    [
        ({"noted": ("自伤自杀",)}, ON, {"suicide"}),
        ({"facts": "他说不想活了"}, ON, {"suicide_words"}),
        ({"facts": "他说不想活了", "noted": ("自伤自杀",)}, ON, {"suicide"}),
        ({"noted": ("暴力或者威胁",)}, ON, {"violence"}),
        ({"category": FAMILY, "facts": "常年家暴"}, ON, {"domestic", "violence_words"}),
        ({"facts": "常年家暴"}, ON, {"violence_words"}),
        ({"noted": ("可能涉嫌犯罪",)}, ON, {"crime"}),
        ({"facts": "说对方诈骗"}, ON, {"crime_words"}),
        ({"facts": "准备集体上访"}, ON, {"petition"}),
        ({"facts": "两村纠集人手要械斗"}, ON, {"brawl"}),
        ({"noted": ("有人死亡",)}, ON, {"death"}),
        ({"noted": ("涉未成年人",)}, ON, {"minors"}),
        ({"noted": ("有人受伤",)}, ON, {"injury"}),
        ({"category": WAGES}, ON, {"wages"}),
        ({"category": WAGES, "received_on": BEFORE_FESTIVAL}, BEFORE_FESTIVAL, {"wages", "wages_festival"}),
        ({"category": Category("征地拆迁纠纷")}, ON, {"land"}),
        ({"people": 10}, ON, {"group"}),
        ({"people": 50}, ON, {"group", "large_group"}),
        ({"people": 9}, ON, set()),
        ({"claimed_yuan": Decimal(500_000)}, ON, {"large_sum"}),
        ({"claimed_yuan": Decimal(5_000_000)}, ON, {"large_sum", "very_large_sum"}),
        ({"due_on": date(2026, 6, 9)}, ON, {"overdue"}),
        ({"due_on": ON}, ON, set()),
        ({"due_on": date(2026, 5, 1)}, ON, {"overdue", "long_overdue"}),
        ({"due_on": date(2026, 5, 1), "concluded_on": date(2026, 6, 1)}, ON, set()),
        ({"accepted_on": None, "due_on": None}, ON, {"undecided"}),
        ({"failed": 2}, ON, {"failed"}),
        ({"failed": 1}, ON, set()),
        ({"again": ("K0",)}, ON, {"again"}),
        ({"broken_since": date(2026, 6, 1)}, ON, {"broken"}),
        ({"concluded_on": date(2026, 6, 5), "ended_without": True}, ON, {"ended"}),
    ],
)
def test_every_signal_is_seen_where_its_condition_holds_and_nowhere_else(
    changes: dict[str, object], on: date, seen: set[str]
) -> None:
    assert codes(replace(QUIET, **changes), on) == seen  # type: ignore[arg-type]  # the parameters are its fields


def test_no_signal_of_the_rules_is_left_untested() -> None:
    (mark,) = (
        one
        for one in test_every_signal_is_seen_where_its_condition_holds_and_nowhere_else.pytestmark  # type: ignore[attr-defined]  # put there by pytest
    )
    tested = {code for _changes, _on, seen in mark.args[1] for code in seen}

    assert tested == {signal.code for signal in warning_rules().signals}


def test_reasons_name_numbers_and_words() -> None:
    case = replace(QUIET, due_on=date(2026, 6, 5), claimed_yuan=Decimal("1234567.89"), facts="扬言要砸门")
    found = assess(case, warning_rules(), ON)

    assert "调解期限已过 5 天" in found.reason
    assert "请求金额 1,234,567 元" in found.reason
    assert "经过里有“扬言”“砸门”，还没有登记为风险" in found.reason
    ended = replace(QUIET, concluded_on=date(2026, 6, 1), ended_without=True)
    assert assess(ended, warning_rules(), ON).reason == "9 天前结束，没有达成协议"


def test_probability_adds_up_and_the_worst_harm_counts() -> None:
    rules = warning_rules()
    violent = replace(QUIET, noted=("暴力或者威胁",))
    worse = replace(violent, due_on=date(2026, 5, 1), failed=3, people=12)

    assert [assess(one, rules, ON).level.no for one in (QUIET, violent, worse)] == [1, 3, 4]
    assert (assess(worse, rules, ON).probability.word, assess(worse, rules, ON).harm.word) == ("高", "较高")
    threatened = assess(replace(QUIET, noted=("自伤自杀",)), rules, ON)
    assert threatened.level.title == "红色　重大风险"
    assert "公安" in threatened.level.to
    assert threatened.level.now


def test_every_case_stands_in_one_cell_and_the_worst_come_first() -> None:
    cases = [
        replace(QUIET, case_key=f"K{place}", people=people, noted=noted)
        for place, (people, noted) in enumerate(
            [(2, ()), (60, ("暴力或者威胁",)), (10, ()), (2, ("自伤自杀",)), (2, ())]
        )
    ]
    found = matrix(cases, warning_rules(), ON)

    cells = [found.at(row.word, column.word) for row in found.probability for column in found.harm]
    assert sorted(one.case.case_key for cell in cells for one in cell) == [f"K{place}" for place in range(5)]
    levels = [one.level.no for one in found.cases]
    assert levels == sorted(levels, reverse=True)
    assert levels[0] == 4
    assert sum(len(found.of(no)) for no in (1, 2, 3, 4)) == 5


def test_levels_never_fall_when_probability_or_harm_rise() -> None:
    rows = warning_rules().matrix

    assert all(list(row) == sorted(row) for row in rows)
    assert all(list(column) == sorted(column) for column in zip(*rows, strict=True))


def test_a_centre_changes_points_and_words(own: Path) -> None:
    shipped = read_text("rules/warning.toml")
    own.write_text(
        shipped.replace("people = 10\nprobability = 2\nharm = 3", "people = 3\nprobability = 9\nharm = 4")
    )
    use_rules_in(own.parent)

    assert assess(replace(QUIET, people=3), warning_rules(), ON).level.no == 4


@pytest.mark.parametrize(
    ("shipped", "wrong"),
    [
        ("  [1, 1, 2, 3],\n", ""),
        ("  [1, 1, 2, 3],\n", "  [1, 1, 2, 5],\n"),
        ('{ word = "中", from = 2 }', '{ word = "中", from = 0 }'),
        ('hinted = ["自伤自杀"]', 'hinted = ["自杀自伤"]'),
        ("alpha = 0.05", "alpha = 5"),
        ("ended = true\n", ""),
    ],
)
def test_a_faulty_rule_file_is_named(own: Path, shipped: str, wrong: str) -> None:
    text = read_text("rules/warning.toml")
    assert shipped in text
    own.write_text(text.replace(shipped, wrong, 1))
    use_rules_in(own.parent)

    with pytest.raises(InputError, match=r"warning\.toml"):
        warning_rules()
