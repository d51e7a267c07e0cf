"""Keeping evidence: pictures, PDFs and DOCX pass the gate first; sound, film and other files are kept as they are."""

from __future__ import annotations

from pathlib import Path

from mediation_desk.shared.file_store import FileStore, Kept
from mediation_desk.shared.uploads.guard import checked
from mediation_desk.shared.uploads.kinds import HEAD, SCANS, UploadKind, kind_of
from mediation_desk.shared.uploads.names import ending_of
from mediation_desk.shared.uploads.room import require_room
from mediation_desk.shared.watching import Watch

_ENDINGS = frozenset(ending for kind in UploadKind for ending in kind.endings)


def put_checked(store: FileStore, source: Path, watch: Watch | None = None) -> Kept:
    """Copy ``source`` into the store. Raises ``InputError`` for what the gate refuses, and what ``put`` raises.

    A disk with little room takes no more files (``StorageError``).
    """
    require_room(store.folder)
    if not _known(source):
        return store.put(source, watch)
    upload = checked(source, tuple(UploadKind))
    return store.put(source, watch, expected=upload.sha256)


def _known(source: Path) -> bool:
    """Whether it calls itself a file the gate knows, or is a picture or PDF whatever it calls itself."""
    if ending_of(source.name) in _ENDINGS:
        return True
    try:
        with source.open("rb") as stream:
            return kind_of(stream.read(HEAD)) in SCANS
    except OSError:
        return False  # the store says what is wrong
