"""Read the listings that ``make pins`` writes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LISTINGS = ("requirements.txt", "requirements-dev.txt", "requirements-build.txt")
LINE = re.compile(r"(?P<name>[a-z0-9-]+)==(?P<version>[^\s;]+)(?: ; (?P<marker>.+))?")


@dataclass(frozen=True)
class Pin:
    """One pinned library. marker: where it applies, "" for everywhere; hashes: of all files of the release."""

    name: str
    version: str
    marker: str
    hashes: tuple[str, ...]


def blocks(text: str) -> list[str]:
    """The pins in the text of a listing, each with the lines of its hashes."""
    return re.findall(r"^[A-Za-z0-9][^\n]*(?:\n +[^\n]+)*", text, re.MULTILINE)


def head(block: str) -> str:
    """The first line of a block, without its hashes."""
    return block.splitlines()[0].removesuffix("\\").strip()


def read(listing: str) -> list[Pin]:
    """The pins of one listing; raises ValueError for a line that is none."""
    return [_pin(block) for block in blocks((ROOT / listing).read_text(encoding="utf-8"))]


def _pin(block: str) -> Pin:
    found = LINE.fullmatch(head(block))
    if found is None:
        raise ValueError(f"not pinned: {head(block)}")
    hashes = tuple(re.findall(r"--hash=sha256:([0-9a-f]{64})\b", block))
    return Pin(found["name"], found["version"], found["marker"] or "", hashes)
