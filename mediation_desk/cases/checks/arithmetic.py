"""The sums a case rests on, worked out again exactly, and the fixed shape of an acceleration clause."""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction

from mediation_desk.cases.checks.problem import Problem
from mediation_desk.cases.model import CaseFile
from mediation_desk.shared.errors import InputError

_ALLOWED = re.compile(r"[0-9.+\-*/() ]+")
_NUMBER = re.compile(r"[0-9]+(\.[0-9]+)?")
_EQUALS = re.compile(r"-?[0-9]+\.[0-9]{2,}")
_OPERATORS = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv}
_SIGNS = {ast.USub: operator.neg, ast.UAdd: operator.pos}
_LONGEST_TERM = 500
_ACCELERATION = {"clause", "grace_days", "base_due_on", "accelerated_on"}


def check(file: CaseFile) -> Iterator[Problem]:
    """Every line of ``arithmetic`` exactly, and ``parameters.acceleration`` where there is one."""
    for number, line in enumerate(file.arithmetic):
        place = f"/arithmetic/{number}"
        if not _EQUALS.fullmatch(line.equals):
            yield Problem(pointer=f"{place}/equals", message="应为至少两位小数的数")
            continue
        try:
            result = evaluate(line.expr)
        except InputError as trouble:
            yield Problem(pointer=f"{place}/expr", message=trouble.message.rstrip("。"))
            continue
        if result != Fraction(line.equals):
            yield Problem(pointer=f"{place}/equals", message=f"算式的结果是{_shown(result)}")
    yield from _acceleration(file)


def evaluate(expression: str) -> Fraction:
    """The exact value of a sum of numbers, ``+ - * /`` and brackets.

    Raises ``InputError`` if it is anything else, or divides by zero.
    """
    if not _ALLOWED.fullmatch(expression):
        raise InputError("算式只能由数字、加减乘除和括号组成。", field="expr")
    total = Fraction()
    for term in _terms(expression):
        total += _term(term)
    return total


def _terms(expression: str) -> Iterator[str]:
    """The parts between the plus signs outside brackets, so that a long sum is no deep nesting."""
    depth, start = 0, 0
    for place, char in enumerate(expression):
        depth += (char == "(") - (char == ")")
        if char == "+" and depth == 0 and expression[start:place].rstrip()[-1:] in set("0123456789.)"):
            yield expression[start:place]
            start = place + 1
    yield expression[start:]


def _term(text: str) -> Fraction:
    from simpleeval import InvalidExpression, SimpleEval  # type: ignore[import-untyped]

    if len(text) > _LONGEST_TERM or "**" in text or "//" in text:
        raise InputError("算式太复杂，读不了。", field="expr")
    exact = _NUMBER.sub(lambda found: f"N('{found[0]}')", text.strip())
    try:
        value = SimpleEval(operators=_OPERATORS | _SIGNS, functions={"N": Fraction}).eval(exact)
    except ZeroDivisionError:
        raise InputError("算式里有除以零。", field="expr") from None
    except (InvalidExpression, SyntaxError, ValueError, TypeError, RecursionError, MemoryError):
        raise InputError("算式写得不对。", field="expr") from None
    if not isinstance(value, Fraction):
        raise InputError("算式写得不对。", field="expr")
    return value


def _shown(value: Fraction) -> str:
    hundredths = value * 100
    return f"{float(value):.2f}" if hundredths.denominator == 1 else f"约{float(value):.4f}"


def _acceleration(file: CaseFile) -> Iterator[Problem]:
    clause = (file.parameters or {}).get("acceleration")
    if clause is None:
        return
    place = "/parameters/acceleration"
    if not isinstance(clause, Mapping) or set(clause) != _ACCELERATION:
        yield Problem(pointer=place, message=f"应为恰有{'、'.join(sorted(_ACCELERATION))}的对象")
        return
    numbers = {item.no for item in file.agreement.clauses} if file.agreement else set()
    if clause["clause"] not in numbers:
        yield Problem(pointer=f"{place}/clause", message="协议没有这一条")
    if not isinstance(clause["grace_days"], int) or clause["grace_days"] < 0:
        yield Problem(pointer=f"{place}/grace_days", message="应为不小于零的整数")
    for key in ("base_due_on", "accelerated_on"):
        if not _is_day(clause[key]):
            yield Problem(pointer=f"{place}/{key}", message="应为真实存在的日期，写作2026-03-24")


def _is_day(value: object) -> bool:
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False
