"""The contracts in setup.cfg hold, and break when somebody imports across a border."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from tests.architecture.gates import PACKAGES, ROOT

CONTRACT = {
    "ui/planted.py": ("import db.engine", "The windows know the core"),
    "db/planted.py": ("import PySide6.QtCore", "Storage knows the core"),
    "mediation_desk/cases/planted.py": ("import ui", "The core knows neither Qt, SQL"),
    "mediation_desk/shared/planted.py": ("import mediation_desk.cases.model", "imports point down"),
    "mediation_desk/planted.py": ("", "imports point down"),  # a core module nobody placed in the order
}


def contracts(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the import contracts of ``folder`` in a process of their own."""
    program = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    environment = os.environ | {"PYTHONPATH": str(folder), "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        [sys.executable, "-c", program], cwd=folder, env=environment, capture_output=True, encoding="utf-8"
    )


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of the source that may be spoilt."""
    for package in PACKAGES:
        ignored = shutil.ignore_patterns("__pycache__", "fonts")
        shutil.copytree(ROOT / package, tmp_path / package, ignore=ignored)
    shutil.copy(ROOT / "setup.cfg", tmp_path)
    return tmp_path


def test_the_contracts_hold() -> None:
    outcome = contracts(ROOT)

    assert outcome.returncode == 0, outcome.stdout


@pytest.mark.parametrize("place", CONTRACT)
def test_a_planted_import_breaks_its_contract(checkout: Path, place: str) -> None:
    source, contract = CONTRACT[place]
    (checkout / place).write_text(source + "\n")
    outcome = contracts(checkout)

    assert outcome.returncode != 0
    broken = [line for line in outcome.stdout.splitlines() if "BROKEN" in line]
    assert any(contract in line for line in broken), outcome.stdout


def test_only_the_safe_package_provides_the_embedded_database() -> None:
    """Others install into the same module name and bring a SQLite that loses commits (reliability R3)."""
    assert set(packages_distributions()["sqlcipher3"]) == {"sqlcipher3"}
