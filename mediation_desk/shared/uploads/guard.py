"""``checked``: lets a file in or says in one sentence why not."""

from __future__ import annotations

import os
import stat
from collections.abc import Collection
from dataclasses import asdict
from pathlib import Path
from typing import Any

from mediation_desk.shared.quarantine.process import workshop
from mediation_desk.shared.quarantine.refusal import Refused, told
from mediation_desk.shared.record import record
from mediation_desk.shared.uploads.checks import Looked, check, check_data
from mediation_desk.shared.uploads.kinds import HEAD, OLD_OFFICE, SCANS, UploadKind, kind_of
from mediation_desk.shared.uploads.limits import UploadLimits, upload_limits
from mediation_desk.shared.uploads.names import clean_name, ending_of

FIELD = "file"
_EMPTY = "文件是空的"


@record
class Upload:
    """A file that was let in: its kind by content, clean name, bytes, pages (1 for a DOCX) and SHA-256.

    Whoever keeps it must keep just these bytes: ``FileStore.put(path, expected=upload.sha256)``.
    """

    kind: UploadKind
    name: str
    size: int
    pages: int
    sha256: str


def checked(
    path: Path, kinds: Collection[UploadKind] = SCANS, name: str = "", *, deed: str = "导入"
) -> Upload:
    """The file if it is whole, harmless and one of ``kinds``; ``name`` where it was called otherwise at home,
    ``deed`` what was to be done with it.

    Takes five seconds of work at most. Raises ``InputError`` naming the file and the reason, ``StorageError`` where the
    system would not start a process. Writes nothing.
    """
    called = clean_name(name or path.name)
    with told(f"没有{deed}“{called}”", FIELD):
        head, size = _looked_at(path)
        kind, limits = _kind(called, head, size, kinds)
        place = os.fspath(path.absolute())
        found = workshop.run(check, path=place, kind=kind, limits=limits)
        return _upload(kind, called, size, found)


def checked_data(
    data: bytes, name: str, kinds: Collection[UploadKind] = SCANS, *, deed: str = "导入"
) -> Upload:
    """The same for what is not in a file of its own."""
    called = clean_name(name)
    with told(f"没有{deed}“{called}”", FIELD):
        if not data:
            raise Refused(_EMPTY)
        kind, limits = _kind(called, data[:HEAD], len(data), kinds)
        found = workshop.run(check_data, data=data, kind=kind, limits=limits)
        return _upload(kind, called, len(data), found)


def _upload(kind: UploadKind, called: str, size: int, found: Looked) -> Upload:
    return Upload(kind=kind, name=called, size=size, pages=found.pages, sha256=found.sha256)


def _kind(
    called: str, head: bytes, size: int, kinds: Collection[UploadKind]
) -> tuple[UploadKind, dict[str, Any]]:
    """What it is by its content, and the bounds for looking into it; whatever can be refused before that is."""
    limits, kind = upload_limits(), kind_of(head)
    wanted = "、".join(kinds)
    if head == OLD_OFFICE and UploadKind.DOCX in kinds:
        raise Refused("它是旧式的 .doc，或者加了密，请去掉密码、另存为 .docx")
    if kind is None or kind not in kinds:
        raise Refused(f"只收{wanted}，这个文件的内容不是")
    if ending_of(called) not in kind.endings:
        raise Refused(f"扩展名和内容不符，内容是{kind}" if ending_of(called) else f"没有扩展名，内容是{kind}")
    if size > limits.size[kind]:
        raise Refused(f"文件超过{limits.size[kind] // 2**20}兆字节")
    return kind, _plain(limits)


def _looked_at(path: Path) -> tuple[bytes, int]:
    """Its first bytes and its size; a pipe or device is never opened, it could hold the desk up for ever."""
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise Refused("它不是普通的文件")
        if found.st_size == 0:
            raise Refused(_EMPTY)
        with path.open("rb") as stream:
            return stream.read(HEAD), found.st_size
    except (OSError, ValueError):
        raise Refused("读不了，请检查文件还在不在、能不能打开") from None


def _plain(limits: UploadLimits) -> dict[str, Any]:
    return {
        "most_pages": limits.most_pages,
        "most_pixels": limits.most_pixels,
        "pdf_objects": limits.pdf_objects,
        **asdict(limits.docx),
    }
