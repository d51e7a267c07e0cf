"""Names, telephones and numbers of a register's line become the parties of a case."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from mediation_desk.cases.reception import kind_by_name
from mediation_desk.interchange.sheets.cells import code, one_line_name, phone
from mediation_desk.parties.identity import birth_date_in, gender_in, id_problems, phone_problem, uscc_problem
from mediation_desk.parties.model import RESIDENT_ID, Party, PartyKind, Side, age_on
from mediation_desk.shared.errors import InputError
from mediation_desk.shared.record import record

_BETWEEN = re.compile(r"[、，,;；/\n]+")
_COUNTER = re.compile(r"(?:^|(?<=\D))\d{1,2}\s*[.．、)）](?=\s*[^\d\s])")
_REMARK = re.compile(r"[（(]([^（）()]*)[)）]")
_PERSONAL = re.compile(r"[\d男女岁]|身份证|电话|系|代理|代表|父|母|夫|妻|子|法定")
_AND_OTHERS = re.compile(r"(.+?)等\s*(\d{1,5})\s*(?:人|户|名|家)")
_LABELLED = re.compile(r"(?:申请人|甲方|一方)[:：](.+?)(?:被申请人|乙方|另一方|对方)[:：](.+)", re.DOTALL)
_AGAINST = re.compile(r"\s*(?:与|诉|[vV][sS]\.?|—+|－+|--+|⟷|↔)\s*")
_PIECES = re.compile(r"[、，,;；/\n]+")
_ADULT = 18
_LETTERS = (
    (Side.APPLICANT, "A", "applicant"),
    (Side.RESPONDENT, "B", "respondent"),
    (Side.THIRD, "C", "third"),
)

Notice = tuple[str, str]
"""A field, and what is to be known about it."""


@record
class Named:
    """One name as written; ``headcount`` for 张三等5人."""

    name: str
    headcount: int | None = None


def names(text: str) -> tuple[Named, ...]:
    """The people and organisations a cell names, without counters and remarks behind a name."""
    plain = _COUNTER.sub("、", _REMARK.sub(_unless_personal, text))
    pieces = (piece for part in _BETWEEN.split(plain) for piece in _spread(part))
    return tuple(_named(piece) for piece in pieces if piece)


def two_sides(text: str) -> tuple[tuple[Named, ...], tuple[Named, ...], bool]:
    """Both sides of a cell that names everybody, and whether the cell itself tells them apart."""
    labelled = _LABELLED.search(text)
    halves = labelled.groups() if labelled else tuple(_AGAINST.split(text, maxsplit=1))
    if len(halves) == 2 and all(half.strip() for half in halves):
        return names(halves[0]), names(halves[1]), True
    everybody = names(text)
    return everybody[:1], everybody[1:], False


def pieces(text: str, *, spaced: bool) -> tuple[str, ...]:
    """Telephones, numbers or addresses of one cell, one for each person."""
    parts = _PIECES.split(text)
    if spaced:
        parts = [piece for part in parts for piece in part.split()]
    return tuple(part.strip() for part in parts if part.strip())


def parties(values: Mapping[str, Any], on: Any) -> tuple[tuple[Party, ...], tuple[Notice, ...]]:
    """The parties with what of their particulars is sound, and what had to be left in the words of the register."""
    made: list[Party] = []
    for side, letter, field in _LETTERS:
        for number, named in enumerate(values.get(field) or (), start=1):
            made.append(_party(f"{letter}{number}", side, named))
    notices: list[Notice] = []
    for what, take in (("phone", _with_phone), ("id", _with_number), ("address", _with_address)):
        for field, places in _shared_out(values, made, what, notices):
            for place, piece in places:
                made[place], notice = take(made[place], piece, on)
                if notice:
                    notices.append((field, notice))
    return tuple(made), tuple(notices)


def _shared_out(
    values: Mapping[str, Any], made: Sequence[Party], what: str, notices: list[Notice]
) -> Iterator[tuple[str, list[tuple[int, str]]]]:
    """Whose each piece is: by side and order; where the numbers do not agree nobody's."""
    whole = "id_no" if what == "id" else what
    wanted = [
        (f"{field}_{what}", [place for place, party in enumerate(made) if party.side is side])
        for side, _letter, field in _LETTERS[:2]
    ]
    everybody = list(range(len(made)))
    for field, places in (*wanted, (whole, everybody)):
        found = values.get(field) or ()
        if field == whole and len(found) == 1:
            places = everybody[:1]
        if found and len(found) > len(places):
            notices.append((field, f"有{len(found)}项，对不上{len(places)}名当事人，只保留原文。"))
        elif found and field == whole and len(found) not in (1, len(places)):
            notices.append((field, f"有{len(found)}项，当事人有{len(places)}名，分不清是谁的，只保留原文。"))
        elif found:
            yield field, list(zip(places, found, strict=False))


def _with_phone(party: Party, piece: str, _on: Any) -> tuple[Party, str]:
    try:
        number = phone(piece)
    except InputError as error:
        return party, f"{error.message}；只保留原文。"
    reason = phone_problem(number)
    return (party, f"{reason}，只保留原文。") if reason else (replace(party, phone=number), "")


def _with_number(party: Party, piece: str, on: Any) -> tuple[Party, str]:
    try:
        number = code(piece)
    except InputError as error:
        return party, f"{error.message}；只保留原文。"
    if party.kind is not PartyKind.PERSON:
        reason = "群体没有自己的证件号" if party.is_group else uscc_problem(number)
        return (party, f"{reason}，只保留原文。") if reason else (replace(party, uscc=number), "")
    for _key, reason in id_problems(number, born=None, gender=None):
        return party, f"{reason}，只保留原文。"
    numbered = replace(party, id_type=RESIDENT_ID, id_no=number, gender=gender_in(number))
    born = birth_date_in(number)
    if born is None or age_on(born, on) < _ADULT:
        return numbered, "登记时未满十八周岁，台账没有写监护人，没有登记出生日期。"
    return replace(numbered, birth_date=born), ""


def _with_address(party: Party, piece: str, _on: Any) -> tuple[Party, str]:
    return replace(party, address=piece), ""


def _party(ref: str, side: Side, named: Named) -> Party:
    kind = PartyKind.GROUP if named.headcount else kind_by_name(named.name)
    return Party(ref=ref, side=side, kind=kind, name=named.name, headcount=named.headcount)


def _unless_personal(remark: re.Match[str]) -> str:
    """Age, telephone and kinship behind a name are no part of it; the place in a company's name is."""
    return "" if _PERSONAL.search(remark[1]) else remark[0]


def _spread(part: str) -> list[str]:
    """张　三 is one name, 张三　李四 are two."""
    tokens = part.split()
    if len(tokens) > 1 and all(len(token) > 1 for token in tokens):
        return tokens
    return [one_line_name(part)]


def _named(piece: str) -> Named:
    piece = unicodedata.normalize("NFC", piece).strip(" .．:：")
    others = _AND_OTHERS.fullmatch(piece)
    if others and int(others[2]) > 1:
        return Named(name=piece, headcount=int(others[2]))
    return Named(name=piece)
