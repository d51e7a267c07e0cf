"""``when`` of a part: two numbers compared, or a word, joined by ``and`` and ``or``."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation

from mediation_desk.shared.record import record
from mediation_desk.statistics.reporting.material import Found, Material, Source, When, cell
from mediation_desk.statistics.reporting.references import FaultyReference, Reference, reference

WORDS = ("unfinished", "month", "quarter", "half", "year", "public")
_SIGNS: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "=": operator.eq,
    "!=": operator.ne,
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
}
_COMPARED = re.compile(r"(.+?)\s*(!=|>=|<=|=|>|<)\s*(.+)")
_JOINED = re.compile(r"\s+(and|or)\s+")
_WITHHELD = Decimal(1)  # it is known to be more than nothing


@record
class Operand:
    """A number, or a cell of one of the three periods."""

    number: Decimal = Decimal(0)
    of: Reference | None = None
    when: When = When.NOW


@record
class Test:
    """``left sign right``, or a ``word``; turned round where it is ``negated``."""

    negated: bool = False
    word: str = ""
    left: Operand = Operand()
    sign: str = "="
    right: Operand = Operand()


Condition = tuple[tuple[Test, ...], ...]
"""Holds where all tests of one of its groups do; an empty one always does."""


def condition(text: str) -> Condition:
    """The condition written in ``text``. Raises ``FaultyReference`` naming the part of it nobody understands."""
    if not text.strip():
        return ()
    groups: list[list[Test]] = [[]]
    words = _JOINED.split(text.strip())
    for place, one in enumerate(words):
        if place % 2:
            if one == "or":
                groups.append([])
        else:
            groups[-1].append(_test(one))
    return tuple(map(tuple, groups))


def holds(one: Condition, material: Material, flags: frozenset[str]) -> bool:
    """Whether it holds; ``flags`` are the words that are true of the report."""
    return not one or any(all(_true(test, material, flags) for test in group) for group in one)


def sources_of(one: Condition) -> frozenset[Source]:
    """The tables it looks at."""
    operands = [part for group in one for test in group for part in (test.left, test.right)]
    return frozenset(part.of.source for part in operands if part.of is not None)


def _test(text: str) -> Test:
    negated = text.startswith("not ")
    bare = text.removeprefix("not ").strip()
    if bare in WORDS:
        return Test(negated=negated, word=bare)
    found = _COMPARED.fullmatch(bare)
    if found is None:
        raise FaultyReference(text)
    return Test(negated=negated, left=_operand(found[1]), sign=found[2], right=_operand(found[3]))


def _operand(text: str) -> Operand:
    try:
        return Operand(number=Decimal(text))
    except InvalidOperation:
        head, _, rest = text.rpartition(":")
        if head not in ("", "before", "year"):
            raise FaultyReference(text) from None
        return Operand(of=reference(rest), when=When(head or "now"))


def _true(test: Test, material: Material, flags: frozenset[str]) -> bool:
    if test.word:
        return (test.word in flags) is not test.negated
    left, right = _number(test.left, material), _number(test.right, material)
    if left is None or right is None:
        return False
    return _SIGNS[test.sign](left, right) is not test.negated


def _number(operand: Operand, material: Material) -> Decimal | None:
    if operand.of is None:
        return operand.number
    table = material.table(operand.of.source, operand.when)
    found: Found | None = cell(table, operand.of.code, operand.of.line) if table else None
    if found is None:
        return None
    if found.withheld:
        return _WITHHELD
    return None if found.value is None else Decimal(found.value)
