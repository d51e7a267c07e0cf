"""The end-to-end test: the tour does the main job through the real windows."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from pypdf import PdfReader

PICTURES = 23


def test_the_tour_leaves_pictures_agreement_and_table(tmp_path: Path) -> None:
    """Run as a user runs it, in a process of its own, without a display."""
    environment = {name: value for name, value in os.environ.items() if "DISPLAY" not in name}
    done = subprocess.run(
        [sys.executable, "-P", "-m", "mediation_desk", "tour", "--out", str(tmp_path)],
        env=environment | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    written = {Path(line).name for line in done.stdout.splitlines()}
    assert written == {path.name for path in tmp_path.iterdir()}
    assert len([name for name in written if name.endswith(".png")]) == PICTURES
    text = "".join(
        "".join(page.extract_text() for page in PdfReader(tmp_path / "agreement.pdf").pages).split()
    )
    for words in (
        "人民调解协议书",
        "苏婉仪",
        "云川晴川物业管理有限公司",
        "人民币伍仟贰佰伍拾元整",
        "一式四份",
    ):
        assert words in text
    sheet = "".join(
        "".join(page.extract_text() for page in PdfReader(tmp_path / "choice-sheet.pdf").pages).split()
    )
    for party in ("苏婉仪", "云川晴川物业管理有限公司"):
        assert party in sheet
    rows = {
        row["track"]: row for row in json.loads((tmp_path / "statistics.json").read_text("utf-8"))["rows"]
    }
    assert rows["人民调解"]["success"] >= 1
    assert rows["合计"]["registered"] == sum(
        row["registered"] for name, row in rows.items() if name != "合计"
    )
