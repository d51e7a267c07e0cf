"""The session board: lines side by side, walls that hold, offers that go through their chain, on both databases."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date
from decimal import Decimal

import pytest

from db.unit_of_work import Storage
from mediation_desk.access.actor import COUNTER, Actor
from mediation_desk.access.roles import Role
from mediation_desk.agreements.terms import Term
from mediation_desk.cases.board.service import BoardService
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.service import CaseService
from mediation_desk.cases.steps.agreeing import Compose
from mediation_desk.cases.steps.rearranging import CancelSession
from mediation_desk.cases.steps.signing import Sign
from mediation_desk.hearings.board.notes import Note, NoteKind, Release, Terms, Wall, Withdrawn
from mediation_desk.hearings.board.offers import OfferStatus
from mediation_desk.hearings.board.walls import between, shared, undisputed
from mediation_desk.hearings.model import SessionResult
from mediation_desk.shared.errors import InputError, PermissionDenied, RuleError
from tests.persistence.lifecycle_stories import ACCEPT
from tests.persistence.test_case_steps import CHOICE, CLAUSES, PLAN, REGISTER, cases, recorded  # noqa: F401

NOW = datetime.datetime(2026, 7, 1, 2, 0, tzinfo=UTC)
MET = date(2026, 3, 16)


def line(key: str, text: str = "雨水倒灌到屋里", **more: object) -> Note:
    """A line of the first session."""
    made = Note(key=key, session_no=1, speaker="A1", text=text, at=NOW)
    return replace(made, **more)  # type: ignore[arg-type]


@pytest.fixture
def boards(storage: Storage) -> BoardService:
    return BoardService(storage, lambda: NOW)


@pytest.fixture
def file(cases: CaseService) -> CaseFile:  # noqa: F811  # pytest hands the imported fixture in
    """A case whose first session is planned."""
    made = cases.register(COUNTER, REGISTER)
    for step in (ACCEPT, CHOICE, PLAN):
        made = cases.perform(COUNTER, made.case_key, step)
    return made


@pytest.fixture
def write(boards: BoardService, file: CaseFile) -> Callable[[Note], Note]:
    return lambda note: boards.write(COUNTER, file.case_key, note)


def test_lines_come_back_in_order_and_a_repeated_save_makes_no_second_one(
    boards: BoardService, file: CaseFile, write: Callable[[Note], Note]
) -> None:
    first = write(line("a"))
    second = write(line("b", "要修墙", kind=NoteKind.ISSUE))
    third = write(
        line(
            "c",
            "出八百",
            speaker="B1",
            kind=NoteKind.OFFER,
            issue=second.no,
            terms=Terms(payer="B1", payee="A1", amount=Decimal("800.00"), due_on=date(2026, 8, 1)),
        )
    )
    again = write(line("a"))
    board = boards.board(COUNTER, file.case_key, 1)
    assert board.notes == (first, second, third)
    assert again == first
    assert [note.no for note in board.notes] == [1, 2, 3]
    assert boards.board(COUNTER, file.case_key, 1, since=second.revision).notes == (third,)
    assert board.revision == third.revision


def test_two_people_on_one_line_keep_both_words(
    boards: BoardService, file: CaseFile, write: Callable[[Note], Note]
) -> None:
    base = write(line("a"))
    mine = boards.rewrite(COUNTER, file.case_key, base, replace(base, text="雨水倒灌，墙皮脱落"))
    theirs = boards.rewrite(COUNTER, file.case_key, base, replace(base, text="雨水倒灌，地板泡坏"))
    assert mine.kept is None
    assert theirs.note.text == "雨水倒灌，墙皮脱落"
    assert theirs.kept is not None
    assert (theirs.kept.text, theirs.kept.beside) == ("雨水倒灌，地板泡坏", base.no)
    once_more = boards.rewrite(COUNTER, file.case_key, base, replace(base, text="雨水倒灌，地板泡坏"))
    assert once_more.kept == theirs.kept


def test_one_changes_the_words_the_other_the_kind_and_both_changes_stand(
    boards: BoardService, file: CaseFile, write: Callable[[Note], Note]
) -> None:
    base = write(line("a"))
    boards.rewrite(COUNTER, file.case_key, base, replace(base, text="雨水倒灌三次"))
    both = boards.rewrite(COUNTER, file.case_key, base, replace(base, kind=NoteKind.FACT))
    assert both.kept is None
    assert (both.note.text, both.note.kind) == ("雨水倒灌三次", NoteKind.FACT)


def test_many_hands_at_once_lose_nothing(
    boards: BoardService, file: CaseFile, write: Callable[[Note], Note]
) -> None:
    with ThreadPoolExecutor(max_workers=4) as hands:
        list(hands.map(lambda number: write(line(f"k{number}", f"第{number}句")), range(24)))
    notes = boards.board(COUNTER, file.case_key, 1).notes
    assert sorted(note.no for note in notes) == list(range(1, 25))
    assert {note.text for note in notes} == {f"第{number}句" for number in range(24)}
    assert len({note.revision for note in notes}) == 24


def test_what_is_struck_stays_legible_and_counts_no_more(
    boards: BoardService, file: CaseFile, write: Callable[[Note], Note]
) -> None:
    note = write(line("a", kind=NoteKind.FACT))
    with pytest.raises(InputError, match="原因"):
        boards.strike(COUNTER, file.case_key, note.no, " ")
    struck = boards.strike(COUNTER, file.case_key, note.no, "记错了人")
    kept = boards.board(COUNTER, file.case_key, 1).notes
    assert kept == (struck,)
    assert kept[0].text == note.text
    assert undisputed(kept) == ()
    assert undisputed((boards.restore(COUNTER, file.case_key, note.no),)) == (note.text,)


def test_private_talk_reaches_nobody_else_until_that_party_consents(
    boards: BoardService, file: CaseFile, write: Callable[[Note], Note]
) -> None:
    joint = write(line("a", "大家都听见"))
    talk = write(line("b", "MARK最低八百", wall=Wall.SIDE, side="A1"))
    own = write(line("c", "MARK双方都想和", speaker="M01", wall=Wall.MEDIATORS))
    notes = boards.board(COUNTER, file.case_key, 1).notes
    assert [note.no for note in shared(notes)] == [joint.no]
    assert [note.no for note in between(notes, "A1")] == [joint.no, talk.no]
    assert [note.no for note in between(notes, "B1")] == [joint.no]
    assert boards.shared(COUNTER, file.case_key) == (joint,)
    consent = Release(by="A1", on=MET, how="当面同意")
    with pytest.raises(RuleError, match="本人同意") as refused:
        boards.release(COUNTER, file.case_key, talk.no, replace(consent, by="B1"))
    assert refused.value.rule == "LR-22"
    with pytest.raises(RuleError, match="单方谈话"):
        boards.release(COUNTER, file.case_key, own.no, consent)
    released = boards.release(COUNTER, file.case_key, talk.no, consent)
    assert boards.shared(COUNTER, file.case_key) == (joint, released)
    with pytest.raises(RuleError, match="原来的话"):
        boards.rewrite(COUNTER, file.case_key, released, replace(released, text="MARK最低六百"))


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"wall": Wall.JOINT, "side": None}, "LR-22"),
        ({"side": "B1", "speaker": "B1"}, "LR-22"),
        ({"speaker": "B1"}, "LR-22"),
    ],
)
def test_a_wall_is_not_moved_by_editing(
    boards: BoardService,
    file: CaseFile,
    write: Callable[[Note], Note],
    change: dict[str, object],
    rule: str,
) -> None:
    talk = write(line("b", wall=Wall.SIDE, side="A1"))
    with pytest.raises(RuleError) as refused:
        boards.rewrite(COUNTER, file.case_key, talk, replace(talk, **change))  # type: ignore[arg-type]
    assert refused.value.rule == rule
    assert boards.board(COUNTER, file.case_key, 1).notes == (talk,)


def test_who_may_not_mediate_sees_no_board(boards: BoardService, file: CaseFile) -> None:
    clerk = Actor(account="a", display_name="登记员", roles=(Role.CLERK,))
    with pytest.raises(PermissionDenied):
        boards.board(clerk, file.case_key, 1)


def test_an_offer_goes_from_proposed_over_countered_to_accepted_and_back(
    boards: BoardService, file: CaseFile, write: Callable[[Note], Note]
) -> None:
    def status() -> list[OfferStatus]:
        return [offer.status for offer in boards.offers(COUNTER, file.case_key)]

    money = Terms(payer="B1", payee="A1", amount=Decimal("1000.00"))
    asked = write(line("a", "要一千", kind=NoteKind.OFFER, terms=money))
    assert status() == [OfferStatus.PROPOSED]
    less = write(
        line(
            "b",
            "出九百",
            speaker="B1",
            kind=NoteKind.OFFER,
            answers=asked.no,
            terms=replace(money, amount=Decimal("900.00")),
        )
    )
    assert status() == [OfferStatus.COUNTERED, OfferStatus.PROPOSED]
    boards.accept(COUNTER, file.case_key, less.no, ("A1",), MET)
    assert status() == [OfferStatus.COUNTERED, OfferStatus.ACCEPTED]
    with pytest.raises(RuleError, match="不能改动"):
        accepted = boards.board(COUNTER, file.case_key, 1).notes[1]
        boards.rewrite(COUNTER, file.case_key, accepted, replace(accepted, text="出一百"))
    with pytest.raises(RuleError, match="登记撤回"):
        boards.strike(COUNTER, file.case_key, less.no, "不要了")
    boards.withdraw(COUNTER, file.case_key, less.no, Withdrawn(on=MET, by="B1", reason="家里不同意"))
    assert status() == [OfferStatus.PROPOSED, OfferStatus.WITHDRAWN]


def test_a_mediators_proposal_needs_everybodys_yes(
    boards: BoardService, file: CaseFile, write: Callable[[Note], Note]
) -> None:
    note = write(line("a", "各让一步，出九百五", speaker="M01", kind=NoteKind.OFFER))
    boards.accept(COUNTER, file.case_key, note.no, ("A1",), MET)
    (offer,) = boards.offers(COUNTER, file.case_key)
    assert (offer.status, offer.waits_for) == (OfferStatus.PROPOSED, ("B1",))
    boards.accept(COUNTER, file.case_key, note.no, ("B1",), MET)
    (offer,) = boards.offers(COUNTER, file.case_key)
    assert (offer.status, offer.waits_for) == (OfferStatus.ACCEPTED, ())


def test_an_offer_made_in_private_is_accepted_only_after_its_release(
    boards: BoardService, file: CaseFile, write: Callable[[Note], Note]
) -> None:
    note = write(line("a", "最多出九百", speaker="B1", kind=NoteKind.OFFER, wall=Wall.SIDE, side="B1"))
    assert boards.offers(COUNTER, file.case_key) == ()
    with pytest.raises(RuleError, match="对方还不知道"):
        boards.accept(COUNTER, file.case_key, note.no, ("A1",), MET)
    boards.release(COUNTER, file.case_key, note.no, Release(by="B1", on=MET, how="当面同意"))
    boards.accept(COUNTER, file.case_key, note.no, ("A1",), MET)
    assert [offer.status for offer in boards.offers(COUNTER, file.case_key)] == [OfferStatus.ACCEPTED]


def test_a_private_counter_offer_does_not_show_by_its_shadow(
    boards: BoardService, file: CaseFile, write: Callable[[Note], Note]
) -> None:
    asked = write(line("a", "要一千", kind=NoteKind.OFFER))
    write(
        line("b", "最多九百", speaker="B1", kind=NoteKind.OFFER, answers=asked.no, wall=Wall.SIDE, side="B1")
    )
    (seen,) = boards.offers(COUNTER, file.case_key)
    assert (seen.no, seen.status) == (asked.no, OfferStatus.PROPOSED)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"speaker": "C9"}, "speaker"),
        ({"text": "  "}, "text"),
        ({"text": "看不见的\u202e字"}, "text"),
        ({"text": "长" * 2001}, "text"),
        ({"speaker": "邀请:王\u202e科长"}, "speaker"),
        ({"wall": Wall.SIDE}, "side"),
        ({"side": "A1"}, "side"),
        ({"issue": 7}, "issue"),
        ({"answers": 1}, "answers"),
        ({"terms": Terms(amount=Decimal("1.00"))}, "kind"),
        ({"kind": NoteKind.OFFER, "terms": Terms(amount=Decimal("0.00"))}, "amount"),
        ({"kind": NoteKind.OFFER, "terms": Terms(payer="A1", payee="A1")}, "payee"),
    ],
)
def test_a_bad_line_is_refused_and_nothing_is_stored(
    boards: BoardService, file: CaseFile, wrong: dict[str, object], field: str
) -> None:
    with pytest.raises(InputError) as refused:
        boards.write(COUNTER, file.case_key, replace(line("a"), **wrong))  # type: ignore[arg-type]
    assert refused.value.field == field
    assert boards.board(COUNTER, file.case_key, 1).notes == ()


def test_a_payer_who_is_no_party_is_refused_with_the_rule(
    file: CaseFile, write: Callable[[Note], Note]
) -> None:
    with pytest.raises(RuleError, match="不是本案当事人") as refused:
        write(line("a", kind=NoteKind.OFFER, terms=Terms(payer="Z1", payee="A1", amount=Decimal("5.00"))))
    assert refused.value.rule == "LR-12"


def test_a_concession_never_becomes_an_undisputed_fact(
    boards: BoardService, file: CaseFile, write: Callable[[Note], Note]
) -> None:
    note = write(line("a", "就算是我家的水", speaker="B1", kind=NoteKind.CONCESSION))
    with pytest.raises(RuleError, match="让步"):
        boards.rewrite(COUNTER, file.case_key, note, replace(note, kind=NoteKind.FACT))
    assert undisputed((note,)) == ()


def test_a_recorded_session_takes_no_more_lines(
    cases: CaseService,  # noqa: F811
    boards: BoardService,
    file: CaseFile,
    write: Callable[[Note], Note],
) -> None:
    note = write(line("a"))
    cases.perform(COUNTER, file.case_key, recorded(SessionResult.AGREED))
    for change in (
        lambda: write(line("b")),
        lambda: boards.strike(COUNTER, file.case_key, note.no, "晚了"),
        lambda: boards.rewrite(COUNTER, file.case_key, note, replace(note, text="改")),
        lambda: boards.open(COUNTER, file.case_key, 1, "rights"),
    ):
        with pytest.raises(RuleError, match="补记"):
            change()


def test_an_accepted_offer_is_not_withdrawn_from_under_a_signature(
    cases: CaseService,  # noqa: F811
    boards: BoardService,
    file: CaseFile,
    write: Callable[[Note], Note],
) -> None:
    note = write(
        line("a", kind=NoteKind.OFFER, terms=Terms(payer="B1", payee="A1", amount=Decimal("900.00")))
    )
    boards.accept(COUNTER, file.case_key, note.no, ("B1",), MET)
    cases.perform(COUNTER, file.case_key, recorded(SessionResult.AGREED))
    cases.perform(COUNTER, file.case_key, Compose(clauses=CLAUSES, copies=3))
    cases.perform(COUNTER, file.case_key, Sign(ref="A1", method="签名并按指印", on=MET))
    with pytest.raises(RuleError, match="作废重签") as refused:
        boards.withdraw(COUNTER, file.case_key, note.no, Withdrawn(on=MET, by="A1", reason="反悔"))
    assert refused.value.rule == "T-13"


def test_the_opening_and_who_is_there_are_kept(boards: BoardService, file: CaseFile) -> None:
    boards.open(COUNTER, file.case_key, 1, "rights")
    boards.open(COUNTER, file.case_key, 1, "recusal", answer="各方均不要求更换")
    boards.open(COUNTER, file.case_key, 1, "rights", done=False)
    boards.attend(COUNTER, file.case_key, 1, "A1", "到场")
    boards.attend(COUNTER, file.case_key, 1, "A1", "远程视频")
    board = boards.board(COUNTER, file.case_key, 1)
    assert [(item.code, item.answer) for item in board.opened] == [("recusal", "各方均不要求更换")]
    assert [(one.ref, one.how) for one in board.present] == [("A1", "远程视频")]
    with pytest.raises(InputError):
        boards.open(COUNTER, file.case_key, 1, "nothing")


def test_a_line_is_saved_only_over_what_was_read(
    storage: Storage, file: CaseFile, write: Callable[[Note], Note]
) -> None:
    note = write(line("a"))
    with storage.write() as work:
        assert work.boards.save(file.case_key, replace(note, text="新")) is not None
        assert work.boards.save(file.case_key, replace(note, text="旧")) is None


def test_lines_go_along_when_their_session_gets_another_number(
    cases: CaseService,  # noqa: F811
    boards: BoardService,
    file: CaseFile,
    write: Callable[[Note], Note],
) -> None:
    write(line("a", "第一次会上说的"))
    boards.open(COUNTER, file.case_key, 1, "rights")
    boards.attend(COUNTER, file.case_key, 1, "A1", "到场")
    earlier = replace(PLAN, date=PLAN.date - datetime.timedelta(days=1))
    cases.perform(COUNTER, file.case_key, earlier)
    second = boards.board(COUNTER, file.case_key, 2)
    assert [note.session_no for note in second.notes] == [2]
    assert [item.code for item in second.opened] == ["rights"]
    assert [one.ref for one in second.present] == ["A1"]
    assert boards.board(COUNTER, file.case_key, 1).present == ()
    cases.perform(COUNTER, file.case_key, CancelSession(no=1, reason="改期"))
    again = boards.board(COUNTER, file.case_key, 1)
    assert [note.session_no for note in again.notes] == [1]
    cases.perform(COUNTER, file.case_key, CancelSession(no=1, reason="双方都来不了"))
    kept = boards.board(COUNTER, file.case_key, 1)
    assert [(note.text, note.session_no) for note in kept.notes] == [("第一次会上说的", 0)]
    assert (kept.opened, kept.present) == ((), ())


def test_nobody_signs_a_clause_whose_offer_was_withdrawn(
    cases: CaseService,  # noqa: F811
    boards: BoardService,
    file: CaseFile,
    write: Callable[[Note], Note],
) -> None:
    money = Terms(payer="B1", payee="A1", amount=Decimal("900.00"))
    note = write(line("a", "九百了结", kind=NoteKind.OFFER, terms=money))
    boards.accept(COUNTER, file.case_key, note.no, ("B1",), MET)
    cases.perform(COUNTER, file.case_key, recorded(SessionResult.AGREED))
    terms = (Term(clause=1, offer=note.no, edited=True),)
    draft = Compose(clauses=CLAUSES, copies=3, terms=terms)
    cases.perform(COUNTER, file.case_key, draft)
    boards.withdraw(COUNTER, file.case_key, note.no, Withdrawn(on=MET, by="B1", reason="反悔"))
    signed = Sign(ref="A1", method="签名并按指印", on=MET)
    with pytest.raises(RuleError, match="第1条出自方案1") as refused:
        cases.perform(COUNTER, file.case_key, signed)
    assert refused.value.rule == "T-12"
    cases.perform(COUNTER, file.case_key, replace(draft, terms=()))
    assert cases.perform(COUNTER, file.case_key, signed).agreement is not None
