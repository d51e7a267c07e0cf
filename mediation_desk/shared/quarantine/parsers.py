"""``@parser``: the functions the quarantine may call, and on what terms; nothing else can be asked for."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar, get_type_hints

from mediation_desk.shared.record import record

P = ParamSpec("P")
R = TypeVar("R")
_TERMS = "__quarantine__"


@record
class Terms:
    """``loads``: libraries to be there before the time counts. ``longer``: the row of ``[worker.longer]`` in
    ``rules/uploads.toml`` for work that takes long on sound files. ``alone``: in the other process, so that short
    tasks need not wait.
    """

    loads: tuple[str, ...] = ()
    longer: str = ""
    alone: bool = False


def parser(
    *, loads: tuple[str, ...] = (), longer: str = "", alone: bool = False
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Mark a function of a module as one that opens what came from outside.

    Its arguments and its answer are plain data or records of plain data; ``watch`` may be a callable taking numbers.
    It refuses by ``Refused`` or ``InputError``.
    """

    def marked(function: Callable[P, R]) -> Callable[P, R]:
        setattr(function, _TERMS, Terms(loads=loads, longer=longer, alone=alone))
        return function

    return marked


def terms_of(function: Callable[..., Any]) -> Terms:
    """Its terms. Raises ``AssertionError`` for a function that is no parser: a fault of ours."""
    terms = getattr(function, _TERMS, None)
    if not isinstance(terms, Terms):
        raise AssertionError(f"{function!r} is no parser")
    return terms


def name_of(function: Callable[..., Any]) -> str:
    """``package.module:function``, as the worker is asked for it."""
    return f"{function.__module__}:{function.__qualname__}"


def named(name: str) -> Callable[..., Any]:
    """The parser of this name. Raises ``AssertionError`` for anything else."""
    module, _, function = name.partition(":")
    found: Callable[..., Any] = getattr(importlib.import_module(module), function)
    terms_of(found)
    return found


def kinds_of(function: Callable[..., Any]) -> dict[str, Any]:
    """Types of its arguments and (``return``) of its answer."""
    return get_type_hints(function)
