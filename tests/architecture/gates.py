"""Rules on the source: text that something might interpret goes through one helper each, SQL stays in db."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("mediation_desk", "ui", "db", "resources")

PLAIN = "ui/widgets/plain.py"
PDF = "mediation_desk/documents/render/pdf.py"
SHEET = "mediation_desk/documents/render/sheet.py"

DATABASE = {"sqlalchemy", "alembic", "psycopg", "sqlcipher3", "sqlite3"}
GUESSES_RICH_TEXT = {
    "QLabel",
    "QMessageBox",
    "QErrorMessage",
    "QInputDialog",
    "QProgressDialog",
    "QTextEdit",
    "QToolTip",
    "setToolTip",
    "setWhatsThis",
    "setHtml",
    "insertHtml",
    "appendHtml",
}
MARKUP = {"Paragraph", "XPreformatted"}
CELL = re.compile(r"[A-Z]{1,3}[0-9]+")
SHEET_NAME = re.compile(r"(.*_)?(ws|sheet|worksheet)")

Finding = tuple[int, str]


def sources() -> Iterator[tuple[str, str]]:
    """Path (from the top, with slashes) and text of every module that is shipped."""
    for package in PACKAGES:
        for file in sorted((ROOT / package).rglob("*.py")):
            yield file.relative_to(ROOT).as_posix(), file.read_text(encoding="utf-8")


def findings(path: str, source: str) -> list[str]:
    """What the rules object to in one module, as ``path:line: sentence``."""
    tree = ast.parse(source)
    top = PurePosixPath(path).parts[0]
    found: list[Finding] = []
    if top != "db":
        found += _imports(tree, DATABASE, "only db/ knows the database libraries")
    if top == "ui" and path != PLAIN:
        found += _rich_text(tree)
        found += _tool_tip_roles(tree)
    found += _markup(tree, path)
    if path != SHEET:
        found += _cells(tree)
    return [f"{path}:{line}: {sentence}" for line, sentence in sorted(set(found))]


def imported(tree: ast.AST) -> Iterator[tuple[int, str, str]]:
    """Line, module and imported name ("" for the module itself) of every import."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield from ((node.lineno, node.module or "", alias.name) for alias in node.names)


def _imports(tree: ast.AST, banned: set[str], sentence: str) -> Iterator[Finding]:
    for line, module, _ in imported(tree):
        if module.split(".")[0] in banned:
            yield line, sentence
    for node in ast.walk(tree):  # importlib.import_module("sqlalchemy")
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            called = ast.unparse(node.func).split(".")[-1]
            if called in {"import_module", "__import__"} and str(node.args[0].value).split(".")[0] in banned:
                yield node.lineno, sentence


def _rich_text(tree: ast.AST) -> Iterator[Finding]:
    """Any mention counts, not only a call: a renamed import or a subclass would get past a list of calls."""
    for line, name in _mentions(tree):
        if name in GUESSES_RICH_TEXT:
            yield line, f"{name} guesses rich text; go through {PLAIN}"


def _tool_tip_roles(tree: ast.AST) -> Iterator[Finding]:
    names = dict.fromkeys(name for _, name in _mentions(tree))
    if "plain_tip" not in names:
        for line, name in _mentions(tree):
            if name == "ToolTipRole":
                yield line, f"tool tips of a model guess rich text; use plain_tip of {PLAIN}"


def _markup(tree: ast.AST, path: str) -> Iterator[Finding]:
    """ReportLab's paragraphs interpret markup: only ``para`` of the PDF helper, which escapes, may."""
    allowed = _lines_of(tree, "para") if path == PDF else set()
    sentence = f"ReportLab paragraphs interpret markup; use para of {PDF}"
    names = set()
    for line, module, name in imported(tree):
        if module.split(".")[0] != "reportlab":
            continue
        if name in MARKUP or name == "*":
            names.add(name)
            if path != PDF:
                yield line, sentence
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id in names and node.lineno not in allowed:
            yield node.lineno, sentence
        if isinstance(node, ast.Attribute) and node.attr in MARKUP and _rooted_in_reportlab(tree, node):
            yield node.lineno, sentence


def _rooted_in_reportlab(tree: ast.AST, node: ast.Attribute) -> bool:
    root = ast.unparse(node).split(".")[0]
    bound = {"reportlab"}
    for found in ast.walk(tree):
        if isinstance(found, ast.Import):
            bound |= {a.asname or "" for a in found.names if a.name.split(".")[0] == "reportlab"}
        elif isinstance(found, ast.ImportFrom) and (found.module or "").split(".")[0] == "reportlab":
            bound |= {a.asname or a.name for a in found.names}
    return root in bound


def _cells(tree: ast.AST) -> Iterator[Finding]:
    """In modules that handle sheets no value gets into a cell but through ``write_cell``."""
    modules = {module for _, module, _ in imported(tree)}
    sheets = "mediation_desk.documents.render.sheet"
    if not any(module.split(".")[0] == "openpyxl" or module == sheets for module in modules):
        return
    sentence = f"cell values go through write_cell of {SHEET}"
    for node in ast.walk(tree):
        targets = node.targets if isinstance(node, ast.Assign) else []
        targets = [node.target] if isinstance(node, ast.AugAssign | ast.AnnAssign) else targets
        if any(_is_cell(target) for target in targets) or _fills_cells(node):
            yield node.lineno, sentence  # type: ignore[attr-defined]  # statements and calls have lines


def _is_cell(target: ast.expr) -> bool:
    if isinstance(target, ast.Attribute):
        return target.attr in {"value", "data_type", "_value"}
    if not isinstance(target, ast.Subscript):
        return False
    key = target.slice
    return isinstance(key, ast.JoinedStr) or (
        isinstance(key, ast.Constant) and isinstance(key.value, str) and bool(CELL.fullmatch(key.value))
    )


def _fills_cells(node: ast.AST) -> bool:
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return False
    if node.func.attr == "cell":
        return len(node.args) > 2 or any(word.arg == "value" for word in node.keywords)
    owner = ast.unparse(node.func.value).split(".")[-1].lower()
    return node.func.attr == "append" and bool(SHEET_NAME.fullmatch(owner) or owner == "active")


def _mentions(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            yield node.lineno, node.id
        elif isinstance(node, ast.Attribute):
            yield node.lineno, node.attr
        elif isinstance(node, ast.ImportFrom):
            yield from ((node.lineno, alias.name) for alias in node.names)


def _lines_of(tree: ast.AST, function: str) -> set[int]:
    """Lines of the function of that name."""
    return {
        line
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.name == function
        for line in range(node.lineno, (node.end_lineno or node.lineno) + 1)
    }
