"""Which cases are locked when they are registered, and what is said of a case that is (``rules/privacy.toml``)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from mediation_desk.cases.lock import Lock
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.vocabulary import Category
from mediation_desk.parties.model import age_on
from mediation_desk.shared.assets import built, remembered
from mediation_desk.shared.record import record


@record
class LockedRules:
    """``under``: a party or member younger than so many years locks the case, 0 for none.

    ``words`` of the matter lock it too; ``send_on``: whoever registers a dispute that is on file behind a lock is
    told whom to ask, and nothing else; otherwise nothing at all.
    """

    categories: frozenset[Category]
    under: int
    words: tuple[str, ...]
    send_on: bool
    ask: str


@remembered
def locked_rules() -> LockedRules:
    """The section [locked]. Raises ``InputError`` for a kind nobody knows."""
    return built("privacy", lambda table: _rules(table["locked"]))


def _rules(table: Mapping[str, Any]) -> LockedRules:
    return LockedRules(
        categories=frozenset(Category(one) for one in table["categories"]),
        under=int(table["under"]),
        words=tuple(str(one) for one in table["words"]),
        send_on=bool(table["send_on"]),
        ask=str(table["ask"]),
    )


def locked_by_rule(file: CaseFile, *, on: date, by: str, account: str) -> CaseFile:
    """``file`` as it is registered: locked where a rule says so, for who registers it and whoever works on it."""
    grounds = tuple(_grounds(file, locked_rules()))
    if not grounds or file.beside.lock is not None:
        return file
    lock = Lock(
        on=on, by=by, reason=f"按规则登记时限制：{'、'.join(grounds)}", grounds=grounds, named=(account,)
    )
    return replace(file, beside=replace(file.beside, lock=lock))


def _grounds(file: CaseFile, rules: LockedRules) -> Iterator[str]:
    if file.dispute.category in rules.categories:
        yield file.dispute.category.value
    if any(_young(born, file.intake.received_on, rules.under) for born in _born(file)):
        yield f"当事人未满{rules.under}周岁"
    yield from (word for word in rules.words if word in file.title or word in file.facts)


def _born(file: CaseFile) -> Iterator[date | None]:
    yield from (party.birth_date for party in file.parties)
    yield from (member.birth_date for member in file.group_members)


def _young(born: date | None, on: date, under: int) -> bool:
    return born is not None and age_on(born, on) < under
