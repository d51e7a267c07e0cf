"""``case new``: a registration from a file goes the same way as one from the counter."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path

import pytest

from mediation_desk.cases.centre import read_centre
from mediation_desk.cases.counter.screening import Seen, days_to_festival, screened
from mediation_desk.cases.vocabulary import Category
from mediation_desk.cli.main import run
from mediation_desk.interchange.registration import read_registration
from mediation_desk.shared.errors import InputError
from mediation_desk.shared.text import cleaned

TODAY = date(2026, 3, 24)


def registration(**changed: object) -> dict[str, object]:
    """A plain dispute of two people."""
    found: dict[str, object] = {
        "dispute": {"occurred_on": "2026-03-08"},
        "parties": [
            {"ref": "A1", "side": "申请人", "kind": "自然人", "name": "孟庆兰", "phone": "13800000101"},
            {"ref": "B1", "side": "被申请人", "kind": "自然人", "name": "田志远"},
        ],
        "facts": "楼上漏水，吊顶泡坏。",
        "claims": [
            {
                "ref": "Q1",
                "by": "A1",
                "against": ["B1"],
                "item": "吊顶维修费",
                "amount": "4860.00",
                "calc": None,
            }
        ],
    }
    return found | changed


def written(folder: Path, data: object) -> str:
    file = folder / "new.json"
    file.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return str(file)


def test_the_least_a_registration_needs_is_completed() -> None:
    command = read_registration(json.dumps(registration()), read_centre(), TODAY)
    assert command.title == "孟庆兰与田志远邻里纠纷"
    assert (command.category, command.category_zz.code) == (Category.NEIGHBOUR, "0201")
    assert (command.received_on, command.channel) == (TODAY, "窗口来访")


@pytest.mark.parametrize(
    ("changed", "place"),
    [
        ({"facts": 3}, "/facts"),
        ({"unknown": 1}, "/unknown"),
        ({"dispute": {"occurred_on": "2026-02-30"}}, "/dispute/occurred_on"),
        ({"intake": {"channel": "托梦"}}, "/intake/channel"),
        ({"intake": {"channel": "法院委派"}}, "/intake/source_org"),
        ({"parties": [{"ref": "A1", "side": "甲方", "kind": "自然人", "name": "孟"}]}, "/parties/0/side"),
        ({"facts": "今天天气不错"}, "/dispute/category"),
        ({"risks": [{"kind": "天塌下来"}]}, "/risks/0/kind"),
        ({"schema": "other"}, "/schema"),
    ],
)
def test_what_is_wrong_is_named_by_its_place(changed: dict[str, object], place: str) -> None:
    with pytest.raises(InputError) as caught:
        read_registration(json.dumps(registration(**changed)), read_centre(), TODAY)
    assert caught.value.pointer == place


def test_a_case_is_registered_from_a_file_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    desk, file = ["--practice", "--data", str(tmp_path / "desk")], written(tmp_path, registration())
    assert run([*desk, "case", "new", "--json", file]) == 0
    key = capsys.readouterr().out.strip()
    assert run([*desk, "case", "new", "--json", file]) == 3
    assert key in capsys.readouterr().err
    assert run([*desk, "case", "new", "--json", file, "--despite", key]) == 0


def test_a_registration_comes_from_standard_input(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    text = json.dumps(registration(), ensure_ascii=False).encode()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text), encoding="utf-8"))
    assert run(["--practice", "--data", str(tmp_path / "desk"), "case", "new", "--json", "-"]) == 0
    assert capsys.readouterr().out.startswith("AJ")


def test_a_faulty_registration_stores_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    desk = ["--practice", "--data", str(tmp_path / "desk")]
    parties = registration()["parties"]
    assert isinstance(parties, list)
    wrong = written(tmp_path, registration(parties=[parties[0] | {"phone": "12"}, parties[1]]))
    assert run([*desk, "case", "new", "--json", wrong]) == 2
    assert "/parties/0/phone" in capsys.readouterr().err
    assert run([*desk, "case", "list"]) == 0
    assert capsys.readouterr().out == ""
    assert run([*desk, "case", "new", "--json", str(tmp_path / "none.json")]) == 2


# Dangers, as LR-9 asks


def seen(facts: str, category: Category | None = None, on: date = TODAY, people: int = 2) -> dict[str, str]:
    found = screened(Seen(facts=facts, category=category, people=people, minors=(), on=on))
    return {one.danger.kind: one.because for one in found}


@pytest.mark.parametrize(
    ("on", "left"),
    [(date(2026, 2, 17), 0), (date(2026, 2, 18), 353), (date(2026, 12, 31), 37), (date(2040, 1, 1), 42)],
)
def test_the_festival_is_known_for_any_year(on: date, left: int) -> None:
    assert days_to_festival(on) == left


def test_wages_count_as_a_danger_only_before_the_festival() -> None:
    facts, kind = "包工头拖欠工资", Category.WAGES
    assert seen(facts, kind, date(2026, 1, 20)) == {"春节前欠薪": "离春节28天、工资"}
    assert seen(facts, kind, date(2026, 6, 1)) == {}
    assert seen("楼上漏水", kind, date(2026, 1, 20)) == {}
    assert seen(facts, Category.NEIGHBOUR, date(2026, 1, 20)) == {}


def test_ten_people_are_many_and_nine_are_not() -> None:
    assert seen("漏水", people=9) == {}
    assert seen("漏水", people=10) == {"十人以上": "10人"}


@pytest.mark.parametrize(
    ("facts", "kind"),
    [
        ("扬言报复", "暴力或者威胁"),
        ("说不想活了", "自伤自杀"),
        ("抢救无效", "有人死亡"),
        ("骨折住院", "有人受伤"),
        ("小学生走失", "涉未成年人"),
        ("怀疑被诈骗", "可能涉嫌犯罪"),
    ],
)
def test_words_point_to_dangers(facts: str, kind: str) -> None:
    assert list(seen(facts)) == [kind]


# What is pasted


@pytest.mark.parametrize(
    ("pasted", "kept", "removed"),
    [
        ("漏水\x07了", "漏水了", "控制字符1个"),
        ("\u202e漏水\u202c", "漏水", "改变文字方向的字符2个"),
        ("漏水😀👍🏽", "漏水", "表情3个"),
        ("漏\u200b水", "漏水", "不可见的格式字符1个"),
        ("第№3户★\t①", "第№3户★\t①", ""),
        ("甲\r\n乙", "甲\n乙", ""),
    ],
)
def test_pasted_text_loses_only_what_cannot_be_kept(pasted: str, kept: str, removed: str) -> None:
    assert cleaned(pasted) == (kept, removed)
