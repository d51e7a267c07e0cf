"""What was typed, made a question of tokens: whatever was typed, only tokens ever reach a database."""

from __future__ import annotations

from collections.abc import Iterator

from mediation_desk.cases.finding import tokens
from mediation_desk.parties.sounds import typed_sound
from mediation_desk.shared.record import record

MOST_WORDS = 8
LONGEST_PHRASE = 24  # tokens; what the pieces of a long text overlap by (db.repositories.words)
SHORTEST_TAIL = 4


@record
class Term:
    """Tokens that follow each other; with ``open_end`` the last may go on."""

    tokens: tuple[str, ...]
    open_end: bool = False


@record
class Word:
    """One thing asked for: any of ``terms`` will do. ``near`` are names one character off or sounding alike."""

    terms: tuple[Term, ...]
    near: tuple[Term, ...] = ()


@record
class Question:
    """Every word must be found, wherever in the case."""

    words: tuple[Word, ...] = ()

    @property
    def has_near(self) -> bool:
        """Whether there is a name in it that may have been misspelt."""
        return any(word.near for word in self.words)


def asked(typed: str) -> Question:
    """The question behind what was typed; without any word when nothing in it can be looked for."""
    found = (_word(piece) for piece in typed.split())
    return Question(words=tuple(word for word in found if word is not None)[:MOST_WORDS])


def nearly(question: Question) -> Question:
    """The same, with names also one character off or sounding alike."""
    return Question(words=tuple(Word(terms=word.terms + word.near) for word in question.words))


def _word(piece: str) -> Word | None:
    plain = tokens.words(piece)[:LONGEST_PHRASE]
    if not plain:
        return None
    if len(plain) == 1 and tokens.is_word(plain[0]):
        return Word(terms=tuple(_latin(plain[0])))
    # A single character as the end of a phrase stands for itself; a number or word may still be being typed.
    phrase = Term(tokens=tuple(plain), open_end=tokens.is_word(plain[-1]) and len(plain[-1]) > 1)
    near = (Term(tokens=(token,)) for token in tokens.lookalikes(plain))
    return Word(terms=(phrase,), near=tuple(near))


def _latin(word: str) -> Iterator[Term]:
    open_end = len(word) > 1 and not (word.isdecimal() and len(word) < SHORTEST_TAIL)
    yield Term(tokens=(word,), open_end=open_end)
    if word.isalpha() and len(word) > 1:
        yield Term(tokens=(tokens.SOUND + typed_sound(word),), open_end=True)
    elif len(word) >= SHORTEST_TAIL:
        yield Term(tokens=(tokens.tail(word),), open_end=True)
