"""What is offered while a line is typed: people behind @, issues behind #, sentences said at every table."""

from __future__ import annotations

from mediation_desk.cases.board.phrases import phrases_for
from mediation_desk.cases.board.typed_line import SPEAKER, read_line, word_being_typed
from mediation_desk.hearings.board.notes import NoteKind
from ui.screens.board.book import Book
from ui.screens.board.faces import circled

_MOST = 8
Offers = tuple[tuple[str, str], ...]
"""What the list shows, and what the whole line becomes when it is taken."""


def offers_for(book: Book, raw: str, cursor: int) -> Offers:
    """For the place where the cursor stands."""
    word = word_being_typed(raw, cursor)
    if word is None:
        return _phrases(book, raw)
    mark, begin, end = word
    typed = raw[begin:end].rstrip(":：,，")
    found = _people(book, typed) if mark == SPEAKER else _issues(book, typed)
    return tuple((shown, f"{raw[:begin]}{put} {raw[end:].lstrip()}") for shown, put in found)


def _people(book: Book, typed: str) -> list[tuple[str, str]]:
    found = []
    for one in book.cast.find(typed)[:_MOST]:
        number = book.cast.number_of(one.ref)
        is_only = len(book.cast.find(one.name)) == 1
        found.append((f"{number or '　'}　{one.title}", one.name if is_only else str(number)))
    return found


def _issues(book: Book, typed: str) -> list[tuple[str, str]]:
    numbered = enumerate(book.issues, start=1)
    return [
        (f"{circled(number)}　{one.text}", str(number))
        for number, one in numbered
        if typed in one.text or typed == str(number)
    ][:_MOST]


def _phrases(book: Book, raw: str) -> Offers:
    line = read_line(raw, book.session.date)
    if line.kind in (NoteKind.OFFER, NoteKind.ISSUE) or not (
        line.text or line.kind is not NoteKind.STATEMENT
    ):
        return ()
    before = raw[: len(raw) - len(line.text)] if line.text else raw
    return tuple((words, before + words) for words in phrases_for(line.kind, line.text))
