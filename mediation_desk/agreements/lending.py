"""The cap on interest of private loans: four times the one-year LPR on the day of the contract."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from mediation_desk.shared.assets import built, remembered
from mediation_desk.shared.record import record

DAYS_A_YEAR = 365
_TEN_THOUSAND = 10_000


@record
class Lending:
    """The dated table: ``rates`` are (from which day, percent a year), oldest first; ``times`` the multiple."""

    times: int
    rates: tuple[tuple[date, Decimal], ...]
    article: str

    def lpr(self, on: date) -> Decimal | None:
        """The rate in force on a day; None before the table begins."""
        return next((rate for since, rate in reversed(self.rates) if since <= on), None)

    def cap(self, on: date) -> Decimal | None:
        """The highest rate a court protects for a contract of this day."""
        rate = self.lpr(on)
        return None if rate is None else rate * self.times


@remembered
def lending() -> Lending:
    """What ``resources/rules/lpr.toml`` says. Raises ``InputError`` for a faulty file."""
    return built("lpr", _lending)


def yearly(penalty: Decimal) -> Decimal:
    """``penalty`` in 万分之 a day as percent a year: 万分之二 are 7.3 %."""
    return penalty * DAYS_A_YEAR * 100 / _TEN_THOUSAND


def _lending(data: Mapping[str, Any]) -> Lending:
    rates = sorted((one["from"], Decimal(one["rate"])) for one in data["rate"])
    return Lending(times=int(data["times"]), rates=tuple(rates), article=data["article"])
