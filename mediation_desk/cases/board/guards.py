"""What a board does not take: each refusal names its rule."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from mediation_desk.cases.board.ports import Boards
from mediation_desk.cases.board.speakers import GUEST, side_of, speakers
from mediation_desk.cases.lifecycle import IN_ROOM, State, state_of
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.signing.annex import somebody_signed
from mediation_desk.hearings.board.notes import Note, NoteKind, Release, Terms, Wall, Withdrawn
from mediation_desk.hearings.board.opening import opening_items
from mediation_desk.shared.errors import InputError, RuleError
from mediation_desk.shared.text import canonical

LONGEST_LINE, LONGEST_REASON, LONGEST_NAME = 2000, 200, 40
_BARGAINING = IN_ROOM | {State.AGREED_UNSIGNED}


def live(file: CaseFile, session_no: int) -> CaseFile:
    """The file, if this session is planned and not recorded yet; later facts are additions to the record."""
    session = next((one for one in file.sessions if one.no == session_no), None)
    if session is None:
        raise InputError(f"没有第{session_no}次调解会，请先安排。", field="session_no")
    if session.held:
        raise RuleError("这次调解会已经记录，板上不能再写；需要补充的写入补记。", rule="T-9")
    if file.beside.binned is not None or state_of(file) not in IN_ROOM:
        raise RuleError(f"案件现为“{state_of(file)}”，调解会不能进行。", rule="T-9")
    return file


def bargaining(file: CaseFile) -> CaseFile:
    """The file, while offers can still be accepted or withdrawn."""
    state = state_of(file)
    if file.beside.binned is not None or state not in _BARGAINING:
        raise RuleError(f"案件现为“{state}”，方案不能再接受或者撤回。", rule="T-12")
    return file


def known_speaker(file: CaseFile, ref: str, field: str) -> None:
    """Speakers are people of the case, members of its groups, or guests by name."""
    named = ref.startswith(GUEST) and ref != GUEST
    if not named and side_of(file, ref) is None and ref not in {one.ref for one in speakers(file)}:
        raise InputError(f"“{ref[:20]}”不是本案的人。", field=field)


def known_item(code: str) -> None:
    """Items of the opening come from the centre's script."""
    if code not in {item.code for item in opening_items()}:
        raise InputError(f"开场事项里没有“{code[:20]}”。", field="code")


def plain(text: str, what: str, field: str, longest: int = LONGEST_REASON) -> str:
    """``text`` as it may be stored. Raises ``InputError`` naming ``field`` for what no paper can print."""
    try:
        return canonical(text.strip(), what, longest=longest)
    except InputError as error:
        raise InputError(error.message, field=field) from None


def plain_note(note: Note) -> Note:
    """A line with its words as they may be stored."""
    text = plain(note.text, "这一行", "text", LONGEST_LINE)
    speaker = plain(note.speaker, "发言人", "speaker", LONGEST_NAME)
    return replace(note, text=text, speaker=speaker)


def check(boards: Boards, file: CaseFile, note: Note, *, before: Note | None = None) -> None:
    """A line as it is to be stored; ``before`` is what stands now, None for a new line."""
    known_speaker(file, note.speaker, "speaker")
    if not note.text.strip():
        raise InputError("这一行还没有字。", field="text")
    _check_wall(file, note, before)
    _check_link(boards, file, note.issue, lambda one: one.kind is NoteKind.ISSUE, "issue", "争议焦点")
    _check_link(boards, file, note.answers, lambda one: one.kind is NoteKind.OFFER, "answers", "方案")
    if note.no and note.no in (note.issue, note.answers):
        raise InputError("一行不能归在自己下面。", field="issue")
    if note.terms is not None:
        _check_terms(file, note, note.terms)
    if before is not None:
        _check_change(before, note)


def may_strike(boards: Boards, file: CaseFile, note: Note) -> None:
    """An offer somebody agreed to, and an issue with lines under it, are not struck away from under others."""
    if note.struck is not None:
        raise InputError("这一行已经划去。", field="no")
    if note.accepted_by and note.withdrawn is None:
        raise RuleError("已有当事人接受的方案不能划去，请登记撤回。", rule="T-12")
    if note.kind is NoteKind.ISSUE and any(
        one.issue == note.no and one.counts for one in boards.notes(file.case_key)
    ):
        raise InputError("这个争议焦点下面还有内容，请先把它们移开。", field="no")


def may_release(note: Note, release: Release, today: date) -> None:
    """Only the party whose talk it was can let it out, and its consent is on record (LR-22)."""
    if note.wall is not Wall.SIDE:
        raise RuleError("只有单方谈话的内容，才能经本人同意向各方公开。", rule="LR-22")
    if release.by != note.side:
        raise RuleError("公开单方谈话须由谈话的这一方本人同意。", rule="LR-22")
    if not release.how.strip():
        raise InputError("请写明怎样同意的，例如当面同意、书面同意。", field="how")
    _not_future(release.on, today)


