"""S16: every application item of level 2 is shown by a test that exists, and the page says so."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any

import pytest

from tests.architecture.ci_scripts import script
from tests.architecture.gates import ROOT

AREAS = (
    "身份鉴别", "访问控制", "安全审计", "入侵防范", "恶意代码防范", "可信验证", "数据完整性", "数据备份恢复",
    "剩余信息保护", "个人信息保护",
)  # fmt: skip
CLAUSES = (
    *(f"7.1.4.1 {letter}" for letter in "abc"),
    *(f"7.1.4.2 {letter}" for letter in "abcd"),
    *(f"7.1.4.3 {letter}" for letter in "abc"),
    *(f"7.1.4.4 {letter}" for letter in "abcde"),
    "7.1.4.5",
    "7.1.4.6",
    "7.1.4.7",
    *(f"7.1.4.8 {letter}" for letter in "ab"),
    "7.1.4.9",
    *(f"7.1.4.10 {letter}" for letter in "ab"),
    "7.1.5",
    "7.1.9",
    "7.1.10",
)


def exists(test: str) -> bool:
    """Whether a test of this id is there: ``file``, ``file::function`` or ``file::Class::function``."""
    name, *inside = test.split("::")
    file = ROOT / name
    if not (file.is_file() and file.name.startswith("test_")):
        return False
    body: list[ast.stmt] = ast.parse(file.read_text(encoding="utf-8")).body
    for part in inside:
        found = next((node for node in body if getattr(node, "name", None) == part), None)
        if not isinstance(found, ast.ClassDef | ast.FunctionDef):
            return False
        body = found.body
    return bool(inside) is False or inside[-1].startswith("test_")


def faults(told: dict[str, Any]) -> Iterator[str]:
    """What is wrong with the map, one sentence each."""
    clauses = [item["clause"] for item in told["item"]]
    yield from (f"{clause}: no such item" for clause in CLAUSES if clauses.count(clause) != 1)
    yield from (f"{area}: no such area" for area in AREAS if area not in {i["area"] for i in told["item"]})
    for item in told["item"]:
        tests = item.get("tests", [])
        if not tests:
            yield f"{item['clause']}: no test"
        yield from (f"{item['clause']}: {test} does not exist" for test in tests if not exists(test))
    yield from (f"{item['demands']}: {item['have']}" for item in told["level3"] if not item["words"])


@pytest.fixture
def told() -> dict[str, Any]:
    found: dict[str, Any] = script("level_map").read()
    return found


def test_every_item_is_shown_by_a_test(told: dict[str, Any]) -> None:
    assert list(faults(told)) == []


def test_the_page_is_what_the_map_says(told: dict[str, Any]) -> None:
    level_map = script("level_map")

    assert level_map.PAGE.read_text(encoding="utf-8") == level_map.page(told)


def test_what_is_missing_is_noticed(told: dict[str, Any]) -> None:
    """The control: an item without its tests, a test that is gone, an item that is gone."""
    shown = next(item for item in told["item"] if item.get("tests"))
    test = shown["tests"][0]

    shown["tests"] = []
    assert f"{shown['clause']}: no test" in faults(told)
    shown["tests"] = [f"{test}_of_old"]
    assert f"{shown['clause']}: {test}_of_old does not exist" in faults(told)
    shown["tests"] = ["tests/architecture/test_none.py"]
    assert any("does not exist" in fault for fault in faults(told))
    told["item"].remove(shown)
    assert f"{shown['clause']}: no such item" in faults(told)
