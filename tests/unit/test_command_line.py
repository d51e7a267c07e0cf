"""The command line as a stranger uses it: what it prints, how it fails, what it leaves behind."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mediation_desk.cli.main import run
from mediation_desk.shared.assets import read_text

EXAMPLE = "E01_roof_leak"


@pytest.fixture
def example(tmp_path: Path) -> Path:
    path = tmp_path / "leak.json"
    path.write_text(read_text("examples/leak.json"), encoding="utf-8")
    return path


@pytest.fixture
def desk(tmp_path: Path) -> list[str]:
    return ["--practice", "--data", str(tmp_path / "desk")]


def test_import_list_show_export(
    desk: list[str], example: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*desk, "case", "import", str(example)]) == 0
    key, number, state = capsys.readouterr().out.strip().split("\t")
    assert (key, state) == (EXAMPLE, "归档")
    assert run([*desk, "case", "import", str(example)]) == 0
    assert "已在库中" in capsys.readouterr().out
    assert run([*desk, "case", "list", "--json"]) == 0
    assert [line["number"] for line in json.loads(capsys.readouterr().out)] == [number]
    assert run([*desk, "case", "show", number]) == 0
    assert "导入" in capsys.readouterr().out
    out = tmp_path / "again.json"
    assert run([*desk, "case", "export", key, "--out", str(out)]) == 0
    assert json.loads(out.read_text("utf-8")) == json.loads(example.read_text("utf-8"))


def test_print_names_the_files(
    desk: list[str], example: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run([*desk, "case", "import", str(example)])
    capsys.readouterr()
    out = tmp_path / "new" / "papers"
    assert run([*desk, "case", "print", EXAMPLE, "--form", "agreement", "--out", str(out)]) == 0
    printed = [Path(line) for line in capsys.readouterr().out.splitlines()]
    assert sorted(path.suffix for path in printed) == [".docx", ".pdf"]
    assert all(path.stat().st_size > 1000 for path in printed)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["case", "show", "nothing"], 2),
        (["case", "print", EXAMPLE, "--form", "nothing", "--out", "x"], 2),
        (["case", "print", EXAMPLE, "--form", "oral", "--out", "x"], 3),
        (["stats", "--from", "2026-13-01", "--to", "2026-12-31", "--table", "tracks"], 2),
        (["stats", "--from", "2026-12-31", "--to", "2026-01-01", "--table", "tracks"], 2),
        (["stats", "--from", "2026-01-01", "--to", "2026-12-31", "--table", "nothing"], 2),
        (["case", "import", "missing.json"], 2),
        (["restore", "missing.db"], 4),
        (["nothing"], 2),
    ],
)
def test_errors_are_one_line_with_their_code(
    desk: list[str],
    example: Path,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    code: int,
) -> None:
    run([*desk, "case", "import", str(example)])
    capsys.readouterr()
    assert run([*desk, *arguments]) == code
    out, err = capsys.readouterr()
    assert out == ""
    assert len(err.strip().splitlines()) == 1


def test_a_bad_file_stores_nothing_and_the_good_ones_go_in(
    desk: list[str], example: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = tmp_path / "bad.json"
    bad.write_text(example.read_text("utf-8")[:-400], encoding="utf-8")
    assert run([*desk, "case", "import", str(bad), str(example)]) == 2
    out, err = capsys.readouterr()
    assert out.startswith(EXAMPLE)
    assert str(bad) in err
    run([*desk, "case", "list"])
    assert len(capsys.readouterr().out.splitlines()) == 1


def test_statistics_in_all_formats(
    desk: list[str], example: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run([*desk, "case", "import", str(example)])
    capsys.readouterr()
    period = ["--from", "2026-01-01", "--to", "2026-12-31", "--as-of", "2026-12-31"]
    for table in ("tracks", "cases"):
        assert run([*desk, "stats", *period, "--table", table]) == 0
        assert "合计" in capsys.readouterr().out
        assert run([*desk, "stats", *period, "--table", table, "--format", "json"]) == 0
        assert json.loads(capsys.readouterr().out)["rows"]
        sheet = tmp_path / f"{table}.xlsx"
        assert run([*desk, "stats", *period, "--table", table, "--format", "xlsx", "--out", str(sheet)]) == 0
        assert capsys.readouterr().out.strip() == str(sheet)
    assert run([*desk, "stats", *period, "--table", "cases", "--format", "xlsx"]) == 2


def test_demo_fills_an_empty_database_only(desk: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*desk, "demo", "--cases", "5"]) == 0
    assert run([*desk, "demo", "--cases", "5"]) == 3
    capsys.readouterr()
    run([*desk, "check"])
    assert "共5件案件" in capsys.readouterr().out


def test_backup_restore_check(
    desk: list[str], example: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*desk, "check"]) == 4
    run([*desk, "case", "import", str(example)])
    capsys.readouterr()
    assert run([*desk, "backup", "--to", str(tmp_path / "stick")]) == 0
    copy = capsys.readouterr().out.strip()
    assert run([*desk, "restore", copy]) == 4
    assert run(["--practice", "--data", str(tmp_path / "other"), "restore", copy]) == 0
    assert run(["--practice", "--data", str(tmp_path / "other"), "check"]) == 0
    assert "共1件案件" in capsys.readouterr().out


@pytest.mark.parametrize("command", [["case", "list"], ["expert", "list"], ["backup"], ["check"]])
def test_a_missing_database_is_told_and_not_made(
    tmp_path: Path, command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["--practice", "--data", str(tmp_path / "nowhere"), *command]) == 4
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize("content", [b"hello", b"\0" * 4096])
def test_a_foreign_database_is_refused_and_untouched(
    tmp_path: Path, content: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "desk.db").write_bytes(content)
    assert run(["--practice", "--data", str(tmp_path), "case", "list"]) == 4
    assert "不是调解台的数据库" in capsys.readouterr().err
    assert (tmp_path / "desk.db").read_bytes() == content


def test_search_names_the_place_and_shows_the_text(
    desk: list[str], example: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run([*desk, "case", "import", str(example)])
    capsys.readouterr()
    name = json.loads(example.read_text("utf-8"))["parties"][0]["name"]
    assert run([*desk, "case", "search", name]) == 0
    printed = capsys.readouterr().out
    assert EXAMPLE in printed
    assert name in printed
    assert run([*desk, "case", "search", name, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["near"] is False
    assert EXAMPLE in {hit["case_key"] for group in found["groups"] for hit in group["hits"]}


def test_search_without_a_hit_says_so_and_is_no_failure(
    desk: list[str], example: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run([*desk, "case", "import", str(example)])
    capsys.readouterr()
    assert run([*desk, "case", "search", '没有的词 " OR *']) == 0
    assert capsys.readouterr() == ("", "没有找到。\n")
