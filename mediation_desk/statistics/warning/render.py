"""Early warning as plain data for JSON, and as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from mediation_desk.shared.dates import cn_date
from mediation_desk.statistics.warning.model import Assessed, Repeats, Rise, Rises, RiskMatrix


def matrix_to_plain(found: RiskMatrix) -> dict[str, Any]:
    """The counts of all cells, and every case with its signals and what is to be done."""
    return {
        "on": found.on.isoformat(),
        "cells": [
            {
                "probability": row.word,
                "harm": column.word,
                "level": found.levels[line][place].colour,
                "cases": len(found.at(row.word, column.word)),
            }
            for line, row in enumerate(found.probability)
            for place, column in enumerate(found.harm)
        ],
        "cases": [_case_to_plain(one) for one in found.cases],
    }


def rises_to_plain(found: Rises) -> dict[str, Any]:
    """Every rise with the test behind it and the place that opens its cases."""
    return {
        "from": found.period.first.isoformat(),
        "to": found.period.last.isoformat(),
        "tests": found.tests,
        "alpha": found.alpha,
        "note": found.note,
        "rises": [_rise_to_plain(one) for one in found.rises],
    }


def repeats_to_plain(found: Repeats) -> dict[str, Any]:
    """Every case that came back, by key, without names."""
    return {
        "from": found.period.first.isoformat(),
        "to": found.period.last.isoformat(),
        "days": found.days,
        "more": found.more,
        "cases": [
            {
                "case_key": one.case.case_key,
                "received_on": one.case.received_on.isoformat(),
                "category": one.case.category.value,
                "before": [before.case_key for before in one.before],
            }
            for one in found.found
        ],
    }


def matrix_lines(found: RiskMatrix, least: int) -> Iterator[str]:
    """Counts by level, then the cases from the level ``least`` on with their signals."""
    levels = {level.no: level for line in found.levels for level in line}
    for no in sorted(levels, reverse=True):
        yield f"{levels[no].title}\t{len(found.of(no))} 件"
    for one in found.cases:
        if one.level.no >= least:
            yield f"{one.level.colour}\t{one.case.case_key}\t{one.case.title}\t{one.reason}"


def rise_lines(found: Rises) -> Iterator[str]:
    """The explanation of every rise, or why there is none."""
    if found.note:
        yield found.note
    elif not found.rises:
        yield f"没有发现突增（同时检验 {found.tests} 组）。"
    for one in found.rises:
        yield f"{one.among}\t{one.words}"


def repeat_lines(found: Repeats) -> Iterator[str]:
    """A line for each case that came back, with the cases before it."""
    if not found.found:
        yield f"没有在 {found.days} 天以内再次发生的同样两方的纠纷。"
    for one in found.found:
        before = "、".join(f"{case.case_key}（{cn_date(case.received_on)}）" for case in one.before)
        yield f"{one.case.case_key}\t{one.sides[0]} 与 {one.sides[1]}\t以前：{before}"
    if found.more:
        yield f"只列出最近的 {len(found.found)} 件，请缩短期间。"


def _case_to_plain(one: Assessed) -> dict[str, Any]:
    return {
        "case_key": one.case.case_key,
        "level": one.level.no,
        "colour": one.level.colour,
        "word": one.level.word,
        "probability": one.probability.word,
        "harm": one.harm.word,
        "signals": [
            {
                "code": sign.code,
                "why": sign.why,
                "probability": sign.probability,
                "harm": sign.harm,
                "source": sign.source,
            }
            for sign in one.signs
        ],
        "now": one.level.now,
        "to": one.level.to,
        "within": one.level.within,
    }


def _rise_to_plain(one: Rise) -> dict[str, Any]:
    return {
        "among": one.among,
        "label": one.label,
        "figure": one.figure,
        "place": {name: list(values) for name, values in one.place.items()},
        "count": one.count,
        "expected": round(one.expected, 2),
        "mean": round(one.mean, 2),
        "deviation": round(one.deviation, 2),
        "dispersion": round(one.spread, 2),
        "chance": one.chance,
        "corrected": one.corrected,
        "history": [{"month": month, "count": count} for month, count in one.history],
        "same_month": [{"month": month, "count": count} for month, count in one.same_month],
        "words": one.words,
    }
