"""Which column of somebody's table is which field: by its title, by what stands in it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

from mediation_desk.interchange.sheets.columns import SheetColumns, plain_title
from mediation_desk.shared.record import record

_BRACKETED = re.compile(r"\([^()]*\)")
_LIKENESS = 80
_EXACT, _TAIL = 100, 85
_SEEN, _SHARE = 50, 0.7


@record
class Match:
    """How sure a title is of a field, out of 100."""

    field: str
    score: float


def guess(
    columns: SheetColumns, titles: Sequence[str], samples: Mapping[int, Sequence[str]]
) -> dict[int, str]:
    """Field by column. Each field goes to the surest title; what stands in a column overrules a likeness."""
    found = {place: match for place, title in enumerate(titles) if (match := match_title(columns, title))}
    for place, cells in samples.items():
        field = _by_content(columns, cells)
        if field and (place not in found or found[place].score < _EXACT):
            found[place] = Match(field=field, score=_TAIL)
    taken: dict[int, str] = {}
    for place, match in sorted(found.items(), key=lambda item: (-item[1].score, item[0])):
        if match.field not in taken.values():
            taken[place] = match.field
    return dict(sorted(taken.items()))


def field_of_title(columns: SheetColumns, title: str) -> str:
    """The field a title names for certain, or ""."""
    match = match_title(columns, title)
    return match.field if match and match.score == _EXACT else ""


def is_ignored(columns: SheetColumns, title: str) -> bool:
    """Whether a column is known to be none of ours (序号, 照片)."""
    return bool(title) and plain_title(title) in columns.ignored


def match_title(columns: SheetColumns, title: str) -> Match | None:
    """The most likely field: the same name, a name at the end of the title, or a like name."""
    if not title.strip():
        return None
    full = plain_title(title)
    short = plain_title(_BRACKETED.sub("", unicodedata.normalize("NFKC", title)))
    if full in columns.ignored or short in columns.ignored:
        return None
    for text in (full, short):
        if text in columns.names:
            return Match(field=columns.names[text], score=_EXACT)
    tails = [name for name in columns.names if len(name) > 1 and short.endswith(name)]
    if tails:
        return Match(field=columns.names[max(tails, key=len)], score=_TAIL)
    return _alike(short, columns.names)


def _alike(text: str, names: Mapping[str, str]) -> Match | None:
    from rapidfuzz import fuzz, process

    best = process.extractOne(text, names.keys(), scorer=fuzz.ratio, score_cutoff=_LIKENESS)
    return Match(field=names[best[0]], score=min(best[1], _TAIL - 1)) if best else None


def _by_content(columns: SheetColumns, cells: Sequence[str]) -> str:
    filled = [cell.strip() for cell in cells[:_SEEN] if cell.strip()]
    for field, pattern in columns.likely:
        fitting = sum(1 for cell in filled if pattern.fullmatch(unicodedata.normalize("NFKC", cell)))
        if len(filled) > 1 and fitting >= _SHARE * len(filled):
            return field
    return ""
