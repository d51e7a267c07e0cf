"""What a record must not say, and where it is kept instead (LR-22)."""

from __future__ import annotations

from collections.abc import Iterable

from mediation_desk.cases.board.speakers import Part, speaker_of
from mediation_desk.cases.minutes.sentences import one_line
from mediation_desk.cases.model import CaseFile
from mediation_desk.hearings.board.notes import Note, Wall
from mediation_desk.hearings.model import LEAST_QUOTED, PrivateNote, Session, SessionMode
from mediation_desk.shared.errors import RuleError


def private_notes(file: CaseFile, session: Session, notes: Iterable[Note]) -> tuple[PrivateNote, ...]:
    """Talks with one side of a 背对背 session as notes for the mediators; elsewhere they stay on the board."""
    if session.mode is not SessionMode.CAUCUS:
        return ()
    return tuple(
        _private(file, session, note)
        for note in notes
        if note.session_no == session.no and note.counts and note.wall is Wall.SIDE
    )


def quoted(text: str, notes: Iterable[Note]) -> tuple[int, ...]:
    """Numbers of the lines behind a wall whose words stand in ``text``.

    A word or two is no quotation, and what was also said before all is no secret.
    """
    lines = tuple(notes)
    flat = one_line(text)
    said = "\n".join(one_line(note.text) for note in lines if note.is_joint)
    found = []
    for note in lines:
        words = one_line(note.text).rstrip("。")
        if note.is_joint or len(words) < LEAST_QUOTED or words not in flat:
            continue
        if words not in said:
            found.append(note.no)
    return tuple(found)


def demand_walls(text: str, notes: Iterable[Note]) -> None:
    """Nothing from behind a wall is read out or frozen (LR-22). The sentence does not repeat it."""
    found = quoted(text, notes)
    if found:
        where = "、".join(f"第{no}行" for no in found)
        raise RuleError(f"记录里抄进了板上{where}不公开的内容，须删去，或者先经本人同意公开。", rule="LR-22")


def _private(file: CaseFile, session: Session, note: Note) -> PrivateNote:
    speaker = speaker_of(file, note.speaker)
    mediating = speaker.part is Part.MEDIATOR
    own = note.speaker in (note.side, *(member.ref for member in file.group_members))
    prefix = "" if own and not mediating else f"{speaker.title}："
    return PrivateNote(
        of=note.speaker if own else note.side or note.speaker,
        by=note.speaker if mediating else session.presided_by,
        text=prefix + note.text.strip(),
        share_consent=note.release is not None,
    )
