"""Long lists in pieces that both databases take as parameters of one statement."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")

SIZE = 500


def chunks(values: Sequence[T]) -> Iterator[Sequence[T]]:
    """``values`` in order, at most :data:`SIZE` at a time; nothing for an empty list."""
    for first in range(0, len(values), SIZE):
        yield values[first : first + SIZE]
