"""The outside of a package: what makes a key of its password, then everything else sealed under that key.

``MDPACK`` and a version, the length of the head (four bytes), the head as JSON, the sealed file. Nothing is believed of
a foreign head before it is bounded: neither a length nor what a try at the password may cost.
"""

from __future__ import annotations

import io
import json
import secrets
from typing import Any, BinaryIO

from mediation_desk.access.accounts.cost import FLOOR, Cost, Derive
from mediation_desk.access.accounts.passwords import normal
from mediation_desk.access.accounts.recovery_code import typed_code
from mediation_desk.access.accounts.sealing import subkey
from mediation_desk.interchange.packages.limits import package_limits
from mediation_desk.shared.errors import InputError
from mediation_desk.shared.sealed_file import CHUNK, Broken, Sealer, Unsealed

MAGIC = b"MDPACK\x00\x01"
FORMAT = 1
_SALT = 16
_LENGTH = 4
_LONGEST_HEAD = 1024
_HEAD = {"format", "memory_kib", "passes", "lanes", "salt", "check"}


class BadPackage(InputError):
    """A file that is no package, or not as it was made; the message says what is wrong with it."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"数据包没有打开：{reason}。", field="file")


def sealer(target: BinaryIO, password: str, derive: Derive, cost: Cost = FLOOR) -> Sealer:
    """Write the head; what the sealer gets lies behind it."""
    salt = secrets.token_bytes(_SALT)
    secret = derive(_typed(password), salt, cost)
    head = json.dumps(
        {
            "format": FORMAT,
            "memory_kib": cost.memory_kib,
            "passes": cost.passes,
            "lanes": cost.lanes,
            "salt": salt.hex(),
            "check": subkey(secret, "package-check").hex(),
        }
    ).encode()
    front = MAGIC + len(head).to_bytes(_LENGTH, "big") + head
    target.write(front)
    return Sealer(target, subkey(secret, "package"), front)


def opened(source: BinaryIO, password: str, derive: Derive) -> Unsealed:
    """The clear inside, looked through to its end. Raises ``BadPackage`` naming what was changed or is missing."""
    if source.seek(0, io.SEEK_END) > package_limits().file:
        raise BadPackage(f"文件超过{package_limits().file // 2**20}兆字节")
    source.seek(0)
    front, salt, check, cost = _read_front(source)
    secret = derive(_typed(password), salt, cost)
    if not secrets.compare_digest(subkey(secret, "package-check"), check):
        raise BadPackage("口令不对，或者文件开头被改动过")
    try:
        inside = Unsealed(io.BufferedReader(_Behind(source, len(front))), subkey(secret, "package"), front)
    except Broken:
        raise BadPackage("文件不完整或者被改动过：最后一段对不上") from None
    _demand_whole(inside)
    return inside


def _demand_whole(inside: Unsealed) -> None:
    at = 0
    try:
        for chunk in inside.chunks():
            at += len(chunk)
    except Broken:
        raise BadPackage(f"第{at // CHUNK + 1}段（共{-(-inside.size // CHUNK) or 1}段）被改动过") from None


def _read_front(source: BinaryIO) -> tuple[bytes, bytes, bytes, Cost]:
    start = source.read(len(MAGIC) + _LENGTH)
    if not start.startswith(MAGIC[:-1]) or len(start) < len(MAGIC) + _LENGTH:
        raise BadPackage("它不是案件数据包")
    if not start.startswith(MAGIC):
        raise BadPackage("它是更新版本的程序做的，请先升级")
    length = int.from_bytes(start[len(MAGIC) :], "big")
    if length > _LONGEST_HEAD:
        raise BadPackage("文件开头被改动过")
    head = source.read(length)
    try:
        said = json.loads(head)
        cost = Cost(memory_kib=said["memory_kib"], passes=said["passes"], lanes=said["lanes"])
        salt, check = bytes.fromhex(said["salt"]), bytes.fromhex(said["check"])
        _demand_plain(said, cost)
    except (ArithmeticError, LookupError, RecursionError, TypeError, ValueError):
        raise BadPackage("文件开头被改动过") from None
    return start + head, salt, check, cost


def _demand_plain(said: dict[str, Any], cost: Cost) -> None:
    """Raise ``ValueError`` for a head nobody writes, before any work is done for it."""
    numbers = (said["format"], cost.memory_kib, cost.passes, cost.lanes)
    if set(said) != _HEAD or said["format"] != FORMAT or any(type(one) is not int for one in numbers):
        raise ValueError
    most = package_limits().cost
    if cost.below(FLOOR) or most.below(cost):
        raise ValueError


def _typed(password: str) -> bytes:
    """A code read off a sheet with or without its dashes, or a password somebody chose."""
    try:
        return typed_code(password).encode()
    except InputError:
        return normal(password).encode("utf-8")


class _Behind(io.RawIOBase):
    """What lies behind the front of a file, as if it were a file of its own."""

    def __init__(self, source: BinaryIO, front: int) -> None:
        self._source, self._front = source, front
        source.seek(front)

    def readable(self) -> bool:
        """It is."""
        return True

    def seekable(self) -> bool:
        """It is."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """As of any file."""
        return self._source.seek(offset + (self._front if whence == io.SEEK_SET else 0), whence) - self._front

    def readinto(self, buffer: Any, /) -> int:
        """As of any file."""
        data = self._source.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        """Close the file."""
        self._source.close()
        super().close()
