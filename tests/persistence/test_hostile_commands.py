"""Hostile text on the command line: every command that prints or writes, one thing a line, nothing obeyed (S7)."""

from __future__ import annotations

import ast
import io
import json
import shutil
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from unicodedata import category

import pytest

from mediation_desk.access.actor import COUNTER
from mediation_desk.app import open_desk
from mediation_desk.cli.main import run
from mediation_desk.cli.telling import one_line
from mediation_desk.settings import resolve
from tests.hostile_case import hostile_file
from tests.hostile_text import keepable, texts
from tests.persistence.wall_outputs import READING


@pytest.fixture
def folder(tmp_path: Path, sqlite_template: Path) -> Path:
    """A case full of hostile text."""
    shutil.copyfile(sqlite_template, tmp_path / "desk.db")
    desk = open_desk(resolve(tmp_path))
    desk.cases.take_over(COUNTER, hostile_file(keepable(one_line=True), 0))
    desk.close()
    return tmp_path


def spoken(folder: Path, *arguments: str) -> tuple[int, str, str]:
    """Exit code, what was printed, what was said of errors."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = run(["--data", str(folder), *arguments])
    return code, out.getvalue(), err.getvalue()


def test_every_command_prints_plain_lines_and_writes_where_it_was_told(folder: Path) -> None:
    key = hostile_file(keepable(one_line=True), 0).case_key
    for number, (command, arguments) in enumerate(READING.items()):
        out = folder / f"out{number}"
        out.mkdir()
        before = {one for one in folder.rglob("*") if out not in one.parents}
        wanted = arguments(key, out)
        code, said, complained = spoken(folder, *command, *wanted)
        assert code in (0, 2, 3), (command, complained)
        strange = {char for char in said + complained if category(char) in ("Cc", "Cf", "Cs")} - {"\n", "\t"}
        assert strange == set(), (command, strange)
        if said.startswith(("[", "{")):
            json.loads(said)
        fresh = {one for one in folder.rglob("*") if out not in one.parents} - before
        assert {one for one in fresh if not one.name.startswith(("desk.db", "anchors"))} <= {out}, command


def raw_lines(source: str) -> list[str]:
    """Calls of ``click.echo`` with columns in them: those go through ``tell``."""
    found = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    return [
        ast.unparse(one)
        for one in found
        if ast.unparse(one.func) == "click.echo" and "\\t" in ast.unparse(one)
    ]


def test_lines_with_columns_go_through_one_helper() -> None:
    for file in sorted((Path(__file__).parents[2] / "mediation_desk" / "cli").glob("*.py")):
        assert raw_lines(file.read_text("utf-8")) == [], file.name
    assert raw_lines("click.echo(f'{key}\\t{title}')"), "the control"


def test_hostile_arguments_are_answered_in_one_plain_line(folder: Path) -> None:
    for text in texts()[::40]:
        code, said, complained = spoken(folder, "case", "show", "--", text[:2000])
        assert code == 2, ascii(text)
        assert said == ""
        assert complained.count("\n") == 1
        assert complained.rstrip("\n").replace("\t", "").isprintable()


@pytest.mark.parametrize("text", ["a\x1b[2Jb", "a\rb", "a\nb", "a\x07", "a\ud800b", "a\u202eb"])
def test_a_line_is_a_line(text: str) -> None:
    line = one_line(text)
    assert line.isprintable()
    assert line.startswith("a")
