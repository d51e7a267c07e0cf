"""Reads a case from the exchange format ``mediation-case/1``, or refuses it with place and reason."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

from mediation_desk.cases.beside import Beside
from mediation_desk.cases.checks import Problem, problems
from mediation_desk.cases.model import CaseFile
from mediation_desk.interchange.derived import SCHEMA, without_derived
from mediation_desk.interchange.guard import demand_same
from mediation_desk.interchange.parse import parse
from mediation_desk.interchange.place import pointer, refusal
from mediation_desk.interchange.wording import reason

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pydantic import TypeAdapter

_MOVED = {"prevented": ("statistics", "prevented_cases_persons"), "from_on": ("from",)}
"""Where the file has what the model calls differently."""

NOTHING_BESIDE = Beside()

_FOLLOWING = ("/performance", "/judicial_confirmation")
"""Places that are wrong already when a clause or a signature is; the cause is named before them."""


def read_case(text: str | bytes) -> CaseFile:
    """The case ``text`` holds, finished or not.

    Raises ``InputError`` with the JSON pointer of the first place that is unknown, missing, of a wrong type,
    against a rule, or not what follows from the rest of the file; with line and column where it is no JSON.
    """
    return case_of(parse(text))


def case_of(data: dict[str, Any], beside: Beside = NOTHING_BESIDE) -> CaseFile:
    """The case in data that was parsed already, with what lies ``beside`` it. Raises as :func:`read_case` does."""
    if data.get("schema") != SCHEMA:
        raise refusal("/schema", f"应为“{SCHEMA}”，别的格式读不了")
    file = replace(_validated(without_derived(data)), beside=beside)
    found = problems(file)
    _refuse(problem for problem in found if not problem.pointer.startswith(_FOLLOWING))
    demand_same(file, data, only="agreement")
    _refuse(found)
    demand_same(file, data)
    return file


def _refuse(found: Iterable[Problem]) -> None:
    for problem in found:
        rule = f"（{problem.rule}）" if problem.rule else ""
        raise refusal(problem.pointer, problem.message + rule)


def _validated(data: dict[str, Any]) -> CaseFile:
    from pydantic import ValidationError  # loaded late: only an import or export needs it

    try:
        return _adapter().validate_json(json.dumps(data))
    except ValidationError as trouble:
        first = trouble.errors(include_url=False, include_input=False)[0]
        raise refusal(_place(first["loc"]), reason(first)) from None


@cache
def _adapter() -> TypeAdapter[CaseFile]:
    from pydantic import TypeAdapter

    return TypeAdapter(CaseFile)


def _place(steps: tuple[str | int, ...]) -> str:
    moved: list[str | int] = []
    for step in steps:
        if step != "[key]":
            moved.extend(_MOVED.get(str(step), (step,)))
    return pointer(moved)