def may_accept(file: CaseFile, note: Note, by: tuple[str, ...], on: date, today: date) -> None:
    """Parties accept an offer all sides know of, and that still stands."""
    _demand_offer(note)
    if not note.is_joint:
        raise RuleError("单方谈话里的方案对方还不知道，须经本人同意公开以后才能接受。", rule="LR-22")
    if not by:
        raise InputError("请选接受方案的当事人。", field="by")
    for ref in by:
        _demand_party(file, ref)
    _not_future(on, today)


def may_withdraw(file: CaseFile, note: Note, withdrawn: Withdrawn, today: date) -> None:
    """Until somebody has signed, whoever made or accepted an offer can still go back on it."""
    _demand_offer(note)
    known_speaker(file, withdrawn.by, "by")
    if not withdrawn.reason.strip():
        raise InputError("请写明撤回的原因。", field="reason")
    _not_future(withdrawn.on, today)
    if note.accepted_by and somebody_signed(file):
        raise RuleError("已有人在协议上签署，方案不能撤回；须先作废重签。", rule="T-13")


def _check_wall(file: CaseFile, note: Note, before: Note | None) -> None:
    if note.wall is Wall.SIDE:
        if note.side is None or file.party(note.side) is None:
            raise InputError("单方谈话请写明是与哪一方。", field="side")
        speaks_for = side_of(file, note.speaker)
        if speaks_for not in (None, note.side):
            raise RuleError("对方不在单方谈话里，不能记作发言人。", rule="LR-22")
    elif note.side is not None:
        raise InputError("只有单方谈话才写与哪一方。", field="side")
    if before is not None and before.wall is not Wall.JOINT and note.wall is Wall.JOINT:
        raise RuleError("单方谈话的内容不能直接改为各方可见，须经本人同意公开。", rule="LR-22")
    if before is not None and before.side is not None and note.side != before.side and note.wall is Wall.SIDE:
        raise RuleError("一方的单方谈话不能改记到另一方名下。", rule="LR-22")


def _check_link(
    boards: Boards, file: CaseFile, no: int | None, fits: Callable[[Note], bool], field: str, what: str
) -> None:
    if no is None:
        return
    linked = boards.note(file.case_key, no)
    if linked is None or not fits(linked) or not linked.counts:
        raise InputError(f"第{no}行不是{what}，或者已经划去。", field=field)


def _check_terms(file: CaseFile, note: Note, terms: Terms) -> None:
    if note.kind is not NoteKind.OFFER:
        raise InputError("只有方案写金额和日期。", field="kind")
    for field, joined in (("payer", terms.payer), ("payee", terms.payee)):
        for ref in joined.split("+") if joined else ():
            if file.party(ref) is None:
                who = "付款人" if field == "payer" else "收款人"
                raise RuleError(f"{who}“{ref[:20]}”不是本案当事人（人民调解法第二十九条）。", rule="LR-12")
    if set((terms.payer or "").split("+")) & set((terms.payee or "").split("+")) - {""}:
        raise InputError("付款人和收款人不能是同一人。", field="payee")
    if terms.amount is not None and terms.amount <= 0:
        raise InputError("金额应大于零。", field="amount")


def _check_change(before: Note, note: Note) -> None:
    if before.struck is not None:
        raise RuleError("这一行已经划去，不能再改；请另写一行。", rule="T-9")
    said = (before.text, before.kind, before.terms, before.speaker) != (
        note.text,
        note.kind,
        note.terms,
        note.speaker,
    )
    if before.accepted_by and said:
        raise RuleError("已有当事人接受的方案不能改动；请登记撤回，另写方案。", rule="T-12")
    if before.release is not None and said:
        raise RuleError("本人同意公开的是原来的话，不能再改；请另写一行。", rule="LR-22")
    if before.kind.bargains and note.kind is NoteKind.FACT:
        raise RuleError("为调解作出的让步和方案不能改记为认可的事实（特邀调解规定第二十二条）。", rule="§1.7")


def _demand_offer(note: Note) -> None:
    if note.kind is not NoteKind.OFFER or not note.counts:
        raise InputError(f"第{note.no}行不是方案，或者已经划去。", field="no")
    if note.withdrawn is not None:
        raise RuleError("这个方案已经撤回。", rule="T-12")


def _demand_party(file: CaseFile, ref: str) -> None:
    if file.party(ref) is None:
        raise InputError(f"“{ref[:20]}”不是本案当事人。", field="by")


def _not_future(on: date, today: date) -> None:
    if on > today:
        raise InputError(f"日期{on.isoformat()}还没有到，请填写已经发生的日期。", field="on")
