"""``case route`` and ``orders`` as a stranger uses them."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from mediation_desk.app import open_desk
from mediation_desk.cases.model import CaseFile
from mediation_desk.cli.main import run
from mediation_desk.settings import resolve
from tests.gui.case_page_driver import register

Out = pytest.CaptureFixture[str]
DUE = "2031-03-05"


@pytest.fixture
def desk(tmp_path: Path) -> list[str]:
    return ["--practice", "--data", str(tmp_path / "desk")]


@pytest.fixture
def key(desk: list[str]) -> str:
    services = open_desk(resolve(Path(desk[2]), practice=True))
    try:
        return register(services).case_key
    finally:
        services.close()


def stored(desk: list[str], key: str) -> CaseFile:
    services = open_desk(resolve(Path(desk[2]), practice=True))
    try:
        return services.cases.file(services.actor, key)
    finally:
        services.close()


def test_a_case_is_assigned_listed_received_and_answered(desk: list[str], key: str, capsys: Out) -> None:
    route = [*desk, "case", "route", key]
    assigned = ["--kind", "交办", "--to", "cajd", "--helper", "区妇联", "--due", DUE, "--reason", "请牵头。"]
    assert run([*route, *assigned]) == 0
    told = capsys.readouterr().out.strip()
    assert told == f"{key}\t交办长安街道办事处，清平区妇女联合会协办，2031年3月5日前反馈"
    assert run([*desk, "orders", "--unit", "长安街道", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["counts"], found["orders"][0]["light"]) == ({"open": 1, "overdue": 0, "done": 0}, "未到")
    assert run([*route, "--receive"]) == 2
    assert "没办完的有第1号交办（长安街道办事处）、第2号协办（清平区妇女联合会）" in capsys.readouterr().err
    assert run([*route, "--receive", "--order", "1", "--person", "甄世平"]) == 0
    assert run([*route, "--void", "不用了", "--order", "2"]) == 0
    assert run([*route, "--kind", "督办", "--order", "1", "--reason", "催"]) == 0
    assert run([*route, "--reply", "已办结。", "--order", "1"]) == 0
    capsys.readouterr()
    assert run([*desk, "orders", "--period", "quarter", "--person", "甄世平"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "没办完0件，逾期0件，办完2件"
    first = stored(desk, key).beside.orders[0]
    assert (first.received_by, first.reply, first.due_on) == ("甄世平", "已办结。", date(2031, 3, 5))


def test_refusals_and_mistakes_have_their_codes(desk: list[str], key: str, capsys: Out) -> None:
    route = [*desk, "case", "route", key]
    assert run([*route, "--kind", "转办", "--to", "无此单位", "--reason", "不归我们管"]) == 2
    assert run([*route, "--receive", "--refuse", "不办"]) == 2
    assert run([*route, "--reply", "好了"]) == 2
    assert "没有没办完的" in capsys.readouterr().err
    assert run([*route, "--kind", "交办", "--to", "区妇联", "--reason", "请办"]) == 3
    assert run([*route, "--kind", "转办", "--to", "区人社局", "--reason", "不归我们管"]) == 0
    assert run([*route, "--refuse", "不归我局"]) == 0
    assert run([*desk, "orders", "--unit", "无此单位"]) == 2
    assert stored(desk, key).beside.moving_order is None
