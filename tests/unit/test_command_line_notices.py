"""``case notice`` as a stranger uses it: the number is told, the paper bears it, what does not fit is refused."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from mediation_desk.cli.main import run
from mediation_desk.interchange.reader import read_case
from mediation_desk.interchange.writer import dump_case
from tests.documents.reading import pdf_text
from tests.shared_cases import FILES, needs_cases

pytestmark = needs_cases
KEY = "C14_medical_terminated"


def test_a_notice_gets_its_number_and_the_paper_bears_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = ["--practice", "--data", str(tmp_path / "desk")]
    [medical] = [path for path in FILES if path.name.startswith("C14")]
    not_away = tmp_path / "open.json"
    not_away.write_text(dump_case(replace(read_case(medical.read_bytes()), archive=None)), "utf-8")
    assert run([*desk, "case", "import", str(not_away)]) == 0, capsys.readouterr().err
    capsys.readouterr()

    extended = ["case", "notice", KEY, "--kind", "延期", "--on", "2026-08-31"]
    assert run([*desk, *extended]) == 0, capsys.readouterr().err
    assert "安和医调延〔2026〕1号" in capsys.readouterr().out
    assert run([*desk, *extended]) == 3
    assert "已经发出，文号安和医调延〔2026〕1号" in capsys.readouterr().err
    assert run([*desk, "case", "notice", KEY, "--kind", "补正", "--what", "病历"]) == 3
    assert "已经有了结果" in capsys.readouterr().err
    assert run([*desk, "case", "notice", KEY, "--kind", "驱逐"]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1

    out = tmp_path / "papers"
    assert run([*desk, "case", "print", KEY, "--form", "extended", "--format", "pdf", "--out", str(out)]) == 0
    papers = sorted(out.glob("*.pdf"))
    assert len(papers) == 2
    assert all("文号：安和医调延〔2026〕1号" in pdf_text(path.read_bytes()) for path in papers)
