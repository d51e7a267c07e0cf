"""Why a file is not let in, before it is known what the file is called."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from mediation_desk.shared.errors import InputError


class Refused(Exception):
    """The reason, a Chinese clause without the full stop: ``文件是空的``."""


@contextmanager
def told(undone: str, field: str = "file") -> Iterator[None]:
    """Whatever is refused inside becomes the one ``InputError``: ``<undone>：<reason>。``"""
    try:
        yield
    except Refused as refused:
        raise InputError(f"{undone}：{refused}。", field=field) from None
