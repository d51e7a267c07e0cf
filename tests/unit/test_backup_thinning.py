"""Which backups stay: the newest, those before an upgrade, and grandfather, father, son."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from mediation_desk.backups.rules import Keep, backup_rules
from mediation_desk.backups.thinning import Dated, kept
from mediation_desk.shared.clock import local_day

NOW = datetime(2026, 11, 28, 4, tzinfo=UTC)
KEEP = Keep(hours=48, daily=12, weekly=10, monthly=9, upgrade_days=31)
AGES = st.lists(st.tuples(st.integers(0, 600 * 24), st.booleans()), max_size=80)


def made(ages: list[tuple[int, bool]]) -> list[Dated]:
    return [
        Dated(name=f"{number:03}", made_at=NOW - timedelta(hours=hours), upgrade=upgrade)
        for number, (hours, upgrade) in enumerate(ages)
    ]


@given(AGES)
def test_what_always_stays_and_what_never_does(ages: list[tuple[int, bool]]) -> None:
    backups = made(ages)
    stay = kept(backups, NOW, KEEP, 365)
    ages_of = {one.name: NOW - one.made_at for one in backups}
    if backups:
        assert any(one.name in stay for one in backups if one.made_at == max(two.made_at for two in backups))
    for one in backups:
        if ages_of[one.name] <= timedelta(hours=48):
            assert one.name in stay
        if one.upgrade and ages_of[one.name] <= timedelta(days=31):
            assert one.name in stay
    old = [name for name in stay if ages_of[name] > timedelta(days=365)]
    assert len(old) <= (1 if len(stay) == 1 else 0)


@given(AGES)
def test_thinning_twice_is_thinning_once_and_there_are_never_many(ages: list[tuple[int, bool]]) -> None:
    backups = [one for one in made(ages) if not one.upgrade]
    stay = kept(backups, NOW, KEEP, 365)
    left = [one for one in backups if one.name in stay]
    assert kept(left, NOW, KEEP, 365) == stay
    assert len([one for one in left if NOW - one.made_at > timedelta(hours=48)]) <= 12 + 10 + 9


@given(AGES)
def test_each_of_the_last_days_weeks_and_months_keeps_its_newest(ages: list[tuple[int, bool]]) -> None:
    backups = made(ages)
    stay = kept(backups, NOW, KEEP, 10_000)
    days = sorted({local_day(one.made_at) for one in backups}, reverse=True)[:12]
    for day in days:
        newest = max(one.made_at for one in backups if local_day(one.made_at) == day)
        assert any(one.name in stay for one in backups if one.made_at == newest)


def test_a_year_of_hours() -> None:
    stay = kept(made([(hours, False) for hours in range(24 * 365)]), NOW, KEEP, 365)
    assert 49 + 10 <= len(stay) <= 49 + 12 + 10 + 9


def test_the_rules_that_are_shipped() -> None:
    rules = backup_rules()
    assert (rules.every, rules.alarm.days, rules.drill.days) == (timedelta(hours=1), 8, 7)
    assert rules.keep == KEEP
