"""A case that an old register counts as over stays as the register has it; nothing is done in it here."""

from __future__ import annotations

from collections.abc import Iterator

from mediation_desk.cases.checks import known
from mediation_desk.cases.checks.problem import Problem
from mediation_desk.cases.model import CaseFile

_NOT_IN_AN_OLD_CASE = ("selection", "agreement", "outcome", "ending", "sessions", "mediators", "performance")


def check(file: CaseFile) -> Iterator[Problem]:
    """What the register says of the end, beside what is on file."""
    entry = file.beside.ledger
    if entry is None:
        return
    if entry.row < 1:
        yield Problem(pointer="/ledger/row", message="台账的行号应从1起")
    if entry.mediator_no is not None and not known.is_pool_no(entry.mediator_no):
        yield Problem(pointer="/ledger/mediator_no", message="不是专家库编号")
    if entry.concluded_on is not None and entry.concluded_on < file.intake.received_on:
        yield Problem(pointer="/ledger/concluded_on", message="早于登记日期")
    if not entry.closed:
        if entry.result is not None or entry.concluded_on is not None:
            yield Problem(pointer="/ledger/closed", message="台账写明了结果，应为已经结束")
        return
    if file.intake.decision is not None:
        yield Problem(pointer="/intake/decision", message="台账旧案没有这一项")
    for key in _NOT_IN_AN_OLD_CASE:
        if getattr(file, key):
            yield Problem(pointer=f"/{key}", message="台账旧案没有这一项")
