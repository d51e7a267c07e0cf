"""Everybody who may be named at the board, found by character, pinyin, initials or number while a name is typed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from mediation_desk.cases.board.speakers import GUEST, Speaker, side_of, speaker_of, speakers
from mediation_desk.cases.model import CaseFile
from mediation_desk.parties.sounds import sounds, typed_sound

NEW_GUEST = "+＋"
_LONGEST_NAME = 30


class Cast:
    """``people`` can be picked by number, in this order; ``members`` of groups by name only."""

    def __init__(self, file: CaseFile, guests: Iterable[str] = ()) -> None:
        self.people = speakers(file, tuple(dict.fromkeys(guests)))
        known = {one.ref for one in self.people}
        self.members = tuple(
            replace(speaker_of(file, member.ref), side=side_of(file, member.ref))
            for member in file.group_members
            if member.ref not in known
        )
        self._sounds: dict[str, tuple[str, ...]] = {}
        self._by_ref = {one.ref: one for one in (*self.people, *self.members)}
        self._file = file

    def by_ref(self, ref: str) -> Speaker:
        """The speaker behind a note."""
        found = self._by_ref.get(ref)
        if found is None:
            found = self._by_ref[ref] = speaker_of(self._file, ref)
        return found

    def number_of(self, ref: str) -> int:
        """The number by which somebody can be picked; 0 for members, who have none."""
        return next((number for number, one in enumerate(self.people, start=1) if one.ref == ref), 0)

    def find(self, word: str) -> tuple[Speaker, ...]:
        """Whom ``word`` can mean, the nearest first; a whole name or a number means nobody else."""
        if not word:
            return self.people
        if word[0] in NEW_GUEST:
            name = word[1:].strip()
            fits = 0 < len(name) <= _LONGEST_NAME
            return (speaker_of(self._file, GUEST + name),) if fits else ()
        if word.isdecimal():
            place = int(word[:4]) - 1
            return self.people[place : place + 1] if 0 <= place < len(self.people) else ()
        everybody = (*self.people, *self.members)
        whole = tuple(one for one in everybody if one.name == word)
        if whole:
            return whole
        begun = tuple(one for one in everybody if one.name.startswith(word))
        within = tuple(one for one in everybody if word in one.title and one not in begun)
        return begun or within or self._sounding(typed_sound(word), everybody)

    def warm_up(self) -> None:
        """Learn how the names sound before somebody waits for it."""
        for one in self.people:
            self._sounds_of(one.name)

    def _sounding(self, typed: str, everybody: tuple[Speaker, ...]) -> tuple[Speaker, ...]:
        if not typed.isascii():
            return ()
        return tuple(
            one for one in everybody if any(way.startswith(typed) for way in self._sounds_of(one.name))
        )

    def _sounds_of(self, name: str) -> tuple[str, ...]:
        if name not in self._sounds:
            self._sounds[name] = sounds(name, most=8)
        return self._sounds[name]
