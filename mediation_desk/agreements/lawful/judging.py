"""A draft against every item; what each test finds is (clause, words for ``{found}``)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache

from mediation_desk.agreements.lawful import performable, persons, rates, sums
from mediation_desk.agreements.lawful.items import items
from mediation_desk.agreements.lawful.model import Finding, Item, Level, Matter
from mediation_desk.shared.errors import InputError

Found = Iterator[tuple[int, str]]
Test = Callable[[Matter], Found]

TESTS: Mapping[str, Test] = {
    "content": performable.without_text,
    "blank": performable.blanks,
    "who": performable.who,
    "when": performable.when,
    "manner": performable.manner,
    "place": performable.place,
    "before_signature": performable.before_signature,
    "writing": performable.better_in_writing,
    "not_a_party": persons.not_a_party,
    "same_person": persons.same_person,
    "guarantor": persons.guarantor_is_no_party,
    "others": persons.others_named,
    "minor": persons.minor_gives_up,
    "instalments": sums.instalments,
    "shares": sums.shares,
    "members": sums.members,
    "annex_open": sums.annex_open,
    "over_claims": sums.over_claims,
    "set_off": sums.set_off,
    "set_off_unknown": sums.set_off_unknown,
    "uncovered": sums.uncovered,
    "waiver_though_open": sums.waiver_though_open,
    "interest": rates.interest_over_cap,
    "interest_unsure": rates.interest_perhaps_over_cap,
    "penalty": rates.penalty_high,
}


def judge(matter: Matter) -> tuple[Finding, ...]:
    """How every item stands, in the order of the list: what is found, else one line that it is fine."""
    found: list[Finding] = []
    for item in items():
        if not _concerns(item, matter):
            continue
        hits = [_finding(item, clause, words) for clause, words in _test(item)(matter)]
        found += hits or [_fine(item)]
    return tuple(found)


def forbidden(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Those that keep the draft from becoming an agreement."""
    return tuple(one for one in findings if one.level is Level.FORBIDDEN)


def to_look_at(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Those that are told; ``tick`` says whether somebody has to answer for them."""
    return tuple(one for one in findings if one.level is Level.LOOK)


def _concerns(item: Item, matter: Matter) -> bool:
    return (not item.tracks or matter.track in item.tracks) and (
        not item.categories
        or matter.category in item.categories
        or any(matter.category_zz.startswith(code) for code in item.categories if code.isdigit())
    )


def _test(item: Item) -> Test:
    if item.check == "words":
        return lambda matter: _words(item, matter)
    if item.check not in TESTS:
        raise InputError(f"规则文件 lawful.toml 里没有叫“{item.check}”的核对办法，请检查。")
    return TESTS[item.check]


def _words(item: Item, matter: Matter) -> Found:
    for clause in matter.clauses:
        if item.kinds and clause.kind not in item.kinds:
            continue
        for sentence in re.split("[。；！？\n]", clause.text):
            hit = next((found for one in item.patterns if (found := _compiled(one).search(sentence))), None)
            if hit is not None and not any(word in sentence for word in item.unless):
                yield clause.no, hit[0]
                break


@lru_cache(maxsize=1000)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _finding(item: Item, clause: int, words: str) -> Finding:
    return Finding(
        item=item.key,
        title=item.title,
        level=item.level,
        clause=clause,
        says=item.says.replace("{found}", words),
        rule=item.rule,
        article=item.article,
        tick=item.tick,
    )


def _fine(item: Item) -> Finding:
    return Finding(item=item.key, title=item.title, level=Level.FINE, article=item.article)
