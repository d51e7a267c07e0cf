"""Which act is under way, so that one tried again after a lost answer is known for what it is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import uuid4

_running: ContextVar[str] = ContextVar("operation", default="")


def new_operation() -> str:
    """An id nobody else has."""
    return uuid4().hex


def running_operation() -> str:
    """The act of this thread; a new id where none was named."""
    return _running.get() or new_operation()


@contextmanager
def operation(name: str) -> Iterator[None]:
    """Within the block, on this thread, everything belongs to the act ``name``."""
    before = _running.set(name)
    try:
        yield
    finally:
        _running.reset(before)
