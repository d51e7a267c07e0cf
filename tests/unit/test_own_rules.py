"""A centre changes rules without us: its own file goes before the shipped one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from mediation_desk.cases.centre import read_centre
from mediation_desk.cases.deadlines import period_rules
from mediation_desk.cases.numbering import number_text
from mediation_desk.shared.assets import use_rules_in
from mediation_desk.shared.errors import InputError


@pytest.fixture(autouse=True)
def own(tmp_path: Path) -> Iterator[Path]:
    use_rules_in(tmp_path)
    yield tmp_path
    use_rules_in(Path("/nonexistent"))


def test_shipped_rules_hold_without_own_ones() -> None:
    assert number_text("人民调解", short="甲人调", year=2026, serial=3) == "（2026）甲人调字第3号"
    assert period_rules()[0].length == 30
    assert read_centre().bodies


def test_own_file_goes_first(own: Path) -> None:
    kinds = ("人民调解", "行政调解", "司法调解", "不予受理", "终止")
    lines = "\n".join(f'"{kind}" = "{{short}}〔{{year}}〕{{serial}}号"' for kind in kinds)
    (own / "numbering.toml").write_text(f"[patterns]\n{lines}\n", "utf-8")
    assert number_text("人民调解", short="甲人调", year=2026, serial=3) == "甲人调〔2026〕3号"


@pytest.mark.parametrize("content", ["name = ", 'name = "某中心"\n', 'name = "某"\n[[body]]\nname = "x"\n'])
def test_a_broken_own_file_is_named(own: Path, content: str) -> None:
    (own / "centre.toml").write_text(content, "utf-8")
    with pytest.raises(InputError, match=r"centre\.toml"):
        read_centre()


@pytest.mark.parametrize(
    ("name", "content"),
    [("deadlines", "[[rule]]\nlength = 3\n"), ("numbering", "[patterns]\n"), ("numbering", "")],
)
def test_a_rule_file_with_an_item_missing_is_named(own: Path, name: str, content: str) -> None:
    (own / f"{name}.toml").write_text(content, "utf-8")
    with pytest.raises(InputError, match=name):
        period_rules() if name == "deadlines" else number_text("人民调解", short="甲", year=2026, serial=1)
