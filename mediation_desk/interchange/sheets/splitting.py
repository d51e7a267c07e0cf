"""Lists inside one cell: items between separators, a backslash before a separator that belongs to the text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

_BETWEEN_WORDS = frozenset("、，,;；/|｜\n\t \u3000")
_BETWEEN_ITEMS = frozenset(";；\n")
_BETWEEN_FIELDS = frozenset("|｜")
_ESCAPED = _BETWEEN_WORDS | {"\\"}


def words(text: str) -> tuple[str, ...]:
    """``邻里、婚姻家庭`` and the other ways of writing a list of words."""
    return tuple(word for word in (piece.strip() for piece in _split(text, _BETWEEN_WORDS)) if word)


def join_words(items: Iterable[str]) -> str:
    """The other way round: ``words(join_words(x)) == x``."""
    return "、".join(_escape(item, _ESCAPED) for item in items)


def items(text: str) -> tuple[tuple[str, ...], ...]:
    """``律师｜执业证001；医师`` as items and their fields; 、 separates items that have one field each."""
    found = []
    for item in _split(text, _BETWEEN_ITEMS, keep=True):
        if _has(item, _BETWEEN_FIELDS):
            found.append(tuple(field.strip() for field in _split(item, _BETWEEN_FIELDS)))
        else:
            found.extend((word.strip(),) for word in _split(item, frozenset("、，,")))
    return tuple(item for item in found if any(item))


def join_items(found: Iterable[Iterable[str]]) -> str:
    """Items with their fields, empty fields at the end left out."""
    return "；".join(_item(list(fields)) for fields in found)


def _item(fields: list[str]) -> str:
    while len(fields) > 1 and not fields[-1]:
        fields.pop()
    special = _BETWEEN_ITEMS | _BETWEEN_FIELDS | {"\\"}
    if len(fields) == 1:
        special |= frozenset("、，,")
    return "｜".join(_escape(field, special) for field in fields)


def _escape(text: str, special: Iterable[str]) -> str:
    return "".join(f"\\{char}" if char in special else char for char in text)


def _split(text: str, separators: frozenset[str], *, keep: bool = False) -> Iterator[str]:
    """Pieces between ``separators``; ``keep`` leaves the backslashes in, for splitting again."""
    piece: list[str] = []
    for char, taken in _chars(text):
        if not taken and char in separators:
            yield "".join(piece)
            piece = []
        else:
            piece.append(f"\\{char}" if taken and keep else char)
    yield "".join(piece)


def _has(text: str, separators: frozenset[str]) -> bool:
    return any(not taken and char in separators for char, taken in _chars(text))


def _chars(text: str) -> Iterator[tuple[str, bool]]:
    """Each character, and whether a backslash took its meaning."""
    place = 0
    while place < len(text):
        following = text[place + 1 : place + 2]
        taken = text[place] == "\\" and following in _ESCAPED and following != ""
        yield (following, True) if taken else (text[place], False)
        place += 2 if taken else 1
