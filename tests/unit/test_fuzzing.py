"""Whatever comes to a parser of ours, it answers or refuses by its own error.

Long form: ``python -m benchmarks.reliability.fuzz``.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import mediation_desk
from mediation_desk.shared.assets import use_rules_in
from tests.unit.fuzzed import fuzzed, fuzzed_rules, rule_readers
from tests.unit.spoiling import Fuzzed, findings, texts

_EXAMPLES, _OF_TABLES = 30, 4
_ELSEWHERE = frozenset(
    (
        *(
            "read_words",
            "read_table",
            "read_draft",
            "read_sheet",
        ),  # behind the quarantine: test_hostile_set.py
        *("read_bodies", "read_life", "read_units"),  # of rule tables
        *("read_bytes", "read_page"),  # of names of our own files
    )
)
_PARSES = re.compile(r"^def (parse|read_|typed_)", re.MULTILINE)


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path
    use_rules_in(tmp_path / "none")


def test_parsers_answer_or_refuse_by_their_own_error(folder: Path) -> None:
    assert [one for parser in fuzzed(folder) for one in findings(parser, _EXAMPLES)] == []


def test_a_spoilt_rule_table_is_refused_in_a_sentence(folder: Path) -> None:
    assert [one for parser in fuzzed_rules(folder) for one in findings(parser, _OF_TABLES)] == []
    assert len(rule_readers()) >= 40


@pytest.mark.parametrize("broken", [int, lambda text: text.encode("gbk"), lambda text: text[20], eval])
def test_a_broken_parser_is_found(broken: Any) -> None:
    """The control."""
    assert findings(Fuzzed(name="broken", parse=broken, spoilt=texts("12", "2026-11-28")), _EXAMPLES) != []


def test_no_parser_is_forgotten() -> None:
    """Whatever reads a text, bytes or a table and says so in its name is fuzzed, here or behind the quarantine."""
    source = (Path(__file__).parent / "fuzzed.py").read_text(encoding="utf-8")
    named = {node.id for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Name)}
    root = Path(mediation_desk.__file__).parent
    texts_of = (
        path.read_text(encoding="utf-8")
        for path in (*root.rglob("*.py"), *(root.parent / "ui").rglob("*.py"))
    )
    there = {
        node.name
        for text in texts_of
        if _PARSES.search(text)
        for node in ast.parse(text).body
        if isinstance(node, ast.FunctionDef) and _parses(node)
    }
    assert there - named - _ELSEWHERE == set()


def _parses(node: ast.FunctionDef) -> bool:
    first = node.args.args[0].annotation if node.args.args else None
    kinds = ("str", "bytes", "str | bytes", "Mapping[str, Any]")
    return (
        first is not None
        and ast.unparse(first) in kinds
        and node.name.startswith(("parse", "read_", "typed_"))
    )
