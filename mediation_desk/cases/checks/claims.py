"""Claims, evidence and investigations of a case."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from mediation_desk.cases.checks import known
from mediation_desk.cases.checks.problem import Problem
from mediation_desk.cases.model import CaseFile


def check(file: CaseFile) -> Iterator[Problem]:
    """What is asked for, by whom against whom, its total, and what was brought to prove it."""
    parties = known.parties(file)
    yield from _unique("claims", (claim.ref for claim in file.claims))
    for number, claim in enumerate(file.claims):
        place = f"/claims/{number}"
        yield from known.unknown_one(f"{place}/by", claim.by, parties, "当事人")
        yield from known.unknown(f"{place}/against", claim.against, parties, "当事人")
        if claim.by in claim.against:
            yield Problem(pointer=f"{place}/against", message="请求不能针对提出请求的一方自己")
    total = sum((claim.amount for claim in file.claims if claim.amount is not None), Decimal())
    if file.claims_total is not None and file.claims_total != total:
        yield Problem(pointer="/claims_total", message=f"各项请求合计应为{total:.2f}")
    yield from _evidence(file)
    for number, related in enumerate(file.related_cases):
        yield from known.unknown_one(f"/related_cases/{number}/party", related.party, parties, "当事人")


def _evidence(file: CaseFile) -> Iterator[Problem]:
    providers = known.parties(file) | known.mediators(file)
    yield from _unique("evidence", (item.ref for item in file.evidence))
    for number, item in enumerate(file.evidence):
        place = f"/evidence/{number}"
        yield from known.unknown_one(f"{place}/provided_by", item.provided_by, providers, "当事人或者调解员")
        if item.received_on < file.intake.received_on:
            yield Problem(pointer=f"{place}/received_on", message="收到证据的日期早于登记日期")
        for key in ("copies", "pages"):
            if getattr(item, key) < 1:
                yield Problem(pointer=f"{place}/{key}", message="至少为1")
    for number, talk in enumerate(file.investigations):
        place = f"/investigations/{number}"
        yield from known.unknown(f"{place}/by", talk.by, known.staff(file), "调解员")
        yield from known.unknown(f"{place}/of", talk.of, known.parties(file) | known.members(file), "当事人")
        if talk.on < file.intake.received_on:
            yield Problem(pointer=f"{place}/on", message="调查日期早于登记日期")


def _unique(key: str, refs: Iterable[str]) -> Iterator[Problem]:
    seen: set[str] = set()
    for number, ref in enumerate(refs):
        if ref in seen:
            yield Problem(pointer=f"/{key}/{number}/ref", message=f"代号“{ref[:20]}”出现了两次")
        seen.add(ref)
