"""Where in a passage the words of a question stand, and the piece of it a hit shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mediation_desk.cases.finding import tokens
from mediation_desk.cases.finding.query import Question, Term, Word
from mediation_desk.cases.finding.said import Kind, Passage
from mediation_desk.cases.finding.tokens import Token
from mediation_desk.shared.record import record

Range = tuple[int, int]

SHOWN = 64  # characters of a snippet
BEFORE = 12  # characters shown before the first mark
HIDDEN = "•"


@record
class Snippet:
    """A piece of a passage as it stands in the case; ``marks`` are places in ``text``."""

    text: str
    marks: tuple[Range, ...]


def words_in(passage: Passage, question: Question) -> tuple[tuple[Range, ...], ...]:
    """For each word of ``question`` the places where ``passage`` has it; empty where it has not."""
    placed = tokens.placed(passage.text)
    return tuple(_places(passage, placed, word) for word in question.words)


def snippet(passage: Passage, places: tuple[tuple[Range, ...], ...]) -> Snippet:
    """The piece around the first of ``places``, all of them marked; of a number nothing else is shown."""
    ranges = _joined(sorted(place for of_word in places for place in of_word))
    if passage.kind is Kind.NUMBER:
        return Snippet(text=_covered(passage.text, ranges), marks=ranges)
    text, first = passage.text, 0
    if ranges and len(text) > SHOWN:
        first = max(0, min(ranges[0][0] - BEFORE, len(text) - SHOWN))
    end = min(len(text), first + SHOWN)
    lead, more = ("…" if first else ""), ("…" if end < len(text) else "")
    shift = len(lead) - first
    marks = tuple((start + shift, min(stop, end) + shift) for start, stop in ranges if first <= start < end)
    return Snippet(text=f"{lead}{_on_one_line(text[first:end])}{more}", marks=marks)


def _places(passage: Passage, placed: Sequence[Token], word: Word) -> tuple[Range, ...]:
    return tuple(dict.fromkeys(place for term in word.terms for place in _of_term(passage, placed, term)))


def _of_term(passage: Passage, placed: Sequence[Token], term: Term) -> Iterator[Range]:
    purpose, rest = term.tokens[0][:1], term.tokens[0][1:]
    if len(term.tokens) == 1 and rest and purpose == tokens.TAIL:
        yield from _ending_in(placed, rest[::-1])
    elif len(term.tokens) == 1 and rest and purpose in (tokens.SOUND, tokens.NEAR):
        if passage.kind is Kind.NAME and _is_called(passage.text, term):
            yield 0, len(passage.text)
    else:
        yield from _phrases(placed, term)


def _ending_in(placed: Sequence[Token], digits: str) -> Iterator[Range]:
    for token in placed:
        if token.word.endswith(digits) and len(token.word) > len(digits):
            yield token.places[-len(digits)], token.end


def _is_called(name: str, term: Term) -> bool:
    (wanted,) = term.tokens
    return any(
        token.startswith(wanted) if term.open_end else token == wanted for token in tokens.of_name(name)
    )


def _phrases(placed: Sequence[Token], term: Term) -> Iterator[Range]:
    *first, last = term.tokens
    for start in range(len(placed) - len(first)):
        run = placed[start : start + len(first) + 1]
        closes = run[-1].word.startswith(last) if term.open_end else run[-1].word == last
        if closes and all(token.word == word for token, word in zip(run, first, strict=False)):
            yield run[0].start, run[-1].places[len(last) - 1] + 1


def _joined(ranges: Sequence[Range]) -> tuple[Range, ...]:
    joined: list[Range] = []
    for start, end in ranges:
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return tuple(joined)


def _covered(number: str, shown: Sequence[Range]) -> str:
    return "".join(
        char if any(start <= place < end for start, end in shown) else HIDDEN
        for place, char in enumerate(number)
    )


def _on_one_line(text: str) -> str:
    return "".join(" " if char in "\n\t" else char for char in text)
