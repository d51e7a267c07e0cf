"""The published rule is data of the centre, and what the parties read follows from it (§5.4)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from mediation_desk.experts.choice.published import published_rule
from mediation_desk.experts.choice.rule import Step, decide
from mediation_desk.shared.assets import read_text, use_rules_in
from mediation_desk.shared.errors import InputError
from tests.unit.test_choice_rule import SHOWN, follow


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Path]:
    use_rules_in(tmp_path)
    yield tmp_path
    use_rules_in(Path("/nonexistent"))


def _own_rule(own: Path, old: str, new: str) -> None:
    text = read_text("rules/choice.toml")
    assert old in text
    (own / "choice.toml").write_text(text.replace(old, new, 1), "utf-8")
    use_rules_in(own)


def test_what_is_published_says_what_is_done() -> None:
    rule = published_rule()
    text = "".join(rule.sentences)
    assert "一般3到8位" in text
    assert re.search(r"数小的在前；一样的，看各方所排的最差名次.*；一样的，按展示的中立顺序", text)
    assert "再选一轮" in text
    assert not re.search(r"[{}A-Za-z]", text)


def test_a_centre_may_compare_otherwise(own: Path) -> None:
    marks = {"A1": ("M01", "M02", "M03"), "B1": ("M03", "M02", "M01"), "C1": ("M01", "M02", "M03")}
    assert decide(SHOWN, marks).winner == "M01"
    assert decide(("M02", "M01"), {"A1": ("M01", "M02"), "B1": ("M02", "M01")}).winner == "M02"
    _own_rule(own, '["名次之和", "最差名次", "展示顺序"]', '["最差名次", "列为第一的方数", "展示顺序"]')
    decision = decide(SHOWN, marks)
    assert decision.winner == "M02"
    assert "最差名次第2为最靠前" in decision.why
    assert "看有几方排为第一" in "".join(published_rule().sentences)


def test_a_centre_may_do_without_a_second_round(own: Path) -> None:
    _own_rule(own, "run_off = true", "run_off = false")
    assert follow({"A1": (("M01",), ()), "B1": (("M02",), ())}).step is Step.DESIGNATE
    assert "再选一轮" not in "".join(published_rule().sentences)


def test_a_centre_may_designate_who_assists(own: Path) -> None:
    _own_rule(own, "assisting = true", "assisting = false")
    decision = decide(SHOWN, {"A1": ("M01", "M02"), "B1": ("M01", "M02")}, seats=2)
    assert (decision.winner, decision.assisting) == ("M01", ())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"最差名次", "展示顺序"]', '"最差名次"]'),
        ('"最差名次", "展示顺序"]', '"抽签", "展示顺序"]'),
        ("fewest = 3", "fewest = 9"),
        ("run_off = true", 'run_off = "不"'),
        ("到{most}位", "到{many}位"),
    ],
)
def test_a_rule_that_leaves_something_to_chance_is_refused(own: Path, old: str, new: str) -> None:
    _own_rule(own, old, new)
    with pytest.raises(InputError, match=r"choice\.toml"):
        published_rule()
