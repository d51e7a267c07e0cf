"""Write docs/level-map.md from docs/level-map.toml: ``make level-map``. What it may hold is said there."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SOURCE, PAGE = ROOT / "docs" / "level-map.toml", ROOT / "docs" / "level-map.md"
HAVE = {"switch": "开关", "part": "部分", "gap": "没有"}


def read() -> dict[str, Any]:
    """Items and the level-3 delta as they stand in the source."""
    return tomllib.loads(SOURCE.read_text(encoding="utf-8"))


def page(told: dict[str, Any]) -> str:
    """The page."""
    return "\n".join(_lines(told)) + "\n"


def _lines(told: dict[str, Any]) -> Iterator[str]:
    items, beyond = told["item"], told["level3"]
    shown = sum(bool(item.get("tests")) for item in items)
    yield "# 等保对照表"
    yield ""
    yield "GB/T 22239-2019 第二级中与应用程序有关的各项，以及证明它的测试。"
    yield "由 `make level-map` 从 `level-map.toml` 写出。"
    yield "条款用自己的话简述，交给测评机构之前请与标准原文核对。“中心做”是程序做不到、要由中心承担的部分。"
    yield ""
    yield f"{len(items)} 项，{shown} 项有测试。"
    yield ""
    yield "| 条款 | 方面 | 要求 | 测试 | 中心做 |"
    yield "|---|---|---|---|---|"
    for item in items:
        tests = "<br>".join(f"`{test}`" for test in item["tests"])
        yield f"| {item['clause']} | {item['area']} | {item['demands']} | {tests} | {item.get('site', '')} |"
    yield ""
    yield "## 第三级还要求什么"
    yield ""
    yield "| 要求 | 现状 | 说明 |"
    yield "|---|---|---|"
    for item in beyond:
        yield f"| {item['demands']} | {HAVE[item['have']]} | {item['words']} |"


if __name__ == "__main__":
    PAGE.write_text(page(read()), encoding="utf-8")
    print(PAGE)
