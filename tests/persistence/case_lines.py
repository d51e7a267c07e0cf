"""One exported case reduced to what it says to the statistics, from the JSON alone (domain.md §3, cases/README.md).

Nothing of the program's own counting is used, neither its derived keys nor its records. The one thing no exchange file
tells, the orders by which a case was sent on, comes beside it as plain data.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

Json = Mapping[str, Any]
_SENDER_WORDS = (
    ("检察院", ("检察",)),
    ("法院", ("法院", "法庭")),
    ("公安机关", ("公安", "派出所", "交警", "交通警察")),
    ("信访部门", ("信访",)),
)
SUCCESS = ("调解成功", "部分达成")


@dataclass(slots=True)
class Line:
    """What one case says to the statistics."""

    key: str
    track: str
    body: str
    body_type: str
    category: str
    zz: str
    source: str
    difficult: bool
    received: date
    accepted: date | None
    concluded: date | None
    due: date | None
    result: str
    form: str
    opened: bool
    persons: int
    agreed: Decimal
    days: int
    performed: date | None
    applied: date | None
    valid: date | None
    refused: date | None
    handed: date | None
    closed: date | None
    visits: list[tuple[date, bool]]
    court_mode: str
    court_papers: tuple[str, ...]
    prevented: dict[str, tuple[int, int]]

    @property
    def success(self) -> bool:
        return self.result in SUCCESS


def read(data: Json, orders: Iterable[Json] = (), closed_on: str | None = None) -> Line:
    """The line of one exported case; ``orders`` are those given for it, as plain data, and the day it was closed."""
    intake, outcome = data["intake"], data["outcome"] or {}
    concluded, accepted = _day(outcome.get("concluded_on")), _day(intake["accepted_on"])
    result = outcome.get("result", "")
    agreement = data["agreement"] if result in SUCCESS else None
    court = data["judicial_confirmation"]
    referral = data.get("court_referral") or {}
    return Line(
        key=data["case_key"],
        track=data["track"],
        body=data["organisation"]["name"],
        body_type=data["organisation"]["type"],
        category=data["dispute"]["category"],
        zz=data["dispute"]["category_zz"]["code"][:2],
        source=_source(intake),
        difficult=data["dispute"]["difficulty"] == "疑难复杂",
        received=_sure(intake["received_on"]),
        accepted=accepted,
        concluded=concluded,
        due=_due(data),
        result=result,
        form=agreement["form"] if agreement else "",
        opened=any(session["result"] is not None for session in data["sessions"]),
        persons=sum(party.get("headcount") or 1 for party in data["parties"]),
        agreed=_payable(agreement) if agreement else Decimal(0),
        days=_days_taken(data, accepted, concluded),
        performed=_performed(data, agreement) if agreement else None,
        applied=_day(court["applied_on"]),
        valid=_day(court["decided_on"]) if court["result"] == "裁定调解协议有效" else None,
        refused=_day(court["decided_on"])
        if court["result"].startswith(("裁定驳回", "裁定不予受理"))
        else None,
        handed=_handed(orders),
        closed=_day(closed_on),
        visits=[
            (_sure(visit["on"]), visit["satisfaction"] in ("满意", "基本满意")) for visit in data["followups"]
        ],
        court_mode={"立案前委派调解": "委派", "立案后委托调解": "委托"}.get(referral.get("mode", ""), ""),
        court_papers=tuple(referral.get("returned_papers", ())),
        prevented={
            danger: (pair[0], pair[1])
            for danger, pair in data["statistics"]["prevented_cases_persons"].items()
        },
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _sure(text: str) -> date:
    return date.fromisoformat(text)


def _source(intake: Json) -> str:
    """§3.3 columns 12-19: own motion, application, or who sent it; the sender's name before the channel."""
    if intake["source_stat"] != "接受委托移送":
        return str(intake["source_stat"])
    for text in (intake["source_org"] or "", intake["channel"]):
        for name, words in _SENDER_WORDS:
            if any(word in text for word in words):
                return name
    return "其他部门"


def _due(data: Json) -> date | None:
    """Last due date: ``due_after`` of the last suspension or extension, else the day promised on acceptance."""
    changes = [(one["notice_on"], one["due_after"]) for one in data.get("suspensions", ())]
    changes += [(one["agreed_on"], one["due_after"]) for one in data.get("extensions", ())]
    return _day(max(changes)[1]) if changes else _day(data["intake"]["mediation_due_on"])


def _payable(agreement: Json) -> Decimal:
    clauses = [one for one in agreement["clauses"] if one["kind"] == "支付"]
    return sum((Decimal(one["amount"]) for one in clauses), Decimal(0))


def _performed(data: Json, agreement: Json) -> date | None:
    """Day of the last thing done, once nothing is open and what was paid is what was to be paid.

    An agreement without payments has no proof of its own but the closed volume.
    """
    rows = data["performance"]
    if any(row["done_on"] is None for row in rows):
        return None
    payments = {clause["no"] for clause in agreement["clauses"] if clause["kind"] == "支付"}
    paid = sum((Decimal(row["amount"] or 0) for row in rows if row["clause"] in payments), Decimal(0))
    if paid != _payable(agreement):
        return None
    done = [row["done_on"] for row in rows]
    if not payments:
        archived = data["archive"]["archived_on"] if data["archive"] else None
        return _day(max([archived, *done])) if archived else None
    return _day(max(done)) if done else None


def _days_taken(data: Json, accepted: date | None, concluded: date | None) -> int:
    """§5.6: days after acceptance up to the end, those of a suspension left out."""
    if accepted is None or concluded is None:
        return 0
    still = [(_sure(one["from"]), _sure(one["to"])) for one in data.get("suspensions", ())]
    days = (accepted + timedelta(step) for step in range(1, (concluded - accepted).days + 1))
    return sum(not any(first <= day <= last for first, last in still) for day in days)


def _handed(orders: Iterable[Json]) -> date | None:
    """Day of the first 转办 or 交办 that was neither sent back nor voided."""
    days = [
        order["given_on"]
        for order in orders
        if order["kind"] in ("转办", "交办") and not order["refused_on"] and not order["voided_on"]
    ]
    return _day(min(days)) if days else None
