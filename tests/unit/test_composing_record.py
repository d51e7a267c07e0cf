"""The record composed from a board: everything said before all stands in it, nothing from behind a wall does."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediation_desk.cases.board.service import Board
from mediation_desk.cases.minutes.composing import composed, open_facts
from mediation_desk.cases.minutes.merging import differences, merged
from mediation_desk.cases.minutes.private import private_notes, quoted
from mediation_desk.cases.minutes.sentences import one_line
from mediation_desk.cases.minutes.showing import shown
from mediation_desk.cases.model import CaseFile
from mediation_desk.hearings.board.notes import Note, NoteKind, Release, Struck, Terms, Wall, Withdrawn
from mediation_desk.hearings.board.opening import Opened, Present
from mediation_desk.hearings.model import Session, SessionMode, SessionResult
from tests.documents.dispute import case

AT = datetime(2026, 3, 16, 2, 0, tzinfo=UTC)
SESSION = Session(no=1, date=date(2026, 3, 16), start=time(9, 30), place="第一调解室", presided_by="M01")
CAUCUS = replace(SESSION, mode=SessionMode.CAUCUS)
SECRET = "底线暗号甲乙丙丁"


@pytest.fixture(scope="module")
def file() -> CaseFile:
    return replace(case(), sessions=(SESSION,), undisputed_facts=())


def line(no: int, text: str = "吊顶泡坏", **more: object) -> Note:
    made = Note(no=no, key=f"k{no}", session_no=1, speaker="A1", text=text, at=AT)
    return replace(made, **more)  # type: ignore[arg-type]


def board(*notes: Note, opened: tuple[str, ...] = (), present: tuple[tuple[str, str], ...] = ()) -> Board:
    return Board(
        case_key="K",
        session_no=1,
        revision=len(notes),
        notes=notes,
        opened=tuple(Opened(session_no=1, code=code, at=AT, account="a") for code in opened),
        present=tuple(Present(session_no=1, ref=ref, how=how, at=AT) for ref, how in present),
    )


def text_of(file: CaseFile, *notes: Note, session: Session = SESSION) -> str:
    return composed(file, session, board(*notes)).text


WORDS = st.text(alphabet="雨水倒灌墙赔钱修0123。\n ", min_size=1, max_size=12).filter(
    lambda word: word.strip("。 \n")
)


@st.composite
def boards(draw: st.DrawFn) -> tuple[Note, ...]:
    """Lines of every kind, behind every wall, some struck, some released, linked at random."""
    count = draw(st.integers(1, 12))
    made = []
    for no in range(1, count + 1):
        wall = draw(st.sampled_from(list(Wall)))
        side = "A1" if wall is Wall.SIDE else None
        freed = wall is Wall.SIDE and draw(st.booleans())
        made.append(
            line(
                no,
                f"{draw(WORDS)}号{no}" + ("" if wall is Wall.JOINT or freed else SECRET),
                kind=draw(st.sampled_from(list(NoteKind))),
                speaker="A1" if side else draw(st.sampled_from(["A1", "B1", "M01"])),
                wall=wall,
                side=side,
                release=Release(by="A1", on=SESSION.date, how="当面") if freed else None,
                struck=Struck(at=AT, by="a", reason="错") if draw(st.integers(0, 5)) == 0 else None,
                issue=draw(st.one_of(st.none(), st.integers(1, count))),
                answers=draw(st.one_of(st.none(), st.integers(1, count))),
            )
        )
    return tuple(made)


@given(notes=boards())
def test_every_joint_line_is_told_and_no_private_one(file: CaseFile, notes: tuple[Note, ...]) -> None:
    text = text_of(file, *notes)
    screen = repr(shown(file, notes, text))
    for note in notes:
        words = one_line(note.text).rstrip("。")
        if note.is_joint and note.counts:
            assert words in text
    assert SECRET not in text
    assert SECRET not in screen


def test_an_open_wall_is_noticed(file: CaseFile) -> None:
    secret = line(1, SECRET, wall=Wall.SIDE, side="A1")
    assert SECRET not in text_of(file, secret)
    assert SECRET in text_of(file, replace(secret, release=Release(by="A1", on=SESSION.date, how="当面")))
    assert SECRET in text_of(file, replace(secret, wall=Wall.JOINT, side=None))


def test_the_order_is_that_of_the_official_form(file: CaseFile) -> None:
    notes = (
        line(1, "同意八千", kind=NoteKind.OFFER, speaker="B1"),
        line(2, "逾期可以申请执行", kind=NoteKind.RISK, speaker="M01"),
        line(3, "谁来修", kind=NoteKind.ISSUE, speaker="M01"),
        line(4, "应当他修", issue=3),
        line(5, "照片五张", kind=NoteKind.EVIDENCE),
        line(6, "楼上漏水"),
    )
    made = composed(file, SESSION, board(*notes, opened=("rights", "recusal")))
    heads = [row for row in made.text.split("\n") if row.startswith("【")]
    assert heads == [
        "【开场】", "【各方陈述】", "【证据核对】", "【争议焦点】", "【辩论与协商】",
        "【释明法律、告知风险】", "【方案与结果】",
    ]  # fmt: skip
    assert made.rights_told
    assert made.missing == ()


def test_what_the_opening_still_needs_is_named_with_its_rule(file: CaseFile) -> None:
    made = composed(file, SESSION, board(line(1)))
    assert [item.rule for item in made.missing] == ["LR-17", "LR-16"]


@pytest.mark.parametrize(
    ("notes", "result"),
    [
        ((line(1),), SessionResult.TO_CONTINUE),
        ((line(1, kind=NoteKind.OFFER),), SessionResult.TO_CONTINUE),
        ((line(1, kind=NoteKind.OFFER, accepted_by=("A1", "B1")),), SessionResult.AGREED),
        (
            (
                line(1, "甲", kind=NoteKind.ISSUE),
                line(2, kind=NoteKind.OFFER, issue=1, accepted_by=("A1", "B1")),
            ),
            SessionResult.AGREED,
        ),
        (
            (
                line(1, "甲", kind=NoteKind.ISSUE),
                line(2, "乙", kind=NoteKind.ISSUE),
                line(3, kind=NoteKind.OFFER, issue=1, accepted_by=("A1", "B1")),
            ),
            SessionResult.PARTLY,
        ),
    ],
)
def test_the_offers_suggest_the_result(
    file: CaseFile, notes: tuple[Note, ...], result: SessionResult
) -> None:
    two = replace(file, parties=tuple(party for party in file.parties if party.ref in ("A1", "B1")))
    assert composed(two, SESSION, board(*notes)).result is result


def test_a_counter_offer_made_in_private_does_not_show_in_the_record(file: CaseFile) -> None:
    asked = line(1, "要一万", kind=NoteKind.OFFER)
    secret = line(2, SECRET, kind=NoteKind.OFFER, speaker="B1", answers=1, wall=Wall.SIDE, side="B1")
    assert text_of(file, asked, secret) == text_of(file, asked)


def test_the_reason_of_a_withdrawal_stays_on_the_board(file: CaseFile) -> None:
    gone = Withdrawn(on=SESSION.date, by="A1", reason=SECRET)
    text = text_of(file, line(1, "要一万", kind=NoteKind.OFFER, withdrawn=gone))
    assert "撤回" in text
    assert SECRET not in text


def test_terms_are_told_in_words(file: CaseFile) -> None:
    terms = Terms(payer="B1", payee="A1", amount=Decimal("800.00"), due_on=date(2026, 8, 1))
    text = text_of(file, line(1, "赔吊顶", kind=NoteKind.OFFER, terms=terms))
    assert "支付800.00元，2026年8月1日前" in text


def test_attendance_is_told_by_party(file: CaseFile) -> None:
    made = composed(
        file, SESSION, board(line(1), present=(("A1", "到场"), ("邀请:王大妈", "到场"), ("B1", "")))
    )
    assert [(seat.ref, seat.how) for seat in made.attendees] == [("A1", "到场")]
    assert "B1" in made.absent
    assert made.invited == ("王大妈",)
    nobody = composed(file, SESSION, board(line(1)))
    assert (nobody.attendees, nobody.absent) == ((), ())


def test_talks_become_notes_of_a_caucus_only(file: CaseFile) -> None:
    talk = line(1, SECRET, wall=Wall.SIDE, side="A1")
    told = line(2, "可以降", wall=Wall.SIDE, side="A1", speaker="M01")
    freed = line(
        3, "愿意道歉", wall=Wall.SIDE, side="A1", release=Release(by="A1", on=SESSION.date, how="当面")
    )
    own = line(4, "双方都想和", wall=Wall.MEDIATORS, speaker="M01")
    notes = (talk, told, freed, own, line(5))
    assert private_notes(file, SESSION, notes) == ()
    kept = private_notes(file, CAUCUS, notes)
    assert [(note.of, note.by, note.share_consent) for note in kept] == [
        ("A1", "M01", False), ("A1", "M01", False), ("A1", "M01", True),
    ]  # fmt: skip
    assert kept[0].text == SECRET


def test_a_quotation_is_found_and_a_common_word_is_none() -> None:
    notes = (
        line(1, SECRET, wall=Wall.SIDE, side="A1"),
        line(2, "同意", wall=Wall.MEDIATORS),
        line(3, "楼上漏水泡坏吊顶", wall=Wall.SIDE, side="A1"),
        line(4, "楼上漏水泡坏吊顶"),
    )
    assert quoted(f"各方同意。甄说{SECRET}。楼上漏水泡坏吊顶", notes) == (1,)
    assert quoted("各方同意。", notes) == ()


def test_undisputed_facts_are_suggested_and_never_a_concession(file: CaseFile) -> None:
    notes = (
        line(1, "漏水在三月一日", kind=NoteKind.FACT),
        line(2, "就算是我家的水", kind=NoteKind.CONCESSION),
        line(3, "出八百", kind=NoteKind.OFFER),
        line(4, "漏水在三月一日", kind=NoteKind.FACT, speaker="B1"),
        line(5, SECRET, kind=NoteKind.FACT, wall=Wall.SIDE, side="A1"),
    )
    assert open_facts(file, notes) == ("漏水在三月一日",)
    assert open_facts(replace(file, undisputed_facts=("漏水在三月一日。",)), notes) == ()


def test_edits_stay_when_the_board_goes_on() -> None:
    both = merged("甲\n乙\n丙", "甲改\n乙\n丙", "甲\n乙\n丙\n丁")
    assert (both.text, both.collided) == ("甲改\n乙\n丙\n丁", False)


def test_of_two_words_both_are_kept() -> None:
    both = merged("甲\n乙\n丙", "甲\n乙一\n丙", "甲\n乙二\n丙")
    assert (both.text, both.collided) == ("甲\n乙一\n乙二\n丙", True)


LINES = st.lists(st.sampled_from("甲乙丙丁戊"), max_size=8)


@given(
    base=LINES,
    added=st.lists(st.sampled_from("子丑寅卯"), max_size=4),
    other=st.lists(st.sampled_from("天地玄黄"), max_size=4),
)
def test_no_new_word_of_either_is_lost(base: list[str], added: list[str], other: list[str]) -> None:
    first, second = base[:2] + added + base[2:], other + base[1:]
    made = merged("\n".join(base), "\n".join(first), "\n".join(second)).text.split("\n")
    assert set(added) | set(other) <= set(made)


@given(base=LINES, text=LINES)
def test_differences_are_none_only_for_the_same_text(base: list[str], text: list[str]) -> None:
    one, other = "\n".join(base), "\n".join(text)
    assert (differences(one, other) == ()) == (one == other)
    assert merged(one, one, other).text == other.strip("\n")
