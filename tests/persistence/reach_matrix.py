"""S5, the relation: every act on one case × every role that may do it × own, foreign and locked case.

What cannot be told from a case that is not there is out of reach: each act is done with the key of a hidden case and
with a key nobody has, and both must end alike, word for word. Nothing an act writes is kept.
"""

from __future__ import annotations

import dataclasses
import enum
import inspect
import types
import typing
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

from mediation_desk.access.actor import Actor
from mediation_desk.app import Desk
from mediation_desk.cases.steps.binning import PutInBin
from tests.persistence.permission_matrix import _methods

KEYS = ("key", "case_key", "key_or_number", "keys")
MISSING = "AJ1999999999"
DRAFTS = {"cases.drop_draft", "cases.keep_draft"}
"""Their key is that of somebody's own words, not of a case."""

KNOWN: dict[str, Any] = {
    "session_no": 1,
    "no": 1,
    "party": "A1",
    "ref": "A1",
    "reason": "因为",
    "what": "电话",
    "formats": ("docx",),
    "makers": (),
    "step": PutInBin(reason="重复"),
}
Act = Callable[[Actor, str], object]


def keyed(desk: Desk, folder: Path) -> Iterator[tuple[str, Act]]:
    """Name and call of every act on a case that is named by its key; of a step, one stands for all."""
    for name, method in _methods(desk):
        parameters = inspect.signature(method).parameters
        key = next((one for one in KEYS if one in parameters), "")
        if "actor" in parameters and key and name not in DRAFTS and name != "cases.perform_within":
            yield name, _act(method, key, folder)


def _act(method: Callable[..., Any], key: str, folder: Path) -> Act:
    hints = get_type_hints(method)
    needed = {
        one.name: KNOWN.get(one.name, folder) if one.name in KNOWN else made(hints[one.name], folder)
        for one in inspect.signature(method).parameters.values()
        if one.default is one.empty and one.name not in ("actor", key) and one.kind is not one.VAR_KEYWORD
    }
    several = key == "keys"
    return lambda actor, asked: method(**needed, actor=actor, **{key: (asked,) if several else asked})


def made(kind: Any, folder: Path) -> Any:
    """Some value of this type; what it says is of no account."""
    origin = get_origin(kind)
    if origin in (typing.Union, types.UnionType):
        return None if type(None) in get_args(kind) else made(get_args(kind)[0], folder)
    if origin is not None:
        return (lambda *_: None) if origin.__name__ == "Callable" else ()
    simple: dict[Any, Any] = {
        str: "x",
        int: 1,
        bool: True,
        bytes: b"x",
        Path: folder,
        date: date(2026, 1, 5),
        datetime: datetime(2026, 1, 5, 9, tzinfo=UTC),
    }
    if kind in simple:
        return simple[kind]
    if inspect.isclass(kind) and issubclass(kind, enum.Enum):
        return next(iter(kind))
    if dataclasses.is_dataclass(kind):
        hints = get_type_hints(kind)
        needed = (one for one in dataclasses.fields(kind) if one.default is dataclasses.MISSING)
        return kind(**{one.name: made(hints[one.name], folder) for one in needed if one.init})  # type: ignore[operator]
    return (lambda *_: None) if "Callable" in str(kind) else "x"


def ended(act: Act, actor: Actor, key: str) -> str:
    """How it ended, in words that do not name the key."""
    try:
        result = act(actor, key)
        said = repr(list(result) if inspect.isgenerator(result) else result)
    except Exception as error:  # noqa: BLE001  # whatever it is: it is compared
        said = f"{type(error).__name__}: {error} {vars(error)}"
    return said.replace(key, "KEY")


def unnamed(desk: Desk) -> set[str]:
    """Parameters that look like the key of a case and are called otherwise than the table knows."""
    return {
        f"{name}({one})"
        for name, method in _methods(desk)
        if "actor" in inspect.signature(method).parameters
        for one in inspect.signature(method).parameters
        if ("key" in one or "case" in one) and one not in (*KEYS, "form_key")
    }


def told_apart(
    acts: Iterable[tuple[str, Act]], people: Mapping[str, Mapping[str, Actor]], cases: Mapping[str, str]
) -> list[str]:
    """Cells in which a case is told from none: act × role × relation; ``people`` by act and role."""
    return [
        f"{name} × {role} × {relation}"
        for name, act in acts
        for role, actor in people[name].items()
        for none in (ended(act, actor, MISSING),)
        for relation, key in cases.items()
        if ended(act, actor, key) != none
    ]
