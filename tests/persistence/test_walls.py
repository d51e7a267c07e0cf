"""LR-22: what was said in private leaves by no way out of the program; and each look-out notices an open wall."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from mediation_desk.access.actor import COUNTER, Actor
from mediation_desk.access.roles import Role
from mediation_desk.app import Desk, open_desk
from mediation_desk.cases.minutes.model import Answer, Reading
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.service import CaseService
from mediation_desk.cases.steps.agreeing import Compose
from mediation_desk.cases.steps.hearing import PlanSession
from mediation_desk.cases.steps.recording import AddToRecord
from mediation_desk.cases.steps.signing import Sign
from mediation_desk.cases.steps.step import Step
from mediation_desk.cases.vocabulary import Cause, Result
from mediation_desk.cli.main import run
from mediation_desk.documents.content import Heading, Paper, paragraph
from mediation_desk.documents.form import Form, Stage
from mediation_desk.documents.forms.background import Background
from mediation_desk.documents.registry import FORMS
from mediation_desk.hearings.board.notes import Note, NoteKind, Release, Wall, Withdrawn
from mediation_desk.hearings.model import SessionMode, SessionResult
from mediation_desk.interchange.reader import read_case
from mediation_desk.interchange.writer import dump_case
from mediation_desk.settings import resolve
from mediation_desk.shared.errors import DeskError, InputError, PermissionDenied, RuleError
from mediation_desk.shared.text import folded
from mediation_desk.shared.track import Track
from tests.persistence.lifecycle_stories import ACCEPT, PERFORMED, VISIT, ended
from tests.persistence.test_board import MET, NOW, line
from tests.persistence.test_case_steps import CHOICE, CLAUSES, PLAN, REGISTER, cases, recorded
from tests.persistence.wall_outputs import (
    HOLDS_PRIVATE_WORDS,
    MARK,
    MOVING,
    NOT_RUN,
    READING,
    bound_and_filled,
    commands,
    leaks,
    papers,
    read_by,
    said,
    tables,
)
from tests.shared_cases import FILES, needs_cases
from ui.errors.report import bug_report

__all__ = ["cases"]

CAUCUS: PlanSession = replace(PLAN, mode=SessionMode.CAUCUS)
RELEASED = "愿意当面赔礼道歉"


@pytest.fixture
def desk(url: str, cases: CaseService) -> Iterator[Desk]:
    """The whole desk on the database of the test, on 1 July 2026."""
    made = open_desk(resolve(None, url, practice=True), clock=lambda: NOW)
    yield made
    made.close()


def in_room(desk: Desk) -> CaseFile:
    """One side at a time; private words wherever somebody may put them."""
    file = desk.cases.register(COUNTER, REGISTER)
    for step in (ACCEPT, CHOICE, CAUCUS):
        file = desk.cases.perform(COUNTER, file.case_key, step)
    key = file.case_key

    def write(note: Note) -> Note:
        return desk.boards.write(COUNTER, key, note)

    for code in ("recusal", "rights"):
        desk.boards.open(COUNTER, key, 1, code)
    write(line("a", "雨水倒灌到屋里"))
    write(line("b", f"{MARK}甲，底线八百块", wall=Wall.SIDE, side="A1"))
    write(line("c", f"{MARK}乙，两家都想和", wall=Wall.MEDIATORS, speaker="M01"))
    hidden = write(line("d", f"{MARK}丙，里子的事", kind=NoteKind.ISSUE, wall=Wall.MEDIATORS, speaker="M01"))
    asked = write(line("e", "要一千", kind=NoteKind.OFFER, issue=hidden.no))
    counter = line("f", f"{MARK}丁，最多九百", kind=NoteKind.OFFER, speaker="B1", answers=asked.no)
    write(replace(counter, wall=Wall.SIDE, side="B1"))
    fact = line("g", f"{MARK}戊，排水口确实堵了", kind=NoteKind.FACT, speaker="B1")
    struck = write(replace(fact, wall=Wall.SIDE, side="B1"))
    desk.boards.strike(COUNTER, key, struck.no, f"{MARK}己，他后悔说了")
    desk.boards.withdraw(COUNTER, key, asked.no, Withdrawn(on=MET, by="A1", reason=f"{MARK}庚，家里闹"))
    talk = write(line("h", RELEASED, wall=Wall.SIDE, side="B1", speaker="B1"))
    desk.boards.release(COUNTER, key, talk.no, Release(by="B1", on=MET, how="当面同意"))
    desk.cases.keep_draft(COUNTER, f"case:{key}:board:1:desk", {"text": f"~{MARK}辛，正在写"})
    return desk.cases.file(COUNTER, key)


def frozen(desk: Desk, result: SessionResult = SessionResult.AGREED) -> CaseFile:
    """The record made from that board, read back and final, with an addition."""
    key = in_room(desk).case_key
    found = desk.minutes.minutes(COUNTER, key, 1)
    assert found is not None
    text = desk.minutes.save(COUNTER, key, found.working, found.working.text).working.text
    desk.minutes.read_out(COUNTER, key, 1, Reading.LARGE, by="何笔录", text=text)
    for ref in ("A1", "B1"):
        desk.minutes.answer(COUNTER, key, 1, ref, Answer.AGREES, text=text)
    desk.minutes.freeze(COUNTER, key, replace(recorded(result), record=text))
    return desk.cases.perform(COUNTER, key, AddToRecord(session_no=1, text="会后补交照片。"))


def settled(desk: Desk) -> CaseFile:
    """On to signatures, payments and a visit."""
    file = frozen(desk)
    signed = tuple(Sign(ref=ref, method="签名并按指印", on=MET) for ref in ("A1", "B1", "M01", "R01", "ORG"))
    rest: tuple[Step, ...] = (Compose(clauses=CLAUSES, copies=3), *signed, *PERFORMED, VISIT)
    for step in rest:
        file = desk.cases.perform(COUNTER, file.case_key, step)
    return file


def failed(desk: Desk) -> CaseFile:
    """On to a notice of failure."""
    file = frozen(desk, SessionResult.FAILED)
    return desk.cases.perform(COUNTER, file.case_key, ended(Result.FAILED, Cause.TOO_FAR_APART))


@pytest.mark.parametrize("story", [in_room, settled, failed])
def test_no_paper_holds_a_private_word(desk: Desk, story: object, tmp_path: Path) -> None:
    file = story(desk)  # type: ignore[operator]
    seen = list(papers(file))
    assert len(seen) > 5
    assert [name for name, text in seen if leaks(text)] == []
    for number, form in enumerate(
        choice.key for choice in desk.printing.forms(COUNTER, file) if choice.reason is None
    ):
        for path in desk.printing.write(
            COUNTER, file.case_key, form, ("docx", "pdf"), tmp_path / str(number)
        ):
            assert not leaks(path.name)


def test_no_volume_and_no_template_holds_a_private_word(desk: Desk) -> None:
    seen = list(bound_and_filled(desk, settled(desk)))
    assert len(seen) > 3
    assert [name for name, text in seen if leaks(text)] == []


def test_what_a_party_released_is_in_the_record_on_paper(desk: Desk) -> None:
    """The control: the same look-out sees the words once the party consents."""
    found = {name: text for name, text in papers(settled(desk)) if name.startswith("record")}
    assert all(folded(RELEASED) in folded(text) for text in found.values())
    assert all("会后补交照片" in text for text in found.values())


def test_a_form_that_leaks_is_caught(desk: Desk) -> None:
    """The control: a form somebody may write one day."""

    def leaking(file: CaseFile, _background: Background) -> tuple[Paper, ...]:
        words = "".join(note.text for one in file.sessions for note in one.private_notes)
        return (Paper(heading=Heading(form="试", title="试"), blocks=(paragraph(words),)),)

    planted = Form(
        key="planted",
        code="试",
        stage=Stage.SESSION,
        titles=dict.fromkeys(Track, "试"),
        applies=lambda _file: None,
        compose=leaking,
    )
    found = [name for name, text in papers(frozen(desk), (*FORMS, planted)) if leaks(text)]
    assert found == ["planted-0.docx", "planted-0.pdf", "planted-0"]


def test_private_words_lie_in_their_own_tables_only(desk: Desk) -> None:
    """Index, diary, audit trail, phrases, figures, deadlines, the record in work: none of them."""
    settled(desk)
    found = {name for name, rows in tables(desk.storage) if leaks(rows)}
    assert found == HOLDS_PRIVATE_WORDS, "and the look-out sees them where they are"


def test_a_clerk_is_told_nothing_private(desk: Desk) -> None:
    file = settled(desk)
    assert [name for name, text in read_by(desk, file) if leaks(text)] == []
    assert any(leaks(repr(draft)) for draft in desk.cases.drafts(COUNTER)), "the mediator gets the words back"
    clerk = Actor(account="b", display_name="登记员", roles=(Role.CLERK,))
    for ask in (
        lambda: desk.boards.board(clerk, file.case_key, 1),
        lambda: desk.minutes.minutes(clerk, file.case_key, 1),
        lambda: desk.minutes.for_parties(clerk, file.case_key),
    ):
        with pytest.raises(PermissionDenied):
            ask()


def test_the_second_screen_is_told_nothing_private(desk: Desk) -> None:
    file = in_room(desk)
    shown = desk.minutes.for_parties(COUNTER, file.case_key)
    assert not leaks(repr(shown))
    assert RELEASED in "".join(shown.record)


def test_every_command_is_among_those_that_are_looked_at() -> None:
    assert set(commands()) == {*NOT_RUN, *READING, *MOVING}


def test_no_command_tells_or_writes_a_private_word(desk: Desk, url: str, tmp_path: Path) -> None:
    key = settled(desk).case_key
    where = ("--database", url)
    heard = {}
    for number, (command, arguments) in enumerate({**READING, **MOVING}.items()):
        out = tmp_path / "out" / str(number)
        heard[command] = said(where, command, arguments(key, out), out)
    assert "用法有误" not in "".join(heard.values())
    assert [command for command, text in heard.items() if leaks(text)] == []
    assert "有2条单方谈话没有本人的同意" in heard["case", "export"]
    assert "有2条单方谈话没有本人的同意" in heard["case", "show"]


def test_an_exported_case_is_whole_only_when_a_mediator_asks(desk: Desk, url: str, tmp_path: Path) -> None:
    file = frozen(desk)
    key = file.case_key
    without = dump_case(desk.cases.export(COUNTER, key))
    assert not leaks(without)
    assert [note.text for note in read_case(without).sessions[0].private_notes] == [RELEASED]
    asked = ("case", "export"), (key, "--with-private-notes")
    assert leaks(said(("--database", url), *asked, tmp_path / "out")), "the control: handed over whole"
    whole = desk.cases.export(COUNTER, key, with_private_notes=True)
    text = dump_case(whole, with_private_notes=True)
    assert read_case(text).sessions == file.sessions
    assert not leaks(dump_case(whole)), "the writer leaves them out by itself"
    statistician = Actor(account="c", display_name="交换", roles=(Role.STATISTICIAN,))
    with pytest.raises(PermissionDenied):
        desk.cases.export(statistician, key, with_private_notes=True)
    audited = dict(tables(desk.storage))["audit"]
    assert "private_notes" in audited


def test_who_may_export_but_not_mediate_gets_no_private_notes(desk: Desk) -> None:
    from mediation_desk.access.permissions import Permission

    class Exporter(Actor):
        """What no role grants yet: to export and not to mediate."""

        def can(self, permission: Permission) -> bool:
            return permission is Permission.CASE_EXPORT

    key = frozen(desk).case_key
    exporter = Exporter(account="c", display_name="交换", roles=(), unlimited=True)
    assert not leaks(dump_case(desk.cases.export(exporter, key), with_private_notes=True))
    with pytest.raises(PermissionDenied):
        desk.cases.export(exporter, key, with_private_notes=True)


def test_a_case_exported_without_them_is_known_when_it_comes_back(desk: Desk) -> None:
    file = frozen(desk)
    again = read_case(dump_case(desk.cases.export(COUNTER, file.case_key)))
    same = replace(again, as_of=None)
    stored, new = desk.cases.take_over(COUNTER, same)
    assert (new, stored) == (False, file)


def test_nothing_private_is_logged(
    desk: Desk, url: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    key = settled(desk).case_key
    for command, arguments in READING.items():
        if MARK not in arguments(key, tmp_path):
            said(("--database", url), command, arguments(key, tmp_path), tmp_path / "out")
    assert not leaks(caplog.text)


def refused(desk: Desk) -> Iterator[BaseException]:
    """Everything that goes wrong with private words in hand."""
    file = in_room(desk)
    key = file.case_key
    secret = line("z", f"{MARK}壬，还有一句", wall=Wall.SIDE, side="A1")
    found = desk.minutes.minutes(COUNTER, key, 1)
    assert found is not None
    leaking = f"{found.working.text}\n{MARK}甲，底线八百块"
    stored = desk.minutes.save(COUNTER, key, found.working, leaking).working
    board = desk.boards.board(COUNTER, key, 1)
    talk = next(note for note in board.notes if note.wall is Wall.SIDE)
    for attempt in (
        lambda: desk.boards.write(COUNTER, key, replace(secret, speaker="B1")),
        lambda: desk.boards.write(COUNTER, key, replace(secret, session_no=7)),
        lambda: desk.boards.write(COUNTER, key, replace(secret, side=None)),
        lambda: desk.boards.rewrite(COUNTER, key, talk, replace(talk, wall=Wall.JOINT, side=None)),
        lambda: desk.boards.release(COUNTER, key, talk.no, Release(by="B1", on=MET, how=MARK)),
        lambda: desk.boards.accept(COUNTER, key, talk.no, ("A1",), MET),
        lambda: desk.minutes.read_out(COUNTER, key, 1, Reading.ALOUD, by="何", text=stored.text),
        lambda: desk.minutes.read_out(COUNTER, key, 1, Reading.ALOUD, by="何", text=MARK),
        lambda: desk.minutes.freeze(
            COUNTER, key, replace(recorded(SessionResult.AGREED), record=stored.text)
        ),
        lambda: _double(desk, key, talk),
        lambda: _bug(talk),
    ):
        try:
            attempt()
        except Exception as error:  # noqa: BLE001  # bugs are looked at as well as refusals
            yield error
        else:
            raise AssertionError("it was let through")


def _double(desk: Desk, key: str, talk: Note) -> None:
    """A fault of the database with the words among its parameters."""
    with desk.storage.write() as work:
        work.boards.add(key, replace(talk, no=0))


def _bug(talk: Note) -> None:
    raise ValueError(f"cannot read {talk.text}") from KeyError(talk.text)


def test_refusals_and_reports_of_bugs_repeat_nothing_private(desk: Desk) -> None:
    seen = list(refused(desk))
    assert [type(error).__name__ for error in seen if isinstance(error, RuleError)]
    for error in seen:
        assert not leaks(bug_report(error))
        if isinstance(error, DeskError):
            assert not leaks(error.message), error.message
    assert leaks(str(seen[-1])), "the control: the exception itself has the words"


def test_a_bug_on_the_command_line_tells_its_place_only(
    desk: Desk, url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    key = frozen(desk).case_key

    def broken(*_args: object, **_kwargs: object) -> None:
        raise ValueError(f"{MARK}甲")

    monkeypatch.setattr(CaseService, "history", broken)
    text = said(("--database", url), ("case", "show"), (key,), tmp_path / "out")
    assert "程序出错（ValueError）" in text
    assert not leaks(text)
    assert "builtins.ValueError" in caplog.text
    assert not leaks(caplog.text)


@needs_cases
def test_the_acceptance_cases_with_private_notes_keep_them(desk: Desk, url: str, tmp_path: Path) -> None:
    looked_at = 0
    for path in FILES:
        file = read_case(path.read_bytes())
        kept = [note.text for one in file.sessions for note in one.private_notes if not note.share_consent]
        if not kept:
            continue
        looked_at += 1
        desk.cases.take_over(COUNTER, file)
        outputs = [text for _name, text in papers(file)]
        outputs += [text for name, text in tables(desk.storage) if name not in HOLDS_PRIVATE_WORDS]
        for command, arguments in (
            (("case", "export"), (file.case_key,)),
            (("case", "show"), (file.case_key, "--json")),
        ):
            outputs.append(said(("--database", url), command, arguments, tmp_path / "out"))
        for words in kept:
            assert not any(folded(words) in folded(text) for text in outputs)
            assert folded(words) in folded(dump_case(file, with_private_notes=True)), "the control"
    assert looked_at == 2


def test_statistics_count_no_words(desk: Desk, url: str, tmp_path: Path) -> None:
    settled(desk)
    first, last = date(2026, 1, 1), date(2026, 12, 31)
    for number, (table, kind) in enumerate(
        (t, k) for t in ("tracks", "cases") for k in ("text", "json", "xlsx", "pdf", "docx")
    ):
        out = tmp_path / "out" / str(number)
        out.mkdir(parents=True)
        arguments = [
            "--from",
            first.isoformat(),
            "--to",
            last.isoformat(),
            "--table",
            table,
            "--format",
            kind,
        ]
        assert not leaks(
            said(("--database", url), ("stats",), (*arguments, "--out", str(out / f"s.{kind}")), out)
        )
    assert run(["--database", url, "check"]) == 0


@pytest.mark.parametrize("words", ["底线八百块", f"{MARK}乙，两家都想和"])
def test_no_step_writes_private_words_into_a_record(desk: Desk, words: str) -> None:
    """Recorded by hand, without the board's own way, or added later."""
    key = in_room(desk).case_key
    told = f"甄有理说{MARK}甲，{words}。" if words == "底线八百块" else words
    with pytest.raises(RuleError) as refusal:
        desk.cases.perform(COUNTER, key, replace(recorded(SessionResult.AGREED), record=told))
    assert refusal.value.rule == "LR-22"
    assert not leaks(refusal.value.message)
    desk.cases.perform(COUNTER, key, recorded(SessionResult.AGREED))
    with pytest.raises(RuleError) as refusal:
        desk.cases.perform(COUNTER, key, AddToRecord(session_no=1, text=told))
    assert refusal.value.rule == "LR-22"


def test_the_wall_of_the_check_still_stands(desk: Desk) -> None:
    """A record that quotes a private note is refused even where it is written by hand."""
    key = in_room(desk).case_key
    text = f"贾讲理说过{MARK}丁，最多九百。"
    found = desk.minutes.minutes(COUNTER, key, 1)
    assert found is not None
    desk.minutes.save(COUNTER, key, found.working, text)
    with pytest.raises((RuleError, InputError)) as refusal:
        desk.minutes.freeze(COUNTER, key, replace(recorded(SessionResult.AGREED), record=text))
    assert not leaks(refusal.value.message)
