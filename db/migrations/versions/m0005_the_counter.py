"""Visits, phrases used, and who stands in which case, filled from the cases on file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import chain, islice, product
from math import prod
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "m0005"
down_revision: str | None = "m0004"
branch_labels = None
depends_on = None

EXACT = sa.String().with_variant(sa.String(collation="C"), "postgresql")
BATCH = 500

# Everybody named in the cases of a batch, in the order saving has: parties with their 法定代表人, then the others.
NAMED = {
    "operators": ("经营者", "party_ref", "o.gender, o.birth_date, o.id_no, o.phone"),
    "guardians": ("监护人", "party_ref", "o.gender, o.birth_date, o.id_no, o.phone"),
    "agents": ("代理人", "party_ref", "o.gender, NULL, NULL, o.phone"),
    "group_members": ("群体成员", "ref", "o.gender, o.birth_date, o.id_no, o.phone"),
    "related_persons": ("涉及的人", "ref", "o.gender, o.birth_date, o.id_no, NULL"),
}
OUT_OF_THE_BIN = "case_id NOT IN (SELECT id FROM cases WHERE binned_on IS NOT NULL)"
PHRASES = """
SELECT '住址' AS kind, address AS phrase FROM parties
UNION ALL SELECT '请求', item FROM claims
UNION ALL SELECT '地点', place FROM cases
"""


def upgrade() -> None:
    """One step up."""
    op.create_table(
        "standings",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("capacity", sa.String(), nullable=False),
        sa.Column("side", sa.String(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_key", EXACT, nullable=False),
        sa.Column("gender", sa.String(), nullable=True),
        sa.Column("birth_date", sa.Date(), nullable=True),
        sa.Column("id_no", EXACT, nullable=True),
        sa.Column("id_back", EXACT, nullable=True),
        sa.Column("phone", EXACT, nullable=True),
        sa.Column("phone_back", EXACT, nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_standings_case_id")),
        sa.PrimaryKeyConstraint("case_id", "line", name=op.f("pk_standings")),
    )
    op.create_table(
        "name_ways",
        sa.Column("way", EXACT, nullable=False),
        sa.Column("name_key", EXACT, nullable=False),
        sa.PrimaryKeyConstraint("way", "name_key", name=op.f("pk_name_ways")),
    )
    op.create_table(
        "phrases",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("phrase", EXACT, nullable=False),
        sa.Column("used", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "phrase", name=op.f("pk_phrases")),
    )
    op.create_table(
        "visits",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("clerk", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("matter", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("remedies", sa.JSON(), nullable=False),
        sa.Column("case_key", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visits")),
    )
    _fill_standings()
    line_break = "chr(10)" if op.get_bind().dialect.name == "postgresql" else "char(10)"
    op.execute(
        f"INSERT INTO phrases (kind, phrase, used) SELECT kind, phrase, count(*) FROM ({PHRASES}) AS one"  # noqa: S608  # no values go in
        f" WHERE length(phrase) BETWEEN 1 AND 80 AND phrase NOT LIKE '%' || {line_break} || '%'"
        " GROUP BY kind, phrase"
    )
    op.create_index(op.f("ix_standings_name_key_case_id"), "standings", ["name_key", "case_id"])
    op.create_index(op.f("ix_standings_id_no_case_id"), "standings", ["id_no", "case_id"])
    op.create_index(op.f("ix_standings_id_back"), "standings", ["id_back"])
    op.create_index(op.f("ix_standings_phone_case_id"), "standings", ["phone", "case_id"])
    op.create_index(op.f("ix_standings_phone_back"), "standings", ["phone_back"])
    op.create_index(op.f("ix_phrases_kind_used"), "phrases", ["kind", "used"])
    op.create_index(op.f("ix_visits_case_key"), "visits", ["case_key"])
    op.create_index(op.f("ix_visits_on_id"), "visits", ["on", "id"])
    op.create_index(op.f("ix_related_cases_case_key"), "related_cases", ["case_key"])


def downgrade() -> None:
    """One step down."""
    op.drop_index(op.f("ix_related_cases_case_key"), table_name="related_cases")
    for name in ("visits", "phrases", "name_ways", "standings"):
        op.drop_table(name)


def _fill_standings() -> None:
    """Everybody named in a case on file, a batch of cases at a time, and the ways each new name is typed."""
    connection = op.get_bind()
    text = ("ref", "capacity", "side", "kind", "name", "name_key", "gender")
    numbers = ("id_no", "id_back", "phone", "phone_back")
    standings = sa.table(
        "standings",
        *(sa.column(name) for name in ("case_id", "line", *text, *numbers)),
        sa.column("birth_date", sa.Date()),
    )
    ways = sa.table("name_ways", sa.column("way"), sa.column("name_key"))
    last = connection.execute(sa.text("SELECT max(id) FROM cases")).scalar() or 0
    seen: set[str] = set()
    for first in range(1, last + 1, BATCH):
        lines: dict[int, int] = {}
        rows = [_standing(found, lines) for found in _named(connection, first)]
        if rows:
            connection.execute(sa.insert(standings), rows)
        fresh = {row["name_key"] for row in rows} - seen
        seen |= fresh
        typed = [{"way": way, "name_key": key} for key in sorted(fresh) for way in ways_of(key)]
        if typed:
            connection.execute(sa.insert(ways), typed)


def _named(connection: sa.Connection, first: int) -> Iterator[Mapping[str, Any]]:
    """Rows of everybody in the cases from ``first`` on, those of one case in the order saving has."""
    span = {"first": first, "last": first + BATCH - 1}
    parties = sa.text(
        "SELECT case_id, ref, '当事人' AS capacity, side, kind, name, gender, birth_date,"
        " coalesce(id_no, uscc) AS id_no, phone, legal_name FROM parties"
        " WHERE case_id BETWEEN :first AND :last"
        " AND case_id NOT IN (SELECT id FROM cases WHERE binned_on IS NOT NULL) ORDER BY case_id, line"
    )
    sides: dict[tuple[int, str], str] = {}
    for row in connection.execute(parties, span).mappings():
        sides[row["case_id"], row["ref"]] = row["side"]
        yield dict(row)
        if row["legal_name"]:
            who = {"name": row["legal_name"], "capacity": "法定代表人", "kind": "自然人"}
            nobody = dict.fromkeys(("gender", "birth_date", "id_no", "phone"))
            yield {**row, **who, **nobody}
    for table, (capacity, ref, known) in NAMED.items():
        order = "o.case_id, o.party_ref, o.line" if ref == "party_ref" else "o.case_id, o.line"
        gender, born, number, phone = known.split(", ")
        query = sa.text(
            f"SELECT o.case_id, o.{ref} AS ref, o.name, {gender} AS gender, {born} AS birth_date,"  # noqa: S608  # no values go in
            f" {number} AS id_no, {phone} AS phone FROM {table} o"
            f" WHERE o.case_id BETWEEN :first AND :last AND {OUT_OF_THE_BIN} ORDER BY {order}"
        )
        for row in connection.execute(query, span).mappings():
            group = row["ref"].split("-", 1)[0]
            side = None if capacity == "涉及的人" else sides.get((row["case_id"], group))
            yield {**row, "capacity": capacity, "side": side, "kind": "自然人"}


def _standing(found: Mapping[str, Any], lines: dict[int, int]) -> dict[str, Any]:
    line = lines[found["case_id"]] = lines.get(found["case_id"], -1) + 1
    number, phone, born = _number(found["id_no"] or ""), _phone(found["phone"] or ""), found["birth_date"]
    row = {name: found[name] for name in ("case_id", "ref", "capacity", "side", "kind", "name", "gender")}
    return row | {
        "line": line,
        "name_key": _name(found["name"]),
        "birth_date": date.fromisoformat(born) if isinstance(born, str) else born,
        "id_no": number or None,
        "id_back": number[::-1] or None,
        "phone": phone or None,
        "phone_back": phone[::-1] or None,
    }


# What follows is how the program compared names and numbers when this step was written; a step never changes.

_WIDE = {ord("０") + n: ord("0") + n for n in range(10)}
_WIDE |= {ord(wide) + n: ord(half) + n for wide, half in (("Ａ", "A"), ("ａ", "a")) for n in range(26)}
_BRACKETS = str.maketrans("（）〔〕【】［］[]{}", "()()()()()()")
_MOBILE = re.compile(r"(?:00)?(?:86)?(1[3-9]\d{9})")
_ABROAD = re.compile(r"(?:00)?86(\d{9,11})")


def _name(name: str) -> str:
    plain = "".join(name.translate(_WIDE).translate(_BRACKETS).split())
    return re.sub("[•・‧･∙●]", "·", plain).casefold()


def _number(number: str) -> str:
    from stdnum.cn import ric

    key = "".join(number.translate(_WIDE).split()).upper()
    if len(key) == 15 and key.isdecimal():
        body = key[:6] + "19" + key[6:]
        return body + str(ric.calc_check_digit(f"{body}?"))
    return key if len(key) >= 6 else ""


def _phone(text: str) -> str:
    for one in re.split("[、，,;；/]", text.translate(_WIDE)):
        digits = re.sub(r"\D", "", re.split("转|分机|[xX#]|ext", one, maxsplit=1)[0])
        if mobile := _MOBILE.fullmatch(digits):
            return mobile[1]
        if abroad := _ABROAD.fullmatch(digits):
            return "0" + abroad[1].removeprefix("0")
        if len(digits) >= 7 and len(set(digits)) > 1:
            return digits
    return ""


def ways_of(key: str) -> tuple[str, ...]:
    """Pinyin, initials, and either each character left open or the end from any character on."""
    plain = key.replace("·", "")[:40]
    if len(plain) > 4:
        ends = [plain[start:] for start in range(1, len(plain) - 1)]
        return tuple(dict.fromkeys((*_sounds(plain, 2), *ends)))
    gaps = [plain[:place] + "_" + plain[place + 1 :] for place in range(len(plain))] if len(plain) > 1 else []
    return tuple(dict.fromkeys((*_sounds(plain, 48), *gaps)))


def _sounds(name: str, readings: int) -> tuple[str, ...]:
    spoken = [_readings(character) for character in name if character.isalnum()]
    if not spoken or not all(spoken):
        return ()
    ways = list(_spoken(spoken, readings))
    initials = ("".join(syllable[0] for syllable in way) for way in ways)
    return tuple(dict.fromkeys((*("".join(way) for way in ways), *initials)))


def _spoken(spoken: list[tuple[str, ...]], most: int) -> Iterator[tuple[str, ...]]:
    """The usual reading first, then those with one unusual syllable, then all."""
    if prod(map(len, spoken)) <= most:
        yield from product(*spoken)
        return
    usual = tuple(ways[0] for ways in spoken)
    one_off = (
        (*usual[:place], way, *usual[place + 1 :]) for place, ways in enumerate(spoken) for way in ways[1:]
    )
    yield from islice(dict.fromkeys(islice(chain((usual,), one_off, product(*spoken)), 2 * most)), most)


def _readings(character: str) -> tuple[str, ...]:
    from pypinyin import Style, pinyin

    found: list[str] = []
    for sound in pinyin(character, style=Style.NORMAL, heteronym=True)[0]:
        plain = sound.casefold()
        found += [plain, plain.replace("v", "yu"), plain.replace("v", "u")] if "v" in plain else [plain]
    return tuple(dict.fromkeys(one for one in found if one))
