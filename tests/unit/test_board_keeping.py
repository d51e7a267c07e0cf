"""Lines kept while they are typed read back as they were; what has arrived meanwhile is left out."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from mediation_desk.cases.board.understanding import Standing
from mediation_desk.hearings.board.notes import Wall
from ui.screens.board.keeping import KeptLine, from_words, to_words

WORD = st.text(alphabet="AB1/agent@邀请:王", min_size=1, max_size=8)
LINES = st.builds(
    KeptLine,
    raw=st.text(st.characters(codec="utf-8"), min_size=1, max_size=40).filter(str.strip),
    standing=st.builds(
        Standing,
        speaker=WORD,
        issue=st.none() | st.integers(1, 3000),
        wall=st.sampled_from(Wall),
        side=st.none() | WORD,
    ),
    key=st.uuids().map(str),
    editing=st.integers(0, 3000),
)


@given(st.lists(LINES, max_size=4, unique_by=lambda line: line.key))
def test_kept_lines_read_back_as_they_were(lines: list[KeptLine]) -> None:
    content = json.loads(json.dumps(to_words(lines)))
    assert from_words(content, lambda _key: False) == tuple(lines)
    assert from_words(content, lambda _key: True) == ()


def test_a_board_on_which_nothing_is_typed_keeps_nothing() -> None:
    assert to_words([KeptLine("  ", Standing(speaker="A1"))]) == {}


def test_a_wall_nobody_knows_is_taken_for_the_highest() -> None:
    (line,) = from_words({"lines": [{"raw": "悄悄话", "wall": "?"}]}, lambda _key: False)
    assert line.standing.wall is Wall.MEDIATORS
