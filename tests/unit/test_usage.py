"""A mistyped command is told in Chinese, naming the option and what it may be."""

from __future__ import annotations

from pathlib import Path

import pytest

from mediation_desk.cli.main import run


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("stats --bogus", "没有选项 --bogus"),
        ("stats --table", "选项 --table 的写法不对"),
        (
            "stats --table tracks --period 2026 --format csv",
            "选项 --format：没有“csv”，可写text、json、xlsx、pdf、docx。",
        ),
        ("stats --table tracks --period 2026 --people-from -1", "选项 --people-from：应为不小于0的整数。"),
        (
            "stats --table tracks --from 2026-13-01",
            "选项 --from：“2026-13-01”不是日期，应为 2026-03-05 这样。",
        ),
        ("stats cell cases", "缺少参数 ROW。"),
        ("stats warning a b", "后面多写了字"),
        ("stats foo", "没有命令 foo"),
        ("foo", "没有命令 foo"),
        ("work add", "缺少选项 --kind。"),
        ("stats freeze --period 2026 --supersedes x", "选项 --supersedes：应为整数。"),
    ],
)
def test_a_mistyped_command_is_told_in_chinese(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], typed: str, words: str
) -> None:
    assert run(["--practice", "--data", str(tmp_path / "desk"), *typed.split()]) == 2
    said = capsys.readouterr().err
    assert said.startswith("用法有误：")
    assert words in said
    assert not [english for english in ("Invalid", "Missing", "No such", "Got ", "range") if english in said]
