"""``template`` on the command line: checked, kept, used, listed, begun."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mediation_desk.cli.main import run
from tests.documents.reading import docx_text
from tests.documents.templates.making import document


@pytest.fixture
def desk(tmp_path: Path) -> list[str]:
    return ["--practice", "--data", str(tmp_path / "data")]


def test_a_check_names_what_is_wrong_and_ends_with_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "坏.docx"
    path.write_bytes(document("{受理时间}"))

    assert run(["template", "check", str(path), "--json"]) == 2
    told = json.loads(capsys.readouterr().out)
    assert told["unknown"] == [
        {"field": "受理时间", "place": "第1段", "text": "{受理时间}", "suggestion": "受理日期"}
    ]
    assert run(["template", "check", str(path), "--form", "nothing"]) == 2


def test_a_version_is_kept_used_and_given_up(
    tmp_path: Path, desk: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "好.docx"
    path.write_bytes(document("{编号}"))
    assert run(["template", "check", str(path)]) == 0
    assert run([*desk, "template", "add", str(path), "--form", "rights", "--note", "起稿"]) == 0
    assert run([*desk, "template", "use", "1", "--form", "rights"]) == 0
    capsys.readouterr()
    assert run([*desk, "template", "list"]) == 0
    assert capsys.readouterr().out == "1\trights\t全部\t第1版\t好.docx\t在用\n"
    assert run([*desk, "template", "use", "built-in", "--form", "rights"]) == 0
    assert run([*desk, "template", "use", "nine", "--form", "rights"]) == 2
    capsys.readouterr()
    run([*desk, "template", "list", "--json"])
    assert json.loads(capsys.readouterr().out)[0]["in_use"] is False


def test_a_starter_and_the_table_of_fields_are_written(tmp_path: Path) -> None:
    assert run(["template", "starter", "--form", "rights", "--out", str(tmp_path / "a.docx")]) == 0
    assert run(["template", "starter", "--out", str(tmp_path / "b.docx")]) == 0

    assert "{签名处.谁}" in docx_text((tmp_path / "a.docx").read_bytes())
    assert "{条款.全文}" in docx_text((tmp_path / "b.docx").read_bytes())
