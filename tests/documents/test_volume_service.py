"""``Volumes`` on a real desk: what is written, noted and left behind; the same on the command line."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pypdf
import pytest

from mediation_desk.access.actor import COUNTER
from mediation_desk.app import Desk, open_desk
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.scan import ScanKind
from mediation_desk.cli.main import run
from mediation_desk.settings import resolve
from mediation_desk.shared.errors import InputError, RuleError
from mediation_desk.shared.watching import Stopped
from tests.documents.dispute import case
from tests.documents.scan_store import Scanner, picture, with_scans


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = open_desk(resolve(tmp_path, practice=True))
    yield opened
    opened.close()


def stored(desk: Desk, file: CaseFile) -> CaseFile:
    with desk.storage.write() as work:
        return work.cases.add(file)


def test_the_written_volume_is_the_preview_and_stands_in_the_case(desk: Desk, tmp_path: Path) -> None:
    stored(desk, case())
    preview = desk.volumes.preview(COUNTER, "T01")
    (path,) = desk.volumes.write(COUNTER, "T01", tmp_path / "out")
    assert path.name == "卷宗-（2026）测人调字第31号.pdf"
    assert path.read_bytes() == preview.pdf
    assert preview.pages == len(pypdf.PdfReader(path).pages)
    assert preview.titles == desk.volumes.checklist(COUNTER, "T01").titles
    (paper,) = desk.cases.papers(COUNTER, "T01")
    assert (paper.form, paper.pages) == ("volume", preview.pages)
    assert paper.sha256 == hashlib.sha256(preview.pdf).hexdigest()


def test_sheets_of_a_former_volume_do_not_stay_among_the_new(desk: Desk, tmp_path: Path) -> None:
    stored(desk, case())
    paths = desk.volumes.write(COUNTER, "T01", tmp_path, split=True)
    former, own = paths[0].parent / "99-撤回申请书.pdf", paths[0].parent / "我的便条.txt"
    former.write_bytes(b"")
    own.write_bytes(b"")
    again = desk.volumes.write(COUNTER, "T01", tmp_path, split=True)
    assert again == paths
    assert not former.exists()
    assert own.exists()
    names = {paper.file_name for paper in desk.cases.papers(COUNTER, "T01")}
    assert names == {
        path.relative_to(tmp_path).as_posix() for path in paths
    }  # no other case has a paper so named


def test_a_stop_or_a_broken_scan_leaves_nothing(desk: Desk, tmp_path: Path) -> None:
    scanner = Scanner(tmp_path)
    broken = scanner.scan(ScanKind.VOUCHER, picture()[:3000], title="收条")
    stored(desk, case())
    stored(
        desk, with_scans(replace(case(), case_key="T02", intake=replace(case().intake, number=None)), broken)
    )
    out = tmp_path / "out"
    for split in (False, True):
        with pytest.raises(Stopped):
            desk.volumes.write(COUNTER, "T01", out, split=split, watch=lambda done, _all: done < 6)
        with pytest.raises(InputError, match="收条"):
            desk.volumes.write(COUNTER, "T02", out, split=split)
    assert not out.exists()
    assert desk.cases.papers(COUNTER, "T01") == desk.cases.papers(COUNTER, "T02") == ()


def test_there_is_no_volume_before_the_case_is_accepted(desk: Desk, tmp_path: Path) -> None:
    new = case(agreement=None, outcome=None, sessions=())
    stored(desk, replace(new, intake=replace(new.intake, accepted_on=None, decision=None)))
    assert desk.volumes.checklist(COUNTER, "T01").must[0] > 0
    with pytest.raises(RuleError, match="受理"):
        desk.volumes.write(COUNTER, "T01", tmp_path)


def test_the_command_line_binds_splits_and_checks(
    desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stored(desk, case())
    where = ["--practice", "--data", str(tmp_path)]
    assert run([*where, "case", "print", "T01", "--form", "volume", "--out", str(tmp_path / "a")]) == 0
    assert Path(capsys.readouterr().out.strip()).is_file()
    assert (
        run([*where, "case", "print", "T01", "--form", "volume", "--split", "--out", str(tmp_path / "b")])
        == 0
    )
    assert len(capsys.readouterr().out.splitlines()) > 8
    assert run([*where, "case", "print", "T01", "--form", "rights", "--split", "--out", str(tmp_path)]) == 2
    capsys.readouterr()

    assert run([*where, "case", "volume", "T01", "--check", "--json"]) == 3, "what must be there is missing"
    told = json.loads(capsys.readouterr().out)
    missing = [line for line in told["entries"] if line["standing"] == "缺"]
    assert told["unsorted_pages"] == 0
    assert told["required"]["due"] - told["required"]["present"] == sum(
        one["need"] == "必须" for one in missing
    )
    assert all(line["why"] and line["basis"] for line in missing)
    assert run([*where, "case", "volume", "T01", "--check"]) == 3
    assert "当事人身份证明" in capsys.readouterr().out
