"""The line being typed outlives the program: kept each second, with lines on their way, and put back in place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from mediation_desk.cases.board.understanding import Standing
from mediation_desk.hearings.board.notes import Wall
from ui.screens.case_page.view import draft_key
from ui.screens.intake.words import Words, parts, text


@dataclass(frozen=True, slots=True)
class KeptLine:
    """``raw`` as typed, to be stored under ``key``; ``editing`` is the number of the line it changes, 0 for a new one.

    ``sent`` are lines on their way to storage: key and words.
    """

    raw: str
    standing: Standing
    key: str = ""
    editing: int = 0
    sent: tuple[tuple[str, str], ...] = ()


def key_of(case_key: str, session_no: int, desk_id: str) -> str:
    """Under which name a desk keeps its line: two desks at one board have a line each."""
    return draft_key(case_key, f"board:{session_no}:{desk_id}")


def to_words(line: KeptLine) -> dict[str, object]:
    """What to store; nothing where nothing was typed."""
    if not line.raw.strip() and not line.sent:
        return {}
    standing = line.standing
    return {
        "raw": line.raw,
        "key": line.key,
        "speaker": standing.speaker,
        "issue": str(standing.issue or ""),
        "wall": standing.wall.value,
        "side": standing.side or "",
        "editing": str(line.editing or ""),
        "sent": [{"key": key, "raw": raw} for key, raw in line.sent],
    }


def from_words(content: Words, usual: Standing, stored: Callable[[str], bool]) -> KeptLine:
    """A kept line again; lines on their way that have arrived after all are left out."""
    issue, editing, wall = text(content, "issue"), text(content, "editing"), text(content, "wall")
    raw = content.get("raw", "")
    standing = Standing(
        speaker=text(content, "speaker") or usual.speaker,
        issue=int(issue) if issue.isdigit() else None,
        wall=Wall(wall) if wall in set(Wall) else Wall.JOINT,
        side=text(content, "side") or None,
    )
    sent = tuple((text(one, "key"), str(one.get("raw", ""))) for one in parts(content, "sent"))
    return KeptLine(
        raw=raw if isinstance(raw, str) and not stored(text(content, "key")) else "",
        key=text(content, "key"),
        standing=standing,
        editing=int(editing) if editing.isdigit() else 0,
        sent=tuple((key, line) for key, line in sent if line and not stored(key)),
    )
