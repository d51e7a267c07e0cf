"""Worked dates for every row of domain.md §1.5: an ordinary end, weekend, holiday, make-up day, unknown year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from mediation_desk.cases.deadlines.reckoning import reckon
from mediation_desk.cases.deadlines.rules import (
    Consent,
    Stage,
    Start,
    Whose,
    all_rules,
    rule_by_code,
    rules_here,
)
from mediation_desk.cases.vocabulary import SuspensionCause
from mediation_desk.shared.assets import read_text, use_rules_in
from mediation_desk.shared.workdays import is_known, is_public_holiday, is_working_day

ORDINARY, WEEKEND, HOLIDAY, MAKE_UP, UNKNOWN = "平日", "休息日", "节假日", "调休", "暂定"

WORKED = [
    # 督促履行: the day after, a rest day rolls over
    ("urge", "2026-04-20", "2026-04-21", ORDINARY),
    ("urge", "2026-08-15", "2026-08-17", WEEKEND),
    # 调解期限 in days: 30 from acceptance, National Day, a working Sunday, Spring Festival of an unknown year
    ("people", "2026-03-10", "2026-04-09", ORDINARY),
    ("people", "2026-03-26", "2026-04-27", WEEKEND),
    ("people", "2026-09-02", "2026-10-08", HOLIDAY),
    ("people", "2026-08-21", "2026-09-20", MAKE_UP),
    ("people", "2026-12-10", "2027-01-11", UNKNOWN),
    ("court.delegated", "2026-04-21", "2026-05-21", ORDINARY),
    ("court.delegated", "2026-04-03", "2026-05-06", HOLIDAY),
    ("court.delegated", "2026-12-20", "2027-01-19", UNKNOWN),
    ("court.entrusted", "2026-03-02", "2026-03-17", ORDINARY),
    ("court.entrusted", "2026-09-17", "2026-10-08", HOLIDAY),
    ("court.entrusted", "2026-09-25", "2026-10-10", MAKE_UP),
    ("court.entrusted.simple", "2026-03-02", "2026-03-09", ORDINARY),
    ("court.entrusted.simple", "2026-03-07", "2026-03-16", WEEKEND),
    ("court.entrusted.simple", "2026-09-13", "2026-09-20", MAKE_UP),
    ("court.other", "2026-05-11", "2026-06-10", ORDINARY),
    ("labour", "2026-02-26", "2026-03-13", ORDINARY),
    ("labour", "2026-02-02", "2026-02-24", HOLIDAY),
    ("labour", "2026-02-13", "2026-02-28", MAKE_UP),
    ("labour", "2026-12-22", "2027-01-06", UNKNOWN),
    ("traffic.police", "2026-03-02", "2026-03-12", ORDINARY),
    ("traffic.police", "2026-09-23", "2026-10-08", HOLIDAY),
    ("traffic.police", "2026-09-10", "2026-09-20", MAKE_UP),
    ("traffic.police.apply", "2026-03-04", "2026-03-16", WEEKEND),
    # 调解期限 in working days
    ("medical.people", "2026-07-22", "2026-09-02", ORDINARY),
    ("medical.people", "2026-05-22", "2026-07-06", HOLIDAY),
    ("medical.people", "2026-08-18", "2026-09-29", MAKE_UP),
    ("medical.people", "2026-12-01", "2027-01-12", UNKNOWN),
    ("medical.bureau", "2026-07-22", "2026-09-02", ORDINARY),
    ("medical.bureau", "2026-09-10", "2026-10-28", HOLIDAY),
    ("market", "2026-07-10", "2026-09-11", ORDINARY),
    ("market", "2026-08-20", "2026-10-28", HOLIDAY),
    # To accept or refuse, to hand on
    ("court.reply", "2026-04-21", "2026-04-24", ORDINARY),
    ("court.reply", "2026-04-30", "2026-05-08", HOLIDAY),
    ("court.reply", "2026-09-17", "2026-09-21", MAKE_UP),
    ("medical.bureau.reply", "2026-05-20", "2026-05-27", ORDINARY),
    ("medical.bureau.reply", "2026-09-28", "2026-10-10", MAKE_UP),
    ("market.reply", "2026-07-06", "2026-07-15", ORDINARY),
    ("market.reply", "2026-12-28", "2027-01-06", UNKNOWN),
    ("shenzhen.reply", "2026-06-15", "2026-06-23", HOLIDAY),
    ("shenzhen.reply.complex", "2026-03-02", "2026-03-16", ORDINARY),
    ("shenzhen.hand_on", "2026-03-06", "2026-03-11", WEEKEND),
    ("shenzhen", "2026-03-26", "2026-04-27", WEEKEND),
    ("ningbo", "2026-03-26", "2026-04-27", WEEKEND),
    # Online mediation
    ("court.choose", "2026-04-21", "2026-04-23", ORDINARY),
    ("court.choose", "2026-04-30", "2026-05-07", HOLIDAY),
    ("court.choose", "2026-09-18", "2026-09-21", MAKE_UP),
    ("court.appoint", "2026-04-23", "2026-04-28", WEEKEND),
    ("court.contact", "2026-04-21", "2026-04-24", ORDINARY),
    # Uncertain rows, switched off until the place has confirmed them
    ("police", "2026-03-02", "2026-03-05", ORDINARY),
    ("police", "2026-09-30", "2026-10-10", MAKE_UP),
    ("administrative.approved", "2026-03-02", "2026-03-30", ORDINARY),
    ("administrative", "2026-06-05", "2026-07-06", WEEKEND),
    # Afterwards
    ("market.inform", "2026-09-22", "2026-10-09", HOLIDAY),
    ("confirm", "2026-03-24", "2026-04-23", ORDINARY),
    ("confirm", "2026-05-08", "2026-06-08", WEEKEND),
    ("confirm", "2026-09-02", "2026-10-08", HOLIDAY),
    ("confirm", "2026-08-21", "2026-09-20", MAKE_UP),
    ("confirm", "2026-12-17", "2027-01-18", UNKNOWN),
    ("confirm.accept", "2026-05-20", "2026-05-25", WEEKEND),
    ("confirm.decide", "2026-05-20", "2026-06-22", HOLIDAY),
    ("visit", "2026-06-12", "2026-07-13", WEEKEND),
    ("land.sue", "2026-09-02", "2026-10-08", HOLIDAY),
]


@pytest.mark.parametrize(("code", "start", "due", "why"), WORKED)
def test_a_rule_ends_where_the_calendar_says(code: str, start: str, due: str, why: str) -> None:
    found = reckon(rule_by_code(code), date.fromisoformat(start))
    assert found.due_on == date.fromisoformat(due)
    assert found.provisional == (why == UNKNOWN)
    assert ("暂定：2027年放假安排未公布" in found.why) == (why == UNKNOWN)
    assert found.rule is not None
    rolled = "顺延至" in found.why
    if found.rule.period.working:
        assert not rolled
    else:
        assert rolled == (why in (WEEKEND, HOLIDAY) or (why == UNKNOWN and "逢" in found.why))
    assert ("逢节假日" in found.why) == (rolled and why == HOLIDAY)


def test_every_rule_has_a_worked_date() -> None:
    assert {rule.code for rule in all_rules()} == {code for code, *_ in WORKED}


def test_codes_are_not_used_twice() -> None:
    codes = [rule.code for rule in all_rules()]
    assert len(set(codes)) == len(codes)


def test_every_rule_names_its_source_and_what_an_overrun_means() -> None:
    assert all(rule.article and rule.overrun for rule in all_rules())


def test_what_is_uncertain_or_local_is_off_or_marked() -> None:
    here = {rule.code for rule in rules_here()}
    assert {"police", "administrative.approved", "shenzhen", "shenzhen.reply", "ningbo"}.isdisjoint(here)
    assert rule_by_code("police").verify
    assert {"people", "labour", "medical.people", "confirm", "court.delegated"} <= here


def test_limits_of_longer_periods_are_those_of_the_rows() -> None:
    assert rule_by_code("medical.bureau").extend.by is Consent.NOBODY
    assert rule_by_code("medical.people").extend.by is Consent.ALL_PARTIES
    assert rule_by_code("medical.people").excludes == (SuspensionCause.APPRAISAL,)
    second = rule_by_code("police").extend
    assert (second.by, second.times, second.days) == (Consent.SECOND_ROUND, 1, 7)
    approved = rule_by_code("administrative.approved").extend
    assert (approved.by, approved.days) == (Consent.HEAD, 10)
    assert rule_by_code("labour").start is Start.RECEIVED
    assert rule_by_code("court.appoint").whose is Whose.COURT


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path
    use_rules_in(Path("/nonexistent"))


def test_the_place_of_the_centre_switches_its_rules_on(own: Path) -> None:
    centre = (
        read_text("rules/centre.toml").replace('place = ""', 'place = "宁波市"').replace("uses =", "un =")
    )
    (own / "centre.toml").write_text(centre, "utf-8")
    use_rules_in(own)
    here = {rule.code for rule in rules_here()}
    assert "ningbo" in here
    assert "shenzhen" not in here
    assert "court.choose" not in here


def test_a_year_entered_by_the_centre_counts(own: Path) -> None:
    shipped = read_text("rules/holidays.toml")
    example = re.sub(r"^# (?=\[\[year|year|source|holidays|working)", "", shipped, flags=re.MULTILINE)
    (own / "holidays.toml").write_text(example, "utf-8")
    assert reckon(rule_by_code("people"), date(2027, 1, 6)).provisional
    use_rules_in(own)
    assert is_known(date(2027, 6, 1))
    assert not is_known(date(2028, 6, 1))
    assert is_public_holiday(date(2027, 2, 8))
    assert is_working_day(date(2027, 2, 14))  # a Sunday
    due = reckon(rule_by_code("people"), date(2027, 1, 6))
    assert (due.due_on, due.provisional) == (date(2027, 2, 12), False)
    assert "逢节假日，顺延至2月12日" in due.why


def test_an_older_file_of_a_centre_still_reads(own: Path) -> None:
    (own / "deadlines.toml").write_text(
        '[[rule]]\ntrack = "人民调解"\nlength = 20\nunit = "日"\nbasis = "本地规定"\narticle = "本地规定"\n',
        "utf-8",
    )
    use_rules_in(own)
    [rule] = rules_here()
    assert (rule.stage, rule.extend.by, rule.text) == (Stage.PERIOD, Consent.ALL_PARTIES, "20日（本地规定）")
