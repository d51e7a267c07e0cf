"""Where a kept file lies, for tests that take it away or spoil it; the program itself never asks."""

from __future__ import annotations

from pathlib import Path

from mediation_desk.shared.file_store import FileStore
from mediation_desk.shared.shelf import FolderShelf


def place_of(store: FileStore, sha256: str) -> Path:
    """In the folder of the store, whether it is there or not."""
    return FolderShelf(store.folder).path(store.name(sha256))
