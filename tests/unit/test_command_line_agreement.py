"""``case agree``: the composer's rules from the command line; a file read key by key, errors with their place."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from mediation_desk.access.actor import COUNTER
from mediation_desk.app import open_desk
from mediation_desk.cases.model import CaseFile
from mediation_desk.cli.main import run
from mediation_desk.experts.model import Employment, MediatorCard
from mediation_desk.parties.model import Gender
from mediation_desk.settings import resolve
from tests.persistence import lifecycle_stories as told
from tests.persistence.lifecycle_stories import brought
from tests.persistence.test_case_steps import BODY

KEY = "AJ2026000001"
PAYMENT: dict[str, Any] = {
    "kind": "支付",
    "payer": "B1",
    "payee": "A1",
    "amount": "900.00",
    "purpose": "赔偿款",
    "manner": "银行转账",
    "covers": ["Q1"],
    "articles": ["《民法典》第二百八十八条"],
    "instalments": [
        {"due_on": "2026-04-10", "amount": "450.00"},
        {"due_on": "2026-05-10", "amount": "450.00"},
    ],
}
DRAFT: dict[str, Any] = {"clauses": [PAYMENT, {"kind": "放弃", "text": "双方再无其他争议。"}]}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A desk with one case whose last session ended in agreement."""
    desk = open_desk(resolve(tmp_path / "desk", practice=True))
    cards = [
        MediatorCard(pool_no=number, name=name, gender=Gender.FEMALE, organisation=BODY.name,
                     employment=Employment.FULL_TIME, specialties=("邻里",))
        for number, name in (("M01", "钱和"), ("M02", "孙顺"), ("M03", "李平"))
    ]  # fmt: skip
    with desk.storage.write() as work:
        work.pool.learn(cards)
    brought(desk.cases, told.HELD_AND_AGREED)
    desk.close()
    return tmp_path / "desk"


def agree(folder: Path, content: dict[str, Any]) -> int:
    path = folder.parent / "agreement.json"
    path.write_text(json.dumps(content, ensure_ascii=False), "utf-8")
    return run(["--practice", "--data", str(folder), "case", "agree", KEY, "--json", str(path)])


def on_file(folder: Path) -> CaseFile:
    desk = open_desk(resolve(folder, practice=True))
    try:
        return desk.cases.file(COUNTER, KEY)
    finally:
        desk.close()


def test_text_is_composed_and_what_it_is_made_of_is_kept(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert agree(folder, DRAFT) == 0
    assert capsys.readouterr().out.endswith("达成待签署\n")
    file = on_file(folder)
    assert file.agreement is not None
    assert file.agreement.copies == 3
    assert file.agreement.clauses[0].text == (
        "贾讲理以银行转账方式向甄有理支付赔偿款人民币900.00元（大写：人民币玖佰元整），分2期支付"
        "（《民法典》第二百八十八条）。"
    )
    assert [term.edited for term in file.beside.terms] == [False, True]
    assert file.beside.terms[0].covers == ("Q1",)
    assert agree(folder, DRAFT | {"copies": 5}) == 0, "a draft nobody signed is replaced"
    assert on_file(folder).agreement.copies == 5  # type: ignore[union-attr]  # it was just made


def test_an_oral_agreement_is_registered_and_the_prompt_to_write_is_told(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert agree(folder, DRAFT | {"form": "口头"}) == 0
    assert "宜写成书面协议" in capsys.readouterr().err
    agreement = on_file(folder).agreement
    assert agreement is not None
    assert agreement.oral_record is not None
    assert agreement.oral_record.confirmed_by == ("A1", "B1")


@pytest.mark.parametrize(
    ("content", "code", "words"),
    [
        (DRAFT | {"clausess": []}, 2, "/clausess"),
        ({"clauses": [PAYMENT | {"amount": "九百"}]}, 2, "/clauses/0/amount"),
        ({"clauses": [{"kind": "行为"}]}, 2, "/clauses/0/text"),
        ({"clauses": [PAYMENT | {"entry": "nowhere"}]}, 2, "条款库里没有"),
        ({"clauses": [PAYMENT | {"amount": "901.00"}]}, 3, "各期合计900.00元"),
        ({"clauses": [{"kind": "放弃", "text": "双方不得向法院起诉。"}]}, 3, "人民调解法第三条第三项"),
        ({"clauses": [{"kind": "行为", "text": "双方尽快清理水沟。"}]}, 3, "unclear/1"),
        ({"clauses": [PAYMENT | {"offer": 7}]}, 3, "方案7"),
    ],
)
def test_what_is_wrong_is_told_with_its_place_and_nothing_is_stored(
    folder: Path, capsys: pytest.CaptureFixture[str], content: dict[str, Any], code: int, words: str
) -> None:
    assert agree(folder, content) == code
    assert words in capsys.readouterr().err
    assert on_file(folder).agreement is None


def test_a_look_is_answered_for_by_its_code(folder: Path) -> None:
    vague = {"clauses": [{"kind": "行为", "text": "双方尽快清理水沟。"}], "looked": ["unclear/1"]}
    assert agree(folder, vague) == 0
    assert [one.code for one in on_file(folder).beside.looked] == ["unclear/1"]
