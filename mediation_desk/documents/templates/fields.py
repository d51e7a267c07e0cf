"""The catalogue of fields: what there is to write into a template, and its value for one paper."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from mediation_desk.documents.templates.field import Field, FieldList, ItemField, Source
from mediation_desk.documents.templates.grammar import suggestion
from mediation_desk.documents.templates.list_fields import LISTS
from mediation_desk.documents.templates.plain_fields import PLAIN
from mediation_desk.shared.errors import RuleError
from mediation_desk.shared.record import record
from mediation_desk.shared.text import canonical

_LONGEST = 1_000_000


@record
class Entry:
    """A line of the catalogue; ``of`` is the list it belongs to, "" for a field that stands alone."""

    name: str
    meaning: str
    sample: str
    of: str = ""

    @property
    def written(self) -> str:
        """As it is typed into a template."""
        return f"{{{self.name}}}"


@record
class Values:
    """The words of one paper, by the full name of the field; a list has one mapping for each of its rows."""

    plain: Mapping[str, str]
    rows: Mapping[str, tuple[Mapping[str, str], ...]]


@cache
def catalogue() -> tuple[Entry, ...]:
    """Every field, those that stand alone first, then list by list."""
    alone = [Entry(name=field.name, meaning=field.meaning, sample=field.sample) for field in PLAIN]
    listed = [
        Entry(name=f"{one.name}.{field.name}", meaning=field.meaning, sample=field.sample, of=one.name)
        for one in LISTS
        for field in one.fields
    ]
    return (*alone, *listed)


def lists() -> tuple[FieldList, ...]:
    """Every list."""
    return LISTS


@cache
def known() -> frozenset[str]:
    """Full names of all fields."""
    return frozenset(entry.name for entry in catalogue())


def meant_by(name: str) -> str:
    """The field somebody meant by an unknown ``name``; "" when none is close."""
    return suggestion(name, _words())


@cache
def _words() -> tuple[tuple[str, str], ...]:
    """Names and what people say instead, each with the field it stands for; a name of its own goes first."""
    said: dict[str, str] = {}
    for field in PLAIN:
        said |= dict.fromkeys(field.also, field.name)
    for one in LISTS:
        for item in one.fields:
            heads, tails = (one.name, *one.also), (item.name, *item.also)
            said |= {f"{head}.{tail}": f"{one.name}.{item.name}" for head in heads for tail in tails}
    return (*said.items(), *((name, name) for name in sorted(known())))


def values(source: Source, wanted: Iterable[str]) -> Values:
    """The words of the ``wanted`` fields for one paper.

    Raises ``RuleError`` naming every field that has no value and may not stay empty: no paper is made by halves.
    """
    names = set(wanted)
    missing: list[str] = []
    plain = {
        field.name: _word(field.value(source), field, field.name, missing)
        for field in PLAIN
        if field.name in names
    }
    rows: dict[str, tuple[Mapping[str, str], ...]] = {}
    for one in LISTS:
        asked = [item for item in one.fields if f"{one.name}.{item.name}" in names]
        if asked:
            rows[one.name] = _rows(source, one, asked, missing)
    if missing:
        fields = "、".join(f"“{name}”" for name in dict.fromkeys(missing))
        raise RuleError(f"这份文书没有打印：模板里的{fields}在本案还没有内容。请先补上，或者改用内置的格式。")
    return Values(plain=plain, rows=rows)


def _rows(
    source: Source, one: FieldList, asked: list[ItemField], missing: list[str]
) -> tuple[Mapping[str, str], ...]:
    entries = one.items(source)
    if one.needed and not entries:
        missing.extend(f"{one.name}.{item.name}" for item in asked)
    return tuple(
        {
            f"{one.name}.{item.name}": _word(
                item.value(source, entry), item, f"{one.name}.{item.name}", missing
            )
            for item in asked
        }
        for entry in entries
    )


def _word(value: str | None, field: Field | ItemField, name: str, missing: list[str]) -> str:
    if value:
        return canonical(str(value), name, longest=_LONGEST).replace("\t", " ")
    if field.blank is None:
        missing.append(name)
    return field.blank or ""
