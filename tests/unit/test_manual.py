"""The manual and the two READMEs keep up with the program: every screen, key and command is described."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from mediation_desk.cli.main import root
from mediation_desk.documents.registry import FORMS
from tests.architecture.gates import ROOT
from ui.keys import KEYS, ON_BOARD, ON_EVERY_SCREEN
from ui.screens.registry import SCREENS
from ui.shell.manual_view import manual_page

MANUAL = ROOT / "docs" / "manual"
READMES = ("README.md", "README.zh-CN.md")
LINK = re.compile(r"\[[^\]]*\]\(([^)#]+)\)")
ROW = re.compile(r"^\| (?P<key>.+?) \| (?P<words>.+?) \|$", re.MULTILINE)


def page(name: str) -> str:
    return (MANUAL / f"{name}.md").read_text("utf-8")


def leaves(group: click.Group, path: str = "") -> Iterator[tuple[str, click.Command]]:
    """Every command that does something, with the words one types."""
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from leaves(command, f"{path}{name} ")
        else:
            yield f"{path}{name}", command


def options(command: click.Command) -> list[str]:
    return [max(one.opts, key=len) for one in command.params if isinstance(one, click.Option)]


def code_of(text: str) -> str:
    """The indented blocks of a README."""
    return "\n".join(line for line in text.splitlines() if line.startswith("    "))


def commands_in(text: str) -> list[str]:
    """The typed part of each line of code, without remarks and without words that are translated."""
    found = []
    for line in code_of(text).splitlines():
        first, *more = re.split(r"\s{2,}", line.strip())
        typed = [first, *(part for part in more if part.split()[0] in root.commands)]
        found += [" ".join(re.findall(r"(?<!\S)\[?-{0,2}[a-z][a-z-]*", part)) for part in typed]
    return found


COMMANDS = dict(leaves(root))


@pytest.mark.parametrize("code", [spec.code for spec in SCREENS])
def test_f1_finds_a_page_for_every_screen(code: str) -> None:
    assert manual_page(code) == page(code)


def test_a_screen_nobody_described_has_no_page() -> None:
    assert manual_page("nowhere") == ""


def test_every_key_stands_in_the_index_with_the_words_of_the_program() -> None:
    shown = {(row["key"], row["words"]) for row in ROW.finditer(page("index"))}
    wanted = {(key.sequence.replace("Return", "Enter"), key.words) for key in KEYS}

    assert wanted | set(ON_EVERY_SCREEN) <= shown


def test_every_key_of_the_board_stands_on_its_page() -> None:
    shown = {(row["key"], row["words"]) for row in ROW.finditer(page("board"))}

    assert {(key.sequence, key.words) for key in ON_BOARD} <= shown


def test_the_index_leads_to_every_page() -> None:
    pages = {found.name for found in MANUAL.glob("*.md")} - {"index.md"}

    assert pages <= set(LINK.findall(page("index")))


@pytest.mark.parametrize("name", sorted(found.stem for found in MANUAL.glob("*.md")))
def test_links_lead_to_pages_and_pictures_that_the_readme_shows(name: str) -> None:
    pictures = set(re.findall(r"docs/images/(\S+?\.png)", (ROOT / "README.md").read_text("utf-8")))
    pages = {found.name for found in MANUAL.glob("*.md")}

    for target in LINK.findall(page(name)):
        known = target in pages or target.removeprefix("../images/") in pictures
        assert known, f"{name}.md: {target}"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_in_the_manual_with_its_options(command: str) -> None:
    text = page("command-line")

    assert f"`{command}`" in text
    assert [one for one in options(COMMANDS[command]) if one not in text] == []


@pytest.mark.parametrize("form", [form.key for form in FORMS])
def test_every_form_is_named_in_the_manual(form: str) -> None:
    assert f"`{form}`" in page("papers")
    assert f"`{form}`" in page("command-line")


@pytest.mark.parametrize("readme", READMES)
@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_in_both_readmes(readme: str, command: str) -> None:
    code = code_of((ROOT / readme).read_text("utf-8"))

    assert re.search(rf"(^|\s){command}(\s|$)", code, re.MULTILINE)
    for option in options(COMMANDS[command]):
        assert option in code


def test_both_readmes_have_the_same_headings_and_the_same_commands() -> None:
    english, chinese = ((ROOT / name).read_text("utf-8") for name in READMES)

    def depths(text: str) -> list[int]:
        return [len(found) for found in re.findall(r"^(#+) ", text, re.MULTILINE)]

    assert depths(english) == depths(chinese)
    assert commands_in(english) == commands_in(chinese)
    assert "make test" in commands_in(english)


@pytest.mark.parametrize("name", sorted(path.stem for path in (ROOT / "resources" / "rules").glob("*.toml")))
def test_every_rule_file_is_explained(name: str) -> None:
    assert f"| {name}.toml |" in page("data")


def test_an_installed_program_brings_manual_and_resources(tmp_path: Path) -> None:
    pytest.importorskip("setuptools")
    program = [sys.executable, "setup.py", "--quiet", "build_py", "--build-lib", str(tmp_path)]
    built = subprocess.run(program, cwd=ROOT, capture_output=True, encoding="utf-8", timeout=120)
    assert built.returncode == 0, built.stderr

    assert {top.name for top in tmp_path.iterdir()} == {"mediation_desk", "ui", "db", "resources"}
    for source in MANUAL.glob("*.md"):
        assert (tmp_path / "resources" / "manual" / source.name).read_bytes() == source.read_bytes()
    kept = {path.relative_to(ROOT) for path in (ROOT / "resources").rglob("*") if path.is_file()}
    shipped = {path.relative_to(tmp_path) for path in (tmp_path / "resources").rglob("*") if path.is_file()}
    missing = {path for path in kept - shipped if "__pycache__" not in path.parts}
    assert missing == set()
    assert not [path for path in shipped if path.suffix == ".pyc"]
