"""Accounts on the command line: the first start of a real centre, acting as somebody, and a practice centre apart."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest

from mediation_desk import settings
from mediation_desk.access.accounts import cost, entering
from mediation_desk.access.accounts.tries import machine_tick
from mediation_desk.cli.main import run
from tests.documents.reading import pdf_text
from tests.persistence.account_desk import GOOD, OTHER, cheap


@pytest.fixture(autouse=True)
def cheaply(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords cost nothing here: what they cost is measured elsewhere."""
    monkeypatch.setattr(
        entering.Entrance.__init__, "__kwdefaults__", {"derive": cheap, "ticker": machine_tick}
    )


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    return written(tmp_path / "secret", GOOD)


@pytest.fixture
def centre(tmp_path: Path, secret: Path, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """A real centre whose administrator is ``root``."""
    where = ["--data", str(tmp_path / "desk")]
    assert run([*where, "--password-file", str(secret), "account", "add", "root", "--first"]) == 0
    assert "恢复码" in capsys.readouterr().out
    return where


def written(path: Path, words: str) -> Path:
    path.write_text(words + "\n", encoding="utf-8")
    path.chmod(0o600)
    return path


def test_a_real_centre_without_accounts_lets_only_the_first_be_made(
    tmp_path: Path, secret: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    where = ["--data", str(tmp_path / "desk")]
    registration = tmp_path / "new.json"
    registration.write_text("{}", encoding="utf-8")
    assert run([*where, "case", "new", "--json", str(registration)]) == 3
    for command in (
        ["case", "list"],
        ["account", "list"],
        ["backup"],
        ["stats", "--table", "tracks"],
    ):
        capsys.readouterr()
        assert run([*where, *command]) == 3, command
        assert "account add --first" in capsys.readouterr().err
    assert run([*where, "--password-file", str(secret), "account", "add", "root", "--first"]) == 0
    assert run([*where, "--password-file", str(secret), "account", "add", "two", "--first"]) == 3


def test_a_command_acts_as_the_account_it_names(
    centre: list[str], secret: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def as_(name: str, file: Path, *words: str) -> int:
        return run([*centre, "--as", name, "--password-file", str(file), *words])

    def once() -> Path:
        return written(tmp_path / "once", capsys.readouterr().out.strip().rpartition("：")[2])

    assert run([*centre, "account", "list"]) == 3
    assert "--as" in capsys.readouterr().err
    assert as_("root", secret, "account", "add", "wang", "--display-name", "王芳", "--role", "值班长") == 0
    first, own = once(), written(tmp_path / "own", OTHER)
    assert as_("wang", first, "case", "list") == 3
    assert "一次性口令" in capsys.readouterr().err
    assert as_("wang", first, "account", "password", "--new-password-file", str(own)) == 0
    assert as_("wang", own, "case", "list") == 0
    assert as_("root", secret, "case", "list") == 3, "who keeps the accounts sees no case"
    assert as_("wang", own, "account", "list") == 3
    assert as_("root", secret, "account", "role", "wang", "--role", "统计员") == 0
    assert as_("wang", own, "case", "list") == 3
    capsys.readouterr()
    assert as_("root", secret, "account", "list", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert [(one["name"], one["roles"]) for one in told] == [("root", ["系统管理员"]), ("wang", ["统计员"])]
    assert as_("root", secret, "account", "lock", "wang") == 0
    assert as_("wang", own, "stats", "--table", "tracks") == 3
    capsys.readouterr()
    assert as_("root", secret, "account", "open", "wang") == 0
    assert as_("wang", once(), "account", "password", "--new-password-file", str(secret)) == 0
    capsys.readouterr()
    assert as_("root", secret, "account", "reset", "wang") == 0
    assert "一次性口令" in capsys.readouterr().out


def test_the_sheet_opens_the_centre(
    centre: list[str], secret: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pdf = tmp_path / "sheet.pdf"
    words = ["account", "sheet", "--sheet", str(pdf)]
    assert run([*centre, "--as", "root", "--password-file", str(secret), *words]) == 0
    told = capsys.readouterr().out.splitlines()[0].rpartition("：")[2]
    assert told.replace("-", "") in re.sub(r"\s", "", pdf_text(pdf.read_bytes()))
    assert os.name != "posix" or not pdf.stat().st_mode & 0o077
    code = written(tmp_path / "code", told)
    own = written(tmp_path / "own", OTHER)
    words = ["account", "recover", "root", "--new-password-file", str(own)]
    assert run([*centre, "--password-file", str(code), *words]) == 0
    assert run([*centre, "--as", "root", "--password-file", str(own), "account", "list"]) == 0
    assert run([*centre, "--as", "root", "--password-file", str(secret), "account", "list"]) == 3
    assert run([*centre, "--password-file", str(code), *words]) == 3


@pytest.mark.skipif(os.name != "posix", reason="file modes mean something on POSIX")
@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o660])
def test_a_password_file_others_can_read_is_refused(
    centre: list[str], secret: Path, mode: int, capsys: pytest.CaptureFixture[str]
) -> None:
    secret.chmod(mode)
    assert run([*centre, "--as", "root", "--password-file", str(secret), "account", "list"]) == 2
    said = capsys.readouterr()
    assert "chmod 600" in said.err
    assert GOOD not in said.err + said.out


def test_a_password_is_asked_for_unseen(
    centre: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("click.termui.hidden_prompt_func", lambda _prompt: GOOD)
    assert run([*centre, "--as", "root", "account", "list"]) == 0
    said = capsys.readouterr()
    assert "root" in said.out
    assert GOOD not in said.out + said.err


def test_practice_lies_beside_the_real_data(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(settings, "_user_folder", lambda: tmp_path / "user")
    assert run(["demo", "--cases", "2"]) == 0
    assert run(["--practice", "case", "list"]) == 0
    assert (tmp_path / "user" / "practice" / "desk.db").exists()
    assert not (tmp_path / "user" / "desk.db").exists(), "the real centre is not begun by trying things out"
    assert run(["case", "list"]) == 4


def test_a_real_centre_never_becomes_one_for_practice(
    centre: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    for command in (["--practice", "case", "list"], ["demo", "--cases", "2"]):
        words = [*command[:1], *centre, *command[1:]] if command[0] == "--practice" else [*centre, *command]
        assert run(words) == 3
        assert "正式的数据" in capsys.readouterr().err


def test_a_practice_centre_with_an_account_asks_for_it(
    tmp_path: Path, secret: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    where = ["--practice", "--data", str(tmp_path / "desk")]
    assert run([*where, "--password-file", str(secret), "account", "add", "root", "--first"]) == 0
    assert run([*where, "case", "list"]) == 3
    assert cost.FLOOR.memory_kib == 64 * 1024


def test_the_key_is_changed_and_how_it_stands_is_told(
    centre: list[str], secret: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    as_root = [*centre, "--as", "root", "--password-file", str(secret)]
    assert run([*as_root, "account", "add", "wang", "--display-name", "王芳", "--role", "值班长"]) == 0
    assert run([*as_root, "account", "lock", "wang"]) == 0
    capsys.readouterr()
    assert run([*as_root, "rekey", "--status"]) == 0
    assert "停用了王芳的账号" in capsys.readouterr().out
    assert run([*as_root, "rekey"]) == 2
    assert "为什么换钥匙" in capsys.readouterr().err
    sheet = tmp_path / "sheet.pdf"
    assert run([*as_root, "rekey", "--reason", "王芳离职", "--sheet", str(sheet)]) == 0
    told = capsys.readouterr().out
    assert "第2把" in told
    assert "以前的备份" in told
    assert re.search(r"恢复码.*：\S+", told)
    assert "恢复" in pdf_text(sheet.read_bytes())
    assert len(list((tmp_path / "desk" / "backups").glob("*.db"))) == 1
    assert run([*as_root, "rekey", "--status", "--json"]) == 0
    standing = json.loads(capsys.readouterr().out)
    assert (standing["number"], standing["left"], standing["files"]) == (2, [], True)
    assert run([*as_root, "rekey", "--files"]) == 0
    assert run([*as_root, "rekey", "--status", "--json"]) == 0
    assert json.loads(capsys.readouterr().out.partition("\n")[2])["files"] is False
