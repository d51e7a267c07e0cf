"""A disk that keeps only what was synced; of the rest, at a power cut, whatever chance decides, sector by sector.

Names are kept in the order they were made, up to some point, and for sure once their folder was synced. Bytes are
kept, dropped or torn for each sector of 512 bytes. A file a name leads to may thus be empty, or too long, or old.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.reliability.file_trace import Act

SECTOR = 512
SHARED_MEMORY = "-shm"  # written through memory only; no cut leaves it


@dataclass
class File:
    """Bytes on the disk, and what was written since they were last synced: an offset and bytes, or a new length."""

    kept: bytearray = field(default_factory=bytearray)
    pending: list[tuple[int, bytes | None]] = field(default_factory=list)

    def sync(self) -> None:
        """Everything written is on the disk."""
        self.kept = self.cut(random.Random(0), 1.0)
        self.pending.clear()

    def cut(self, chance: random.Random, share: float) -> bytearray:
        """What is there after a cut that kept about this ``share``."""
        found = bytearray(self.kept)
        for offset, data in self.pending:
            if data is None:
                if chance.random() < share:
                    del found[offset:]
                    found.extend(bytes(offset - len(found)))
                continue
            at = 0
            while at < len(data):
                piece = data[at : at + SECTOR - (offset + at) % SECTOR]
                written = _written(len(piece), chance, share)
                if written:
                    found.extend(bytes(max(0, offset + at - len(found))))
                    found[offset + at : offset + at + written] = piece[:written]
                at += len(piece)
        return found


def _written(length: int, chance: random.Random, share: float) -> int:
    if chance.random() >= share:
        return 0
    torn = share < 1 and chance.random() < 0.1
    return chance.randrange(1, length + 1) if torn else length


@dataclass
class Folder:
    """Names that are on the disk, and changes to them since it was last synced; None takes a name away."""

    kept: dict[str, File | Folder] = field(default_factory=dict)
    pending: list[dict[str, File | Folder | None]] = field(default_factory=list)

    def now(self, upto: int | None = None) -> dict[str, File | Folder]:
        """The names as they are, or as they would be with so many of the changes."""
        found: dict[str, File | Folder | None] = dict(self.kept)
        for change in self.pending[:upto]:
            found |= change
        return {name: one for name, one in found.items() if one is not None}

    def sync(self) -> None:
        """The names are on the disk; not what is in the files."""
        self.kept = self.now()
        self.pending.clear()

    def cut(self, place: Path, chance: random.Random, share: float) -> None:
        """Write out below ``place`` what is there after a cut."""
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        for name, one in self.now(round(share * len(self.pending))).items():
            if isinstance(one, Folder):
                one.cut(place / name, chance, share)
            elif not name.endswith(SHARED_MEMORY):
                (place / name).write_bytes(one.cut(chance, share))


class Disk:
    """The data folder at ``root`` as it lies on such a disk; ``honest`` is whether a sync does anything."""

    def __init__(self, root: Path, *, honest: bool = True) -> None:
        self._root, self._honest = root, honest
        self._open: dict[int, tuple[File | Folder, list[int]]] = {}  # by handle: what, and the place in it
        self.tree = _laid(root)

    def act(self, act: Act) -> bool:
        """Do what the program did; whether it was anything in the folder."""
        return bool(getattr(self, f"_{act.call}")(act))

    def cut(self, place: Path, chance: random.Random) -> None:
        """Rebuild at ``place`` what a power cut now would leave."""
        share = chance.choice((0.0, 1.0, 0.5, chance.random()))
        self.tree.cut(place, chance, share)

    def _folder_of(self, path: Path) -> Folder | None:
        if path != self._root and self._root not in path.parents:
            return None
        at: File | Folder = self.tree
        for name in path.relative_to(self._root).parts[:-1]:
            at = at.now()[name]  # type: ignore[union-attr]  # a parent is a folder
        return at  # type: ignore[return-value]

    def _find(self, path: Path) -> File | Folder | None:
        if path == self._root:
            return self.tree
        above = self._folder_of(path)
        return above.now().get(path.name) if above else None

    def _open_(self, act: Act) -> bool:
        above, found = self._folder_of(act.path), self._find(act.path)
        if above is None:
            self._open.pop(act.handle, None)
            return False
        made = found is None
        if found is None:
            found = File()
            above.pending.append({act.path.name: found})
        if act.emptied and isinstance(found, File):
            found.pending.append((0, None))
        self._open[act.handle] = (found, [0])
        return made

    def _close(self, act: Act) -> bool:
        self._open.pop(act.handle, None)
        return False

    def _write(self, act: Act) -> bool:
        if act.handle not in self._open:
            return False
        file, at = self._open[act.handle]
        assert isinstance(file, File)
        offset = at[0] if act.offset is None else act.offset
        file.pending.append((offset, act.data))
        if act.offset is None:
            at[0] += len(act.data)
        return True

    def _seek(self, act: Act) -> bool:
        if act.handle in self._open:
            self._open[act.handle][1][0] = act.offset or 0
        return False

    def _truncate(self, act: Act) -> bool:
        if act.handle not in self._open:
            return False
        file, _at = self._open[act.handle]
        assert isinstance(file, File)
        file.pending.append((act.offset or 0, None))
        return True

    def _sync(self, act: Act) -> bool:
        if act.handle not in self._open:
            return False
        if self._honest:
            self._open[act.handle][0].sync()
        return True

    def _remove(self, act: Act) -> bool:
        above = self._folder_of(act.path)
        if above is not None:
            above.pending.append({act.path.name: None})
        return above is not None

    def _rename(self, act: Act) -> bool:
        above, target = self._folder_of(act.path), self._folder_of(act.to)
        if above is None or target is None:
            return False
        moved = above.now()[act.path.name]
        if above is target:
            above.pending.append({act.path.name: None, act.to.name: moved})
        else:  # one change over two folders; the worst of both is that it is known by both names
            target.pending.append({act.to.name: moved})
            above.pending.append({act.path.name: None})
        return True

    def _unknown(self, act: Act) -> bool:
        if act.handle in self._open or self._folder_of(act.path) is not None:
            raise AssertionError("the program did to a file what the model does not know")
        return False

    def _folder(self, act: Act) -> bool:
        above = self._folder_of(act.path)
        if above is not None:
            above.pending.append({act.path.name: Folder()})
        return above is not None


def _laid(place: Path) -> Folder:
    """What lies there, all of it synced."""
    names: dict[str, File | Folder] = {}
    for one in place.iterdir():
        names[one.name] = _laid(one) if one.is_dir() else File(bytearray(one.read_bytes()))
    return Folder(names)
