"""What can be done with the chosen line: change, strike, move, counter, accept, withdraw, release."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from mediation_desk.cases.board.speakers import speakers
from mediation_desk.hearings.board.notes import Note, NoteKind, Release, Wall, Withdrawn
from ui.screens.board.asking import Asking, choice_field, day_field, text_field, ticks
from ui.screens.board.book import Book
from ui.screens.board.composer import Composer
from ui.screens.board.faces import circled
from ui.screens.board.issue_model import NO_ISSUE
from ui.widgets.message_bar import Action

_CUT = 24


class Sending(Protocol):
    """How a deed reaches storage."""

    def change(self, do: Callable[[], Note], told: str, action: Action | None = None) -> None:
        """Do it on the worker, then say ``told``."""
        ...

    def rewrite(self, base: Note, wanted: Note, raw: str) -> None:
        """Change a line; ``raw`` is what was typed."""
        ...


@dataclass(frozen=True, slots=True)
class Deed:
    """``code`` is the key's; ``word`` what the button says; ``fits`` whether it makes sense for a line."""

    code: str
    word: str
    fits: Callable[[Book, Note], bool]


def _is_ours(book: Book, note: Note) -> bool:
    return note.no > 0 and note.session_no == book.session.no and not book.why_closed


def _offer_stands(_book: Book, note: Note) -> bool:
    return note.kind is NoteKind.OFFER and note.no > 0 and note.counts and note.withdrawn is None


DEEDS = (
    Deed("board.edit", "改", lambda book, note: _is_ours(book, note) and note.counts),
    Deed("board.strike", "划去", _is_ours),
    Deed(
        "board.issue",
        "归到焦点",
        lambda book, note: (
            _is_ours(book, note) and note.counts and note.kind is not NoteKind.ISSUE and bool(book.issues)
        ),
    ),
    Deed("board.counter", "还价", lambda book, note: _offer_stands(book, note) and not book.why_closed),
    Deed("board.accept", "接受", lambda book, note: _offer_stands(book, note) and note.is_joint),
    Deed("board.withdraw", "撤回", _offer_stands),
    Deed(
        "board.release",
        "公开",
        lambda book, note: _is_ours(book, note) and note.wall is Wall.SIDE and note.release is None,
    ),
)


