"""Lines being typed outlive the program: kept each second, with those on their way, and put back in place."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QObject

from mediation_desk.cases.board.understanding import Standing
from mediation_desk.hearings.board.notes import Wall
from ui.screens.base import Context
from ui.screens.case_page.view import draft_key
from ui.screens.intake.keeping import DraftKeeper
from ui.screens.intake.words import Words, parts, text


@dataclass(frozen=True, slots=True)
class KeptLine:
    """``raw`` as typed, to be stored under ``key``; ``editing`` is the line it changes, 0 for a new one."""

    raw: str
    standing: Standing
    key: str = ""
    editing: int = 0


class LineKeeping(QObject):
    """Stores what ``lines`` says within the second; an empty board leaves nothing behind."""

    def __init__(self, context: Context, lines: Callable[[], Iterable[KeptLine]], parent: QObject) -> None:
        super().__init__(parent)
        self._lines = lines
        self._keeper = DraftKeeper(context, self._words, self)
        self._begun = False

    def begin(self, key: str, *, found: bool) -> None:
        """Keep under ``key`` from now on; ``found`` says that something is kept there already."""
        self._begun = True
        self._keeper.start(key)
        if found:
            self._keeper.touched()

    def touched(self) -> None:
        """Something was typed, or a line has arrived."""
        if self._begun:
            self._keeper.touched()

    def keep(self) -> None:
        """Keep it now."""
        if self._begun:
            self._keeper.keep()

    def _words(self) -> dict[str, object]:
        return to_words(self._lines())


def key_of(case_key: str, session_no: int, desk_id: str) -> str:
    """Under which name a desk keeps its lines: two desks at one board have their own."""
    return draft_key(case_key, f"board:{session_no}:{desk_id}")


def to_words(lines: Iterable[KeptLine]) -> dict[str, object]:
    """What to store; nothing where nothing was typed."""
    kept = [_line(one) for one in lines if one.raw.strip()]
    return {"lines": kept} if kept else {}


def from_words(content: Words, stored: Callable[[str], bool]) -> tuple[KeptLine, ...]:
    """Kept lines again; those that have arrived after all are left out."""
    found = []
    for one in parts(content, "lines"):
        issue, editing, wall, raw = (
            text(one, "issue"),
            text(one, "editing"),
            text(one, "wall"),
            one.get("raw"),
        )
        standing = Standing(
            speaker=text(one, "speaker"),
            issue=int(issue) if issue.isdigit() else None,
            wall=Wall(wall) if wall in set(Wall) else Wall.MEDIATORS,
            side=text(one, "side") or None,
        )
        if isinstance(raw, str) and raw.strip() and not stored(text(one, "key")):
            number = int(editing) if editing.isdigit() else 0
            found.append(KeptLine(raw=raw, standing=standing, key=text(one, "key"), editing=number))
    return tuple(found)


def _line(line: KeptLine) -> dict[str, object]:
    standing = line.standing
    return {
        "raw": line.raw,
        "key": line.key,
        "editing": str(line.editing or ""),
        "speaker": standing.speaker,
        "issue": str(standing.issue or ""),
        "wall": standing.wall.value,
        "side": standing.side or "",
    }
