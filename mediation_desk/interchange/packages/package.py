"""The inside of a package: things one after the other, the manifest that names them with size and SHA-256, a signature.

It ends with the length of the manifest, so that a package is written in one go and read from its end.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from mediation_desk.access.accounts.cost import Derive
from mediation_desk.interchange.packages.envelope import BadPackage, opened, sealer
from mediation_desk.interchange.packages.limits import package_limits
from mediation_desk.interchange.packages.signing import (
    PUBLIC_BYTES,
    SIGNATURE_BYTES,
    SigningKey,
    fingerprint_of,
    is_signed,
)
from mediation_desk.shared.errors import InputError
from mediation_desk.shared.files import atomic_file
from mediation_desk.shared.record import record
from mediation_desk.shared.text import canonical

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mediation_desk.shared.sealed_file import Sealer, Unsealed

_LENGTH = 4
_TAIL = PUBLIC_BYTES + SIGNATURE_BYTES + _LENGTH
_LONGEST_MANIFEST = 16 * 1024 * 1024
_LONGEST_WORD = 500
_PIECE = 1 << 20


@record
class Thing:
    """One thing inside: where it begins, how long it is, its SHA-256."""

    at: int
    size: int
    sha256: str


@record
class PackedCase:
    """A case in the manifest: what it is called there, and where its record lies."""

    key: str
    number: str
    title: str
    thing: Thing


@record
class Manifest:
    """Who packed what: ``private_notes`` where talks with one side were handed over too."""

    package: str
    packed_at: str
    packed_by: str
    centre: str
    program: str
    reason: str
    private_notes: bool
    cases: tuple[PackedCase, ...]
    files: Mapping[str, Thing]


@record
class Said:
    """What the packer says about it all, for the manifest."""

    package: str
    packed_at: str
    packed_by: str
    centre: str
    program: str
    reason: str
    private_notes: bool


@record
class NewCase:
    """A case to be packed with the bytes of its record."""

    key: str
    number: str
    title: str
    data: bytes


Files = Iterable[tuple[str, bytes]]
"""SHA-256 and bytes of each file behind the cases, one after the other."""


def write_package(
    path: Path,
    said: Said,
    cases: Iterable[NewCase],
    files: Files,
    *,
    key: SigningKey,
    password: str,
    derive: Derive,
) -> None:
    """Complete at ``path`` or not at all. Raises ``StorageError``."""
    with atomic_file(path) as target:
        writer = _Writer(sealer(target, password, derive))
        packed = tuple(
            PackedCase(key=one.key, number=one.number, title=one.title, thing=writer.put(one.data))
            for one in cases
        )
        held = {sha256: writer.put(data) for sha256, data in files}
        manifest = json.dumps(_plain(said, packed, held), ensure_ascii=False, separators=(",", ":")).encode()
        writer.raw(manifest + key.public + key.sign(manifest) + len(manifest).to_bytes(_LENGTH, "big"))
        writer.finish()


class Package:
    """A package whose every byte was looked at: unchanged since it was signed by ``fingerprint``."""

    def __init__(self, inside: Unsealed) -> None:
        self._inside = inside
        manifest, public = _signed(inside)
        self.fingerprint = fingerprint_of(public)
        self.manifest = _read_manifest(manifest, inside.size - _TAIL - len(manifest))

    def record(self, case: PackedCase) -> bytes:
        """The record of a case. Raises ``InputError`` where it is too large or not what was signed."""
        return self._read(case.thing, package_limits().record, f"案件{case.key}的记录")

    def file(self, sha256: str) -> bytes:
        """A file behind a case. Raises ``InputError``."""
        return self._read(self.manifest.files[sha256], package_limits().attachment, "附件")

    def _read(self, thing: Thing, most: int, what: str) -> bytes:
        if thing.size > most:
            raise InputError(f"{what}超过{most // 2**20}兆字节。")
        data = _span(self._inside, thing.at, thing.size)
        if hashlib.sha256(data).hexdigest() != thing.sha256:
            raise InputError(f"{what}和数据包目录里的校验码对不上。")
        return data


@contextmanager
def read_package(path: Path, password: str, derive: Derive) -> Iterator[Package]:
    """The package at ``path``. Raises ``BadPackage``, and ``InputError`` for what cannot be read."""
    try:
        source = path.open("rb") if path.is_file() else None
    except OSError:
        source = None
    if source is None:
        raise InputError(f"读不了文件“{path.name}”：请检查文件还在不在、能不能打开。", field="file")
    with source:
        yield Package(opened(source, password, derive))


class _Writer:
    def __init__(self, target: Sealer) -> None:
        self._target, self._at = target, 0

    def put(self, data: bytes) -> Thing:
        thing = Thing(at=self._at, size=len(data), sha256=hashlib.sha256(data).hexdigest())
        self.raw(data)
        return thing

    def raw(self, data: bytes) -> None:
        for at in range(0, len(data), _PIECE):
            self._target.write(data[at : at + _PIECE])
        self._at += len(data)

    def finish(self) -> None:
        self._target.finish()


def _span(inside: BinaryIO | Unsealed, at: int, size: int) -> bytes:
    inside.seek(at)
    pieces, left = [], size
    while left:
        piece = inside.read(min(left, _PIECE))
        if not piece:
            raise BadPackage("目录和内容对不上")
        pieces.append(piece)
        left -= len(piece)
    return b"".join(pieces)


def _signed(inside: Unsealed) -> tuple[bytes, bytes]:
    """The manifest and who signed it."""
    if inside.size < _TAIL:
        raise BadPackage("里面是空的")
    tail = _span(inside, inside.size - _TAIL, _TAIL)
    length = int.from_bytes(tail[-_LENGTH:], "big")
    if length > min(_LONGEST_MANIFEST, inside.size - _TAIL):
        raise BadPackage("目录的长度不对")
    manifest = _span(inside, inside.size - _TAIL - length, length)
    public, signature = tail[:PUBLIC_BYTES], tail[PUBLIC_BYTES:-_LENGTH]
    if not is_signed(public, signature, manifest):
        raise BadPackage("目录被改动过，签名对不上")
    return manifest, public


def _plain(said: Said, cases: tuple[PackedCase, ...], files: Mapping[str, Thing]) -> dict[str, Any]:
    head = {name: getattr(said, name) for name in Said.__slots__}  # type: ignore[attr-defined]  # a record has slots
    return head | {
        "cases": [
            {"key": one.key, "number": one.number, "title": one.title, **_thing(one.thing)} for one in cases
        ],
        "files": {sha256: _thing(thing) for sha256, thing in files.items()},
    }


def _thing(thing: Thing) -> dict[str, Any]:
    return {"at": thing.at, "size": thing.size, "sha256": thing.sha256}


def _read_manifest(data: bytes, room: int) -> Manifest:
    """Signed, and not believed: every length lies in the ``room`` there is."""
    try:
        told = json.loads(data)
        cases = tuple(
            PackedCase(
                key=_word(one["key"]),
                number=_word(one["number"]),
                title=_word(one["title"]),
                thing=_placed(one, room),
            )
            for one in told["cases"]
        )
        files = {_word(name): _placed(one, room) for name, one in told["files"].items()}
        words = {name: _word(told[name]) for name in Said.__slots__ if name != "private_notes"}  # type: ignore[attr-defined]
        manifest = Manifest(**words, private_notes=told["private_notes"] is True, cases=cases, files=files)
    except (AttributeError, InputError, LookupError, RecursionError, TypeError, ValueError):
        raise BadPackage("目录的内容不对") from None
    if not 0 < len(cases) <= package_limits().cases:
        raise BadPackage(f"案件不是1到{package_limits().cases}件")
    return manifest


def _placed(told: Mapping[str, Any], room: int) -> Thing:
    at, size = told["at"], told["size"]
    if type(at) is not int or type(size) is not int or at < 0 or size < 0 or at + size > room:
        raise ValueError
    return Thing(at=at, size=size, sha256=_word(told["sha256"]))


def _word(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return canonical(value, "文字", multiline=False, longest=_LONGEST_WORD)
