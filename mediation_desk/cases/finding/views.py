"""Views of the case list: those the centre ships with, and those its people have saved."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import fields, replace
from datetime import date
from typing import Any, Protocol

from mediation_desk.access.actor import Actor
from mediation_desk.access.permissions import Permission
from mediation_desk.cases.lifecycle import OPEN, UNDECIDED, State
from mediation_desk.cases.summary import CaseQuery
from mediation_desk.cases.vocabulary import Category, Difficulty
from mediation_desk.shared.assets import built
from mediation_desk.shared.errors import InputError
from mediation_desk.shared.record import record
from mediation_desk.shared.text import canonical
from mediation_desk.shared.track import Track

LONGEST_NAME = 20
MOST_VIEWS = 30


@record
class View:
    """A list with a name. ``shipped`` ones are data of the centre (``rules/views.toml``) and stay."""

    name: str
    query: CaseQuery
    shipped: bool = False


class Views(Protocol):
    """The saved views."""

    def all(self) -> tuple[tuple[str, Mapping[str, Any]], ...]:
        """Name and query of each, oldest first."""

    def add(self, name: str, query: Mapping[str, Any]) -> bool:
        """Save one; False when the name is taken."""

    def rename(self, name: str, other: str) -> bool:
        """Give one another name; False when it is gone or the name is taken."""

    def drop(self, name: str) -> bool:
        """Forget one; False when it is gone."""


class ViewWork(Protocol):
    """One unit of work over the views."""

    @property
    def views(self) -> Views:
        """The saved views."""


class ViewStorage(Protocol):
    """Opens units of work."""

    def read(self, actor: Actor) -> AbstractContextManager[ViewWork]:
        """A consistent view that cannot write."""

    def write(self, actor: Actor) -> AbstractContextManager[ViewWork]:
        """A unit that commits when left without an exception."""


class ViewService:
    """Reads, saves, renames and forgets views; they belong to the centre, not to one person."""

    def __init__(self, storage: ViewStorage) -> None:
        self._storage = storage

    def views(self, actor: Actor) -> tuple[View, ...]:
        """The shipped views, then the saved ones. Raises ``InputError`` for a faulty ``views.toml``."""
        actor.require(Permission.CASE_READ)
        with self._storage.read(actor) as work:
            saved = work.views.all()
        return (*shipped_views(), *(View(name=name, query=read_query(query)) for name, query in saved))

    def save(self, actor: Actor, name: str, query: CaseQuery) -> View:
        """Keep ``query`` under a name nobody has used. Raises ``InputError``."""
        actor.require(Permission.CASE_READ)
        view = View(name=_named(name), query=_plain(query))
        with self._storage.write(actor) as work:
            if len(work.views.all()) >= MOST_VIEWS:
                raise InputError(f"最多保存{MOST_VIEWS}个视图，请先删去不用的。", field="view")
            if not work.views.add(view.name, write_query(view.query)):
                raise InputError(_taken(view.name), field="view")
        return view

    def rename(self, actor: Actor, name: str, other: str) -> None:
        """Give a saved view another name. Raises ``InputError``."""
        actor.require(Permission.CASE_READ)
        plain = _named(other)
        with self._storage.write(actor) as work:
            if not work.views.rename(name, plain):
                raise InputError(_taken(plain), field="view")

    def drop(self, actor: Actor, name: str) -> None:
        """Forget a saved view; ``save`` brings it back. Raises ``InputError`` when it is gone."""
        actor.require(Permission.CASE_READ)
        with self._storage.write(actor) as work:
            if not work.views.drop(name):
                raise InputError(f"没有名为“{name}”的视图，可能已被删去。", field="view")


def shipped_views() -> tuple[View, ...]:
    """The views of ``rules/views.toml``, in its order."""
    return built("views", _shipped)


def _shipped(table: Mapping[str, Any]) -> tuple[View, ...]:
    return tuple(
        View(name=entry["name"], query=read_query(entry["query"]), shipped=True) for entry in table["view"]
    )


_IN_PROCESS = "在办"
_READERS: Mapping[str, Any] = {
    "states": lambda values: tuple(state for value in values for state in _states(value)),
    "track": Track,
    "category": Category,
    "difficulty": Difficulty,
    "received_from": date.fromisoformat,
    "received_to": date.fromisoformat,
}
_KEPT = frozenset(
    field.name for field in fields(CaseQuery) if field.name not in ("on", "limit", "after", "before", "near")
)


def read_query(table: Mapping[str, Any]) -> CaseQuery:
    """A query as it is kept. Raises ``KeyError`` or ``ValueError`` for what nobody knows."""
    unknown = set(table) - _KEPT
    if unknown:
        raise KeyError(", ".join(sorted(unknown)))
    return CaseQuery(
        **{key: _READERS[key](value) if key in _READERS else value for key, value in table.items()}
    )


def write_query(query: CaseQuery) -> dict[str, Any]:
    """A query as it is kept: what is asked for, in plain values."""
    empty = CaseQuery()
    kept = {name: getattr(query, name) for name in sorted(_KEPT)}
    return {name: _written(value) for name, value in kept.items() if value != getattr(empty, name)}


def _written(value: object) -> object:
    if isinstance(value, tuple):
        return [str(one) for one in value]
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, bool | int) else str(value)


def _states(value: str) -> tuple[State, ...]:
    if value == _IN_PROCESS:
        return tuple(state for state in State if state in OPEN - UNDECIDED)
    return (State(value),)


def _plain(query: CaseQuery) -> CaseQuery:
    return replace(query, on=None, limit=CaseQuery().limit, after=None, before=None, near=False)


def _named(name: str) -> str:
    plain = canonical(" ".join(name.split()), "视图名称", multiline=False, longest=LONGEST_NAME)
    if not plain:
        raise InputError("请给视图起个名字。", field="view")
    if plain in {view.name for view in shipped_views()}:
        raise InputError(_taken(plain), field="view")
    return plain


def _taken(name: str) -> str:
    return f"已有名为“{name}”的视图，请换一个名字。"
