"""The acceptance cases beside the checkout; tests that need them are skipped where they are absent."""

from __future__ import annotations

from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "cases"
FILES = sorted(FOLDER.glob("C*.json"))
needs_cases = pytest.mark.skipif(not FILES, reason="the acceptance cases are not beside this checkout")
