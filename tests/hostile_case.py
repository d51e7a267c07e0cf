"""The example case with hostile text wherever a text may stand that is nobody's number and no word of a list."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from mediation_desk.cases.checks import problems
from mediation_desk.cases.model import CaseFile
from mediation_desk.interchange.reader import read_case
from tests.every_field import texts_in, with_text
from tests.unit.edited import example

LEAP = 37
"""Neighbouring fields get texts of different kinds; no divisor of how many texts there are."""


@cache
def sound() -> CaseFile:
    """The case as it is shipped."""
    return read_case(json.dumps(example()))


@cache
def free_places() -> tuple[str, ...]:
    """Where the checks of the whole file let anything stand."""
    file = sound()
    return tuple(place for place, _text in texts_in(file) if not problems(with_text(file, place, "甲")))


def hostile_file(texts: Sequence[str], turn: int, *, key: str = "") -> CaseFile:
    """Every free place with another text; over ``len(texts)`` turns every place has had each of them."""
    file = sound()
    for number, place in enumerate(free_places()):
        file = with_text(file, place, texts[(number * LEAP + turn) % len(texts)])
    if key:
        file = replace(file, case_key=key, intake=replace(file.intake, number=None), archive=None)
    return file
