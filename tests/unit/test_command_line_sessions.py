"""Sessions of a case from the command line: the same rules as on screen; several things at once, all or none."""

from __future__ import annotations

import json
from datetime import time
from pathlib import Path

import pytest

from mediation_desk.access.actor import COUNTER
from mediation_desk.app import open_desk
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.steps.choosing import Designate
from mediation_desk.cases.steps.intake import Accept
from mediation_desk.cli.main import run
from mediation_desk.experts.model import Employment, MediatorCard
from mediation_desk.hearings.model import SessionResult
from mediation_desk.parties.model import Gender
from mediation_desk.settings import resolve
from tests.persistence.lifecycle_stories import ON
from tests.persistence.test_case_steps import RECORDER, REGISTER

KEY = "AJ2026000001"
PLAN = {"date": "2026-03-16", "start": "09:30", "until": "11:00", "room": "T1"}
RECORD = {
    "end": "10:50",
    "attendees": [{"ref": "A1"}, {"ref": "B1", "how": "远程视频"}],
    "rights_notice_given": True,
    "record": "谈了。",
    "result": "有待继续调解",
}
GUEST = {"name": "顾凡", "capacity": "自然资源所"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A desk with one case that has its mediator."""
    desk = open_desk(resolve(tmp_path / "desk", practice=True))
    card = MediatorCard(
        pool_no="M01", name="钱和", gender=Gender.FEMALE, organisation="试", employment=Employment.FULL_TIME,
        specialties=(),
    )  # fmt: skip
    with desk.storage.write() as work:
        work.pool.learn([card])
    desk.cases.register(COUNTER, REGISTER)
    for step in (Accept(on=ON), Designate(on=ON, presiding="M01", disclosure="无", recorder=RECORDER)):
        desk.cases.perform(COUNTER, KEY, step)
    desk.close()
    return tmp_path / "desk"


def on_file(folder: Path) -> CaseFile:
    desk = open_desk(resolve(folder, practice=True))
    try:
        return desk.cases.file(COUNTER, KEY)
    finally:
        desk.close()


def ask(folder: Path, **order: object) -> int:
    path = folder / "order.json"
    path.write_text(json.dumps(order, ensure_ascii=False), "utf-8")
    return run(["--practice", "--data", str(folder), "case", "session", KEY, "--json", str(path)])


def test_planned_and_recorded_at_once_the_number_is_printed(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    consent = {"guest": "自然资源所 顾凡", "agreed": ["A1", "B1"], "on": "2026-03-16"}
    record = RECORD | {"invited": ["自然资源所 顾凡"]}
    assert ask(folder, plan=PLAN | {"guests": [GUEST]}, consents=[consent], record=record) == 0
    assert capsys.readouterr().out == "1\n"
    file = on_file(folder)
    [session] = file.sessions
    assert (session.place, session.end, session.result) == (
        "多元化解中心第一调解室",
        time(10, 50),
        SessionResult.TO_CONTINUE,
    )
    assert session.invited == ("自然资源所 顾凡",)
    assert [attendance.how for attendance in session.attendees] == ["到场", "远程视频"]


def test_a_refused_record_takes_the_plan_with_it(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert ask(folder, plan=PLAN, record=RECORD | {"invited": ["顾凡"]}) == 3
    assert "第二十条" in capsys.readouterr().err
    assert on_file(folder).sessions == ()


def test_moved_adjourned_cancelled(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert ask(folder, plan=PLAN) == 0
    assert ask(folder, plan=PLAN | {"date": "2026-03-20", "room": "T2"}) == 0
    assert ask(folder, move={"no": 1, "reason": "出差", "date": "2026-03-23"}) == 0
    assert capsys.readouterr().out == "1\n2\n2\n", "moved behind the other one"
    assert ask(folder, cancel={"no": 2, "reason": "不必"}) == 0
    stop = {"no": 1, "at": "10:00", "reason": "补票据", "date": "2026-03-24", "start": "09:00"}
    assert ask(folder, adjourn=stop) == 0
    assert [one.date.day for one in on_file(folder).sessions] == [20, 24]
    assert ask(folder, record=RECORD) == 0
    assert on_file(folder).sessions[0].held


@pytest.mark.parametrize(
    ("order", "code", "words"),
    [
        ({}, 2, "至少要有"),
        ({"plan": PLAN | {"start": "9点"}}, 2, "/plan/start"),
        ({"plan": PLAN | {"colour": "red"}}, 2, "/plan/colour"),
        ({"plan": PLAN | {"room": "T9"}}, 2, "T9"),
        ({"plan": PLAN | {"until": "09:00"}}, 2, "结束"),
        ({"record": RECORD}, 3, "T-9"),
        ({"record": {"result": "成功"}}, 2, "/record/"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_stored(
    folder: Path, capsys: pytest.CaptureFixture[str], order: dict[str, object], code: int, words: str
) -> None:
    before = on_file(folder)
    assert ask(folder, **order) == code
    assert words in capsys.readouterr().err
    assert on_file(folder) == before
