"""The steps of a case from the command line: the same rules as on screen, one line of answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from mediation_desk.access.actor import COUNTER
from mediation_desk.app import open_desk
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.vocabulary import Cause, Result
from mediation_desk.cli.main import run
from mediation_desk.settings import resolve
from tests.persistence.test_case_steps import REGISTER

KEY = "AJ2026000001"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A desk with one case, registered."""
    desk = open_desk(resolve(tmp_path / "desk", practice=True))
    desk.cases.register(COUNTER, REGISTER)
    desk.close()
    return tmp_path / "desk"


def on_file(folder: Path) -> CaseFile:
    desk = open_desk(resolve(folder, practice=True))
    try:
        return desk.cases.file(COUNTER, KEY)
    finally:
        desk.close()


def test_accept_terminate_close(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    desk = ["--practice", "--data", str(folder), "case"]
    assert run([*desk, "accept", KEY, "--on", "2026-03-10"]) == 0
    assert capsys.readouterr().out == f"{KEY}\t（2026）试验人调字第1号\t已受理\n"
    words = ["--cause", "无法联系", "--reason", "多次联系不上", "--on", "2026-03-20"]
    assert run([*desk, "terminate", KEY, *words]) == 0
    ending = on_file(folder).ending
    assert ending is not None
    assert (ending.kind, ending.basis) == (Result.TERMINATED, "人民调解法第二十六条")
    assert ending.told_remedies == ("向人民法院起诉",), "as the rules say, when nobody says otherwise"
    capsys.readouterr()
    assert run([*desk, "close", KEY, "--evaluation", "好"]) == 3
    assert "还没有回访" in capsys.readouterr().err


def test_failed_and_told_otherwise(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    desk = ["--practice", "--data", str(folder), "case"]
    run([*desk, "accept", KEY, "--on", "2026-03-10"])
    words = [
        "--failed",
        "--cause",
        "分歧较大",
        "--reason",
        "差距大",
        "--remedy",
        "申请仲裁",
        "--remedy",
        "起诉",
    ]
    assert run([*desk, "terminate", KEY, *words]) == 0
    ending = on_file(folder).ending
    assert ending is not None
    assert (ending.kind, ending.told_remedies) == (Result.FAILED, ("申请仲裁", "起诉"))


def test_refuse_only_before_acceptance(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    desk = ["--practice", "--data", str(folder), "case"]
    words = ["--cause", "不属于受理范围", "--reason", "行政争议"]
    assert run([*desk, "refuse", KEY, *words]) == 0
    assert capsys.readouterr().out.endswith("\t不予受理\n")
    assert run([*desk, "refuse", KEY, *words]) == 3
    assert "T-4" in capsys.readouterr().err


def test_withdraw_by_name(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    desk = ["--practice", "--data", str(folder), "case"]
    assert run([*desk, "withdraw", KEY, "--by", "没有此人", "--reason", "和好"]) == 2
    assert "没有此人" in capsys.readouterr().err
    assert run([*desk, "withdraw", KEY, "--by", "甄有理", "--reason", "和好"]) == 0
    ending = on_file(folder).ending
    assert ending is not None
    assert (ending.by, ending.cause) == (("A1",), Cause.WITHDRAWN)


def test_bin_and_restore(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    desk = ["--practice", "--data", str(folder), "case"]
    assert run([*desk, "bin", KEY, "--reason", "重复登记"]) == 0
    capsys.readouterr()
    assert run([*desk, "list"]) == 0
    assert capsys.readouterr().out == ""
    assert run([*desk, "accept", KEY]) == 3
    assert "回收站" in capsys.readouterr().err
    assert run([*desk, "restore", KEY]) == 0
    capsys.readouterr()
    run([*desk, "list"])
    assert KEY in capsys.readouterr().out


def test_a_cause_of_another_kind_is_a_usage_error(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    desk = ["--practice", "--data", str(folder), "case"]
    assert run([*desk, "refuse", KEY, "--cause", "分歧较大", "--reason", "x"]) == 2
    assert "分歧较大" in capsys.readouterr().err
