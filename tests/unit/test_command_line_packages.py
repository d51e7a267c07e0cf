"""``pack`` and ``unpack`` as a stranger uses them, with the password the program made."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mediation_desk.cli.main import run
from mediation_desk.shared.assets import read_text

EXAMPLE = "E01_roof_leak"


def test_out_of_one_centre_and_into_another(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, package, key_file = tmp_path / "leak.json", tmp_path / "x.mdpack", tmp_path / "key"
    source.write_text(read_text("examples/leak.json"), encoding="utf-8")
    here = ["--practice", "--data", str(tmp_path / "here")]
    there = ["--practice", "--data", str(tmp_path / "there")]
    assert run([*here, "case", "import", str(source)]) == 0
    capsys.readouterr()
    assert run([*here, "pack", EXAMPLE, "--out", str(package), "--reason", "带到村里"]) == 0
    out, err = capsys.readouterr()
    path, code = out.splitlines()
    assert path == str(package)
    fingerprint = err.rpartition("：")[2].strip()
    key_file.touch(mode=0o600)
    key_file.write_text(code.removeprefix("口令\t").replace("-", "").lower(), encoding="utf-8")

    take = [*there, "unpack", str(package), "--key-file", str(key_file)]
    assert run(take) == 3
    assert fingerprint in capsys.readouterr().err
    assert run([*take, "--trust", fingerprint, "--dry-run", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [one["standing"] for one in told["lines"]] == ["新"]
    assert told["counts"].startswith("1件新、")
    assert run([*take, "--trust", fingerprint]) == 0
    assert capsys.readouterr().out.split("\t")[:3:2] == [EXAMPLE, "新"]
    assert run(take) == 0
    assert "1件未动" in capsys.readouterr().err
    assert run([*there, "case", "export", EXAMPLE]) == 0
    again = json.loads(capsys.readouterr().out)
    given = json.loads(source.read_text("utf-8"))
    assert {name: again[name] for name in ("facts", "parties", "agreement", "archive")} == {
        name: given[name] for name in ("facts", "parties", "agreement", "archive")
    }

    assert run([*take, "--take", "nonsense"]) == 2
    key_file.write_text("buduideKouling-1", encoding="utf-8")
    assert run(take) == 2
    assert "口令不对" in capsys.readouterr().err
