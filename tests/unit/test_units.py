"""The register of units: read, checked, walked and typed into."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from mediation_desk.cases.beside import OrderKind
from mediation_desk.cases.centre import read_centre
from mediation_desk.cases.routing.reading import read_units, unit_tree
from mediation_desk.cases.routing.terms import term_of
from mediation_desk.cases.routing.units import UnitTree
from mediation_desk.cases.vocabulary import Difficulty
from mediation_desk.shared.assets import use_rules_in
from mediation_desk.shared.errors import InputError

CENTRE = {"code": "Z", "name": "试验中心", "kind": "综治中心"}


def tree(*units: dict[str, Any]) -> UnitTree:
    return read_units({"unit": list(units)}, read_centre())


def below(code: str, name: str, parent: str = "Z", **more: Any) -> dict[str, Any]:
    return {"code": code, "name": name, "kind": "部门", "parent": parent, **more}


@pytest.mark.parametrize(
    ("units", "words"),
    [
        ((), "一个单位也没有"),
        ((CENTRE, {"code": "A", "kind": "部门"}), "第2个单位没有写 name"),
        ((CENTRE, below("A", "甲局", "Y")), "甲局的上级“Y”不在名册里"),
        ((CENTRE, below("A", "甲局", "B"), below("B", "乙局", "A")), "甲局的上级绕回了自己"),
        ((CENTRE, below("A", "甲局", "A")), "甲局的上级绕回了自己"),
        ((CENTRE, below("A", "甲局"), below("A", "乙局")), "代码“A”用了两次"),
        ((CENTRE, below("A", "甲局"), below("B", "甲局")), "名称“甲局”用了两次"),
        ((CENTRE, below("A", "甲局", short="局"), below("B", "乙局", short="局")), "简称“局”用了两次"),
        ((CENTRE, below("A", "甲局", kind="衙门")), "类别“衙门”不认识"),
        ((CENTRE, below("A", "甲局", accepts=["转交"])), "接收的“转交”不认识"),
        ((CENTRE, below("A", "甲局", mediates="无此")), "centre.toml 里没有这个简称的单位"),
    ],
)
def test_a_faulty_register_is_told_in_one_sentence(units: tuple[dict[str, Any], ...], words: str) -> None:
    with pytest.raises(InputError, match=words):
        tree(*units)


def test_the_tree_is_walked_from_the_centre_down() -> None:
    made = tree(below("B", "乙所", "A"), CENTRE, below("A", "甲局"), below("C", "丙局"))
    assert [(depth, unit.code) for depth, unit in made.walk()] == [(0, "Z"), (1, "A"), (2, "B"), (1, "C")]
    assert [unit.name for unit in made.path("B")] == ["试验中心", "甲局", "乙所"]
    assert made.path("无") == ()


@pytest.mark.parametrize(
    ("typed", "short"),
    [
        ("长安街道", "长安街道"),
        ("CA-YL", "榆林社区"),
        ("ylsq", "榆林社区"),
        ("renshe", "区人社局"),
        ("柳湾镇人民", "柳湾镇"),
    ],
)
def test_a_unit_is_found_by_what_people_type(typed: str, short: str) -> None:
    assert unit_tree().demand(typed).short == short


def test_what_fits_several_units_asks_back() -> None:
    with pytest.raises(InputError, match="可能是"):
        unit_tree().demand("人民")


def test_every_body_of_the_shipped_centre_can_be_sent_a_case() -> None:
    mediating = {body.short for unit in unit_tree().units for _, body in unit.bodies}
    assert mediating == {body.short for _, body in read_centre().bodies}


@pytest.fixture
def own_rules(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path
    use_rules_in(tmp_path / "none")


def test_the_centres_own_register_goes_first(own_rules: Path) -> None:
    (own_rules / "units.toml").write_text(
        '[[unit]]\ncode = "Z"\nname = "石门镇综治中心"\nkind = "综治中心"\n', encoding="utf-8"
    )
    use_rules_in(own_rules)
    assert [unit.name for unit in unit_tree().units] == ["石门镇综治中心"]


def test_hard_cases_have_longer() -> None:
    ordinary, hard = (term_of(OrderKind.ASSIGN, kind) for kind in Difficulty)
    assert ordinary is not None
    assert hard is not None
    assert (ordinary.days, hard.days) == (15, 30)
