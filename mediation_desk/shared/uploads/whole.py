"""``read_whole``: a file from outside as bytes, for those who pass it on; never more of it than may be wanted."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import BinaryIO

from mediation_desk.shared.errors import InputError
from mediation_desk.shared.uploads.names import clean_name


def read_whole(path: Path, most: int, *, field: str = "file") -> bytes:
    """What the file holds.

    Raises ``InputError`` naming it and the reason: not there, not readable, no ordinary file (a pipe or a device could
    hold the desk up for ever), more than ``most`` bytes.
    """
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0))
    except (OSError, ValueError) as error:
        raise InputError(f"读不了文件“{_called(path)}”：{_reason(error)}。", field=field) from error
    with os.fdopen(handle, "rb") as stream:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise InputError(f"读不了文件“{_called(path)}”：它不是普通的文件。", field=field)
        return read_stream(stream, most, _called(path), field=field)


def read_stream(stream: BinaryIO, most: int, called: str, *, field: str = "file") -> bytes:
    """The same of what is open. Raises ``InputError`` for more than ``most`` bytes."""
    try:
        data = stream.read(most + 1)
    except OSError as error:
        raise InputError(f"读不了文件“{called}”：{_reason(error)}。", field=field) from error
    if len(data) > most:
        raise InputError(f"文件“{called}”超过{_size(most)}，没有读。", field=field)
    return data


def _size(most: int) -> str:
    return f"{most // 2**20}兆字节" if most >= 2**20 else f"{most}个字节"


def _reason(error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return "没有这个文件"
    if isinstance(error, IsADirectoryError):
        return "它不是普通的文件"
    return "请检查它还在不在、有没有权限、有没有被别的程序打开"


def _called(path: Path) -> str:
    return clean_name(path.name)