class Deeds:
    """Carries out a deed by its code, asking what is missing."""

    def __init__(
        self, asking: Asking, composer: Composer, sending: Sending, boards: Callable[[], BoardCalls]
    ) -> None:
        self._asking, self._composer, self._sending, self._boards = asking, composer, sending, boards

    def do(self, code: str, book: Book, note: Note) -> None:
        """Do it, if it fits the line."""
        deed = next(one for one in DEEDS if one.code == code)
        if not deed.fits(book, note):
            self._composer.say(_why_not(code, book, note))
            return
        {
            "board.edit": self._edit,
            "board.strike": self._strike,
            "board.issue": self._issue,
            "board.counter": self._counter,
            "board.accept": self._accept,
            "board.withdraw": self._withdraw,
            "board.release": self._release,
        }[code](book, note)

    def move(self, book: Book, note: Note, issue: int | None) -> None:
        """Put a line under an issue, or under none."""
        if note.issue == issue or not _is_ours(book, note) or note.kind is NoteKind.ISSUE:
            return
        self._sending.rewrite(note, replace(note, issue=issue), "")

    def _edit(self, _book: Book, note: Note) -> None:
        self._composer.take_up(note)

    def _counter(self, _book: Book, note: Note) -> None:
        self._composer.begin_offer(note)

    def _strike(self, _book: Book, note: Note) -> None:
        calls = self._boards()
        if note.struck is not None:
            self._sending.change(lambda: calls.restore(note.no), f"第{note.no}行已恢复。")
            return
        why = text_field("划去的原因", "reason", "例如：记错了人、当事人更正")

        def go() -> None:
            reason = why.editor.value()
            undo = Action(
                "恢复",
                lambda: self._sending.change(lambda: calls.restore(note.no), f"第{note.no}行已恢复。"),
                takes_back=True,
            )
            self._sending.change(
                lambda: calls.strike(note.no, reason), f"第{note.no}行已划去，原文还看得见。", undo
            )

        self._asking.ask(f"划去：{_brief(note)}", "划去", [why], go)

    def _issue(self, book: Book, note: Note) -> None:
        values = [
            (str(one.no), f"{circled(number)} {one.text}") for number, one in enumerate(book.issues, start=1)
        ]
        which = choice_field("争议焦点", "issue", [*values, ("", NO_ISSUE)], str(note.issue or values[0][0]))

        def go() -> None:
            chosen = which.editor.value()
            self._asking.close_up()
            self.move(book, note, int(chosen[0]) if chosen and chosen[0] else None)

        self._asking.ask(f"归到哪个争议焦点：{_brief(note)}", "归入", [which], go)

    def _accept(self, book: Book, note: Note) -> None:
        calls = self._boards()
        offer = book.offers[note.no]
        parties = [(one.ref, one.name) for one in book.file.parties]
        holder, boxes = ticks("谁接受", parties, offer.waits_for)
        day = day_field("哪天", calls.today)

        def go() -> None:
            by = tuple(str(box.property("value")) for box in boxes if box.isChecked())
            on = day.editor.value() or calls.today
            self._sending.change(
                lambda: calls.accept(note.no, by, on), f"已登记{book.names('+'.join(by))}接受。"
            )

        self._asking.ask(f"接受方案：{_brief(note)}", "登记接受", [holder, day], go)

    def _withdraw(self, book: Book, note: Note) -> None:
        calls = self._boards()
        sides = [(one.ref, one.title) for one in speakers(book.file) if one.side is not None]
        who = choice_field("谁撤回", "by", sides, note.speaker)
        why = text_field("撤回的原因", "reason", "例如：回去商量以后不同意")
        day = day_field("哪天", calls.today)

        def go() -> None:
            chosen = who.editor.value() or sides[0]
            taken = Withdrawn(on=day.editor.value() or calls.today, by=chosen[0], reason=why.editor.value())
            told = f"已登记撤回第{note.no}行的方案。"
            if note.accepted_by:
                told = f"{told}原来接受的不再算数，协议里用到它的条款要重写。"
            self._sending.change(lambda: calls.withdraw(note.no, taken), told)

        self._asking.ask(f"撤回方案：{_brief(note)}", "登记撤回", [why, who, day], go)

    def _release(self, book: Book, note: Note) -> None:
        calls = self._boards()
        side = note.side or ""
        how = text_field("怎样同意的", "how", "例如：当面同意、书面同意", "当面同意")
        day = day_field("哪天", calls.today)

        def go() -> None:
            let_out = Release(by=side, on=day.editor.value() or calls.today, how=how.editor.value())
            self._sending.change(
                lambda: calls.release(note.no, let_out), f"经{book.names(side)}同意，这一行各方可见。"
            )

        sentence = f"{book.names(side)}本人同意把这句话告诉对方了吗（LR-22）：{_brief(note)}"
        self._asking.ask(sentence, "已同意，公开", [how, day], go)


class BoardCalls(Protocol):
    """The service, bound to actor and case."""

    @property
    def today(self) -> date:
        """The local day."""
        ...

    def restore(self, no: int) -> Note:
        """Take the crossing-out back."""
        ...

    def strike(self, no: int, reason: str) -> Note:
        """Cross out."""
        ...

    def accept(self, no: int, by: tuple[str, ...], on: date) -> Note:
        """Note who agrees."""
        ...

    def withdraw(self, no: int, withdrawn: Withdrawn) -> Note:
        """Take an offer back."""
        ...

    def release(self, no: int, release: Release) -> Note:
        """Let a private line out."""
        ...


def _brief(note: Note) -> str:
    words = note.text.replace("\n", " ")
    return f"第{note.no}行“{words if len(words) <= _CUT else words[:_CUT] + '…'}”"


def _why_not(code: str, book: Book, note: Note) -> str:
    if not note.no:
        return "这一行还在保存，请稍等。"
    if code in ("board.counter", "board.accept", "board.withdraw"):
        if note.kind is not NoteKind.OFFER:
            return "先选一个方案（左边或者中间），再还价、接受或者撤回。"
        if not note.is_joint:
            return "单方谈话里的方案对方还不知道，须经本人同意公开以后才能接受（LR-22）。"
        return "这个方案已经撤回或者划去。"
    if code == "board.release":
        return "只有单方谈话的内容才需要公开。"
    if code == "board.issue" and not book.issues:
        return "还没有争议焦点，写“##”加上焦点就有了。"
    if note.session_no != book.session.no:
        return "以前的调解会已经记录，不能再改。"
    return "这一行现在不能这样办。"
