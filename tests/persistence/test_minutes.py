"""The record from the board to the frozen text: edited by two, read back, final, added to; on both databases."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC

import pytest

from db.unit_of_work import Storage
from mediation_desk.access.actor import COUNTER, Actor
from mediation_desk.access.roles import Role
from mediation_desk.cases.board.service import BoardService
from mediation_desk.cases.minutes.model import Answer, Minutes, Reading, WorkingRecord
from mediation_desk.cases.minutes.service import MinutesService
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.service import CaseService
from mediation_desk.cases.steps.recording import AddToRecord
from mediation_desk.hearings.board.notes import Note, NoteKind, Release, Wall
from mediation_desk.hearings.model import SessionMode, SessionResult
from mediation_desk.shared.errors import ConflictError, InputError, PermissionDenied, RuleError
from tests.persistence.lifecycle_stories import ACCEPT
from tests.persistence.test_board import MET, NOW, line
from tests.persistence.test_case_steps import CHOICE, PLAN, REGISTER, cases, recorded

__all__ = ["cases"]

SECRET = "底线是八百块，别告诉他"


@pytest.fixture
def boards(storage: Storage) -> BoardService:
    return BoardService(storage, lambda: NOW)


@pytest.fixture
def minutes(storage: Storage, cases: CaseService) -> MinutesService:
    return MinutesService(storage, cases, lambda: NOW)


@pytest.fixture
def file(cases: CaseService) -> CaseFile:
    """A case whose first session, one side at a time, is planned."""
    made = cases.register(COUNTER, REGISTER)
    for step in (ACCEPT, CHOICE, replace(PLAN, mode=SessionMode.CAUCUS)):
        made = cases.perform(COUNTER, made.case_key, step)
    return made


@pytest.fixture
def write(boards: BoardService, file: CaseFile) -> Callable[[Note], Note]:
    return lambda note: boards.write(COUNTER, file.case_key, note)


@pytest.fixture
def opened(boards: BoardService, file: CaseFile) -> None:
    """The opening is done."""
    for code in ("recusal", "rights"):
        boards.open(COUNTER, file.case_key, 1, code)


def now(minutes: MinutesService, file: CaseFile) -> Minutes:
    found = minutes.minutes(COUNTER, file.case_key, 1)
    assert found is not None
    return found


def read_out(minutes: MinutesService, file: CaseFile) -> str:
    text = now(minutes, file).working.text
    minutes.read_out(COUNTER, file.case_key, 1, Reading.ALOUD, by="何笔录", text=text)
    return text


def read_back(minutes: MinutesService, file: CaseFile) -> str:
    text = read_out(minutes, file)
    for ref in ("A1", "B1"):
        minutes.answer(COUNTER, file.case_key, 1, ref, Answer.AGREES, text=text)
    return text


def freeze(minutes: MinutesService, file: CaseFile, text: str) -> CaseFile:
    return minutes.freeze(COUNTER, file.case_key, replace(recorded(SessionResult.TO_CONTINUE), record=text))


def test_without_a_board_there_is_nothing_to_compose(minutes: MinutesService, file: CaseFile) -> None:
    assert minutes.minutes(COUNTER, file.case_key, 1) is None


def test_who_may_not_mediate_sees_no_record_in_work(minutes: MinutesService, file: CaseFile) -> None:
    clerk = Actor(account="a", display_name="登记员", roles=(Role.CLERK,))
    with pytest.raises(PermissionDenied):
        minutes.minutes(clerk, file.case_key, 1)
    with pytest.raises(PermissionDenied):
        minutes.for_parties(clerk, file.case_key)


def test_edits_stay_when_the_board_goes_on(
    minutes: MinutesService, file: CaseFile, write: Callable[[Note], Note]
) -> None:
    write(line("a", "雨水倒灌"))
    first = now(minutes, file)
    edited = first.working.text.replace("雨水倒灌", "雨水从阳台倒灌")
    saved = minutes.save(COUNTER, file.case_key, first.working, edited)
    assert not now(minutes, file).has_later
    write(line("b", "墙皮脱落"))
    assert now(minutes, file).has_later
    taken = minutes.take_in(COUNTER, file.case_key, saved.working, edited)
    assert "雨水从阳台倒灌" in taken.working.text
    assert "墙皮脱落" in taken.working.text
    assert not taken.collided
    assert not now(minutes, file).has_later


def test_two_people_on_one_record_keep_both_words(
    minutes: MinutesService, file: CaseFile, write: Callable[[Note], Note]
) -> None:
    write(line("a", "雨水倒灌"))
    base = now(minutes, file).working
    minutes.save(COUNTER, file.case_key, base, base.text.replace("雨水", "大雨"))
    mine = minutes.save(COUNTER, file.case_key, base, base.text.replace("雨水", "暴雨"))
    assert mine.collided
    assert "大雨倒灌" in mine.working.text
    assert "暴雨倒灌" in mine.working.text
    again = minutes.save(COUNTER, file.case_key, mine.working, mine.working.text)
    assert again.working == mine.working


def test_a_record_is_saved_only_over_what_was_read(
    storage: Storage, minutes: MinutesService, file: CaseFile, write: Callable[[Note], Note]
) -> None:
    write(line("a"))
    first = minutes.save(COUNTER, file.case_key, now(minutes, file).working, "甲").working
    with storage.write() as work:
        assert work.minutes.save(file.case_key, replace(first, text="乙")) is not None
        assert work.minutes.save(file.case_key, replace(first, text="丙")) is None
        assert work.minutes.save(file.case_key, replace(first, text="丁", version=0)) is None


@pytest.mark.usefixtures("opened")
def test_from_the_board_to_the_frozen_record(
    cases: CaseService,
    boards: BoardService,
    minutes: MinutesService,
    file: CaseFile,
    write: Callable[[Note], Note],
) -> None:
    write(line("a", "大家都听见的话"))
    write(line("b", SECRET, wall=Wall.SIDE, side="A1"))
    talk = write(line("c", "愿意当面道歉的", wall=Wall.SIDE, side="B1", speaker="B1"))
    boards.release(COUNTER, file.case_key, talk.no, Release(by="B1", on=MET, how="当面同意"))
    write(line("d", "双方其实都想和解", wall=Wall.MEDIATORS, speaker="M01"))
    frozen = freeze(minutes, file, read_back(minutes, file))
    (session,) = frozen.sessions
    assert session.result is SessionResult.TO_CONTINUE
    assert "大家都听见的话" in session.record
    assert "愿意当面道歉的" in session.record
    assert SECRET not in session.record
    assert "以上记录于2026年7月1日由何笔录向到场各方宣读。甄有理、贾讲理核对无误。" in session.record
    kept = [(note.of, note.by, note.text, note.share_consent) for note in session.private_notes]
    assert kept == [("A1", "M01", SECRET, False), ("B1", "M01", "愿意当面道歉的", True)]
    assert cases.file(COUNTER, file.case_key) == frozen
    with pytest.raises(RuleError, match="已经记录"):
        minutes.save(COUNTER, file.case_key, now_frozen(minutes, file), "另一个样子")


def now_frozen(minutes: MinutesService, file: CaseFile) -> WorkingRecord:
    found = minutes.minutes(COUNTER, file.case_key, 1)
    assert found is not None
    assert found.working.frozen_at == NOW
    return found.working


@pytest.mark.usefixtures("opened")
def test_talks_of_a_joint_session_stay_on_the_board(
    storage: Storage, cases: CaseService, boards: BoardService, minutes: MinutesService
) -> None:
    made = cases.register(COUNTER, REGISTER, despite=(boards_case(cases),))
    for step in (ACCEPT, CHOICE, replace(PLAN, override_reason="加开")):
        made = cases.perform(COUNTER, made.case_key, step)
    for code in ("recusal", "rights"):
        boards.open(COUNTER, made.case_key, 1, code)
    boards.write(COUNTER, made.case_key, line("x", SECRET, wall=Wall.SIDE, side="A1"))
    frozen = freeze(minutes, made, read_back(minutes, made))
    assert frozen.sessions[0].private_notes == ()
    with storage.read() as work:
        assert [note.text for note in work.boards.notes(made.case_key)] == [SECRET]


def boards_case(cases: CaseService) -> str:
    from mediation_desk.cases.summary import CaseQuery

    return cases.summaries(COUNTER, CaseQuery())[0].case_key


@pytest.mark.parametrize(("done", "rule"), [((), "LR-17"), (("recusal",), "LR-16"), (("rights",), "LR-17")])
def test_an_opening_not_done_stops_the_record(
    boards: BoardService,
    minutes: MinutesService,
    file: CaseFile,
    write: Callable[[Note], Note],
    done: tuple[str, ...],
    rule: str,
) -> None:
    write(line("a"))
    for code in done:
        boards.open(COUNTER, file.case_key, 1, code)
    text = read_back(minutes, file)
    with pytest.raises(RuleError, match="不能定稿") as refused:
        freeze(minutes, file, text)
    assert refused.value.rule == rule


@pytest.mark.usefixtures("opened")
def test_a_record_nobody_read_or_answered_is_not_final(
    cases: CaseService, minutes: MinutesService, file: CaseFile, write: Callable[[Note], Note]
) -> None:
    write(line("a"))
    text = now(minutes, file).working.text
    with pytest.raises(RuleError, match="还没有宣读"):
        minutes.answer(COUNTER, file.case_key, 1, "A1", Answer.AGREES, text=text)
    with pytest.raises(RuleError, match="还没有宣读"):
        freeze(minutes, file, text)
    read_out(minutes, file)
    minutes.answer(COUNTER, file.case_key, 1, "A1", Answer.AGREES, text=text)
    with pytest.raises(InputError, match="贾讲理还没有核对"):
        freeze(minutes, file, text)
    assert cases.file(COUNTER, file.case_key).version == file.version


@pytest.mark.usefixtures("opened")
def test_a_change_after_the_reading_is_read_again(
    minutes: MinutesService, file: CaseFile, write: Callable[[Note], Note]
) -> None:
    write(line("a"))
    read_back(minutes, file)
    working = now(minutes, file).working
    changed = minutes.save(COUNTER, file.case_key, working, working.text + "\n又及。").working
    assert not changed.is_read
    assert now(minutes, file).answer("A1") is None
    with pytest.raises(RuleError, match="再读一遍"):
        freeze(minutes, file, changed.text)
    with pytest.raises(ConflictError, match="另一位"):
        freeze(minutes, file, working.text)
    assert "又及。" in freeze(minutes, file, read_back(minutes, file)).sessions[0].record


@pytest.mark.usefixtures("opened")
def test_an_objection_stands_in_the_record_with_its_words(
    minutes: MinutesService, file: CaseFile, write: Callable[[Note], Note]
) -> None:
    write(line("a"))
    text = read_out(minutes, file)
    minutes.answer(COUNTER, file.case_key, 1, "A1", Answer.AGREES, text=text)
    with pytest.raises(InputError, match="什么异议"):
        minutes.answer(COUNTER, file.case_key, 1, "B1", Answer.OBJECTS, text=text)
    minutes.answer(COUNTER, file.case_key, 1, "B1", Answer.OBJECTS, remark="我没有说过", text=text)
    record = freeze(minutes, file, text).sessions[0].record
    assert "甄有理核对无误。贾讲理有异议：我没有说过。" in record


@pytest.mark.usefixtures("opened")
def test_what_was_said_in_private_is_neither_read_out_nor_frozen_nor_shown(
    minutes: MinutesService, file: CaseFile, write: Callable[[Note], Note]
) -> None:
    write(line("a", "大家都听见"))
    note = write(line("b", SECRET, wall=Wall.SIDE, side="A1"))
    working = now(minutes, file).working
    assert minutes.for_parties(COUNTER, file.case_key).record
    leaking = minutes.save(COUNTER, file.case_key, working, f"{working.text}\n甄有理说{SECRET}").working
    with pytest.raises(RuleError, match=f"第{note.no}行") as refused:
        minutes.read_out(COUNTER, file.case_key, 1, Reading.LARGE, by="何笔录", text=leaking.text)
    assert refused.value.rule == "LR-22"
    assert SECRET not in refused.value.message
    with pytest.raises(RuleError, match="不公开"):
        freeze(minutes, file, leaking.text)
    shown = minutes.for_parties(COUNTER, file.case_key)
    assert (shown.held_back, shown.record) == (True, ())


def test_the_second_screen_gets_issues_and_what_was_agreed_on(
    boards: BoardService, minutes: MinutesService, file: CaseFile, write: Callable[[Note], Note]
) -> None:
    issue = write(line("a", "谁来修", kind=NoteKind.ISSUE, speaker="M01"))
    hidden = write(line("b", "暗地里的焦点", kind=NoteKind.ISSUE, speaker="M01", wall=Wall.MEDIATORS))
    offer = write(line("c", "贾家来修", kind=NoteKind.OFFER, speaker="B1", issue=issue.no))
    write(line("d", "另外再赔一千", kind=NoteKind.OFFER, issue=hidden.no))
    boards.accept(COUNTER, file.case_key, offer.no, ("A1",), MET)
    (shown,) = minutes.for_parties(COUNTER, file.case_key).issues
    assert (shown.text, shown.accepted) == ("谁来修", ("贾讲理提出：贾家来修。",))


def test_facts_admitted_before_all_are_suggested(
    minutes: MinutesService, file: CaseFile, write: Callable[[Note], Note]
) -> None:
    write(line("a", "三月一日漏的水", kind=NoteKind.FACT))
    write(line("b", "就算是我的错", kind=NoteKind.CONCESSION))
    assert minutes.undisputed(COUNTER, file.case_key) == ("三月一日漏的水",)


@pytest.mark.usefixtures("opened")
def test_later_facts_are_additions_and_change_nothing(
    cases: CaseService, minutes: MinutesService, file: CaseFile, write: Callable[[Note], Note]
) -> None:
    write(line("a"))
    frozen = freeze(minutes, file, read_back(minutes, file))
    after = cases.perform(COUNTER, file.case_key, AddToRecord(session_no=1, text=" 会后补交照片两张。 "))
    assert after.sessions == frozen.sessions
    (added,) = after.beside.additions_to(1)
    assert (added.no, added.on, added.by, added.text) == (
        1, datetime.datetime(2026, 7, 1, tzinfo=UTC).date(), COUNTER.display_name, "会后补交照片两张。",
    )  # fmt: skip
    assert cases.file(COUNTER, file.case_key) == after
    with pytest.raises(InputError, match="补记的内容"):
        cases.perform(COUNTER, file.case_key, AddToRecord(session_no=1, text=" "))
    with pytest.raises(InputError, match="没有第4次"):
        cases.perform(COUNTER, file.case_key, AddToRecord(session_no=4, text="补"))


def test_many_hands_at_once_lose_no_paragraph(
    minutes: MinutesService, file: CaseFile, write: Callable[[Note], Note]
) -> None:
    write(line("a", "雨水倒灌"))
    base = now(minutes, file).working

    def save(number: int) -> None:
        for _again in range(20):
            try:
                minutes.save(COUNTER, file.case_key, base, f"{base.text}\n第{number}位写的一句。")
            except ConflictError:
                continue
            return
        raise AssertionError("never stored")

    with ThreadPoolExecutor(max_workers=4) as hands:
        list(hands.map(save, range(8)))
    text = now(minutes, file).working.text
    assert all(f"第{number}位写的一句。" in text for number in range(8))
    assert text.count("雨水倒灌") == 1
