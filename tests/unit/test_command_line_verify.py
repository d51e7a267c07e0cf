"""``verify`` and ``case seal`` from the command line: sentences, exit codes, and the password on standard input."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from mediation_desk.access.actor import COUNTER
from mediation_desk.app import open_desk
from mediation_desk.cli.main import run
from mediation_desk.documents.sealing.check_code import check_code
from mediation_desk.documents.service import compose
from mediation_desk.settings import resolve
from tests.documents.certificate import PASSWORD, made
from tests.documents.dispute import case

NUMBER = "（2026）测人调字第31号"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A desk with one case whose agreement is printed."""
    desk = open_desk(resolve(tmp_path / "desk", practice=True))
    with desk.storage.write() as work:
        work.cases.add(case())
    desk.printing.write(COUNTER, "T01", "agreement", ("pdf",), tmp_path / "printed")
    desk.close()
    return tmp_path


def _run(folder: Path, *arguments: str) -> int:
    return run(["--practice", "--data", str(folder / "desk"), *arguments])


def _printed(folder: Path) -> Path:
    (path,) = (folder / "printed").iterdir()
    return path


def test_an_unchanged_file_ends_with_0_and_a_changed_one_with_3(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = _printed(folder)
    assert _run(folder, "verify", str(path)) == 0
    assert "没有改动" in capsys.readouterr().out
    path.write_bytes(path.read_bytes() + b"\n% more\n")
    assert _run(folder, "verify", str(path), "--json") in (0, 3)
    assert json.loads(capsys.readouterr().out)["case_key"] == "T01"
    (folder / "text.pdf").write_text("no paper", encoding="utf-8")
    assert _run(folder, "verify", str(folder / "text.pdf")) == 2
    assert _run(folder, "verify", str(folder / "nowhere.pdf")) == 2


def test_a_number_and_a_code_are_answered(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = check_code(compose(case(), "agreement")[0].mark)
    assert _run(folder, "verify", "--number", NUMBER, "--code", code) == 0
    assert _run(folder, "verify", "--number", "（2026）别人调字第9号", "--code", code) == 3
    assert "不是本中心的文书" in capsys.readouterr().out
    assert _run(folder, "verify", "--number", NUMBER, "--code", "AAAA") == 2
    assert _run(folder, "verify", "--number", NUMBER) == 2
    assert _run(folder, "verify") == 2
    assert _run(folder, "verify", str(_printed(folder)), "--number", NUMBER, "--code", code) == 2


def test_a_paper_is_sealed_with_the_password_from_standard_input(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    certificate, out = folder / "centre.p12", folder / "sealed.pdf"
    certificate.write_bytes(made()[0])
    wanted = ("case", "seal", "T01", "--cert", str(certificate), "--out", str(out), "--password-stdin")
    monkeypatch.setattr("sys.stdin", io.StringIO("错的\n"))
    assert _run(folder, *wanted) == 2
    assert not out.exists()
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\n"))
    assert _run(folder, *wanted) == 0
    assert _run(folder, "verify", str(out)) == 0
    said = capsys.readouterr()
    assert "签名完好" in said.out
    assert PASSWORD not in said.out + said.err
