"""Who was there, party by party, from the people the board saw in the room."""

from __future__ import annotations

from collections.abc import Iterable

from mediation_desk.cases.board.speakers import side_of
from mediation_desk.cases.model import CaseFile
from mediation_desk.hearings.board.opening import Present
from mediation_desk.hearings.model import Attendance
from mediation_desk.parties.model import Party


def attendance(file: CaseFile, there: Iterable[Present]) -> tuple[tuple[Attendance, ...], tuple[str, ...]]:
    """How each party attended, and who did not; both empty while the board has seen nobody."""
    by_side: dict[str, dict[str, str]] = {}
    for one in there:
        side = side_of(file, one.ref)
        if side is not None:
            by_side.setdefault(side, {})[one.ref] = one.how
    if not by_side:
        return (), ()
    seen = [
        Attendance(ref=party.ref, how=_how(party, by_side[party.ref]))
        for party in file.parties
        if party.ref in by_side
    ]
    return tuple(seen), tuple(party.ref for party in file.parties if party.ref not in by_side)


def _how(party: Party, present: dict[str, str]) -> str:
    if party.is_group:
        heads = len([ref for ref in present if ref != party.ref])
        how = next(iter(present.values()))
        return f"代表人{heads}人{how}" if heads else how
    own, others = present.get(party.ref), [how for ref, how in present.items() if ref != party.ref]
    if own is None:
        return _by_another(present)
    return f"本人及代理人{own}" if others else own


def _by_another(present: dict[str, str]) -> str:
    ref, how = next(iter(present.items()))
    who = {"head": "法定代表人", "guardian": "监护人"}.get(ref.rpartition("/")[2], "代理人")
    return f"{who}{how}"
