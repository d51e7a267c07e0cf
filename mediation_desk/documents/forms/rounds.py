"""The rounds behind a choice: who was shown, what every party ranked and struck, and what decided (§5.4)."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

from mediation_desk.cases.model import CaseFile
from mediation_desk.documents.content import Block, Column, Label, Note, Table, paragraph
from mediation_desk.documents.forms.background import Cards
from mediation_desk.documents.forms.substance import numeral
from mediation_desk.experts.choice.ballot import Ballot, Mark, Shown
from mediation_desk.experts.choice.published import published_rule
from mediation_desk.experts.choice.rule import Step
from mediation_desk.parties.model import Party
from mediation_desk.shared.clock import local_day
from mediation_desk.shared.dates import cn_date, cn_time

_CANDIDATES = (
    Column(title="顺序", weight=9),
    Column(title="编号", weight=10),
    Column(title="姓名", weight=20),
    Column(title="单位", weight=33, centred=False),
    Column(title="擅长", weight=26, centred=False),
    Column(title="年限", weight=9),
    Column(title="等级", weight=23),
    Column(title="语言", weight=26, centred=False),
    Column(title="在办", weight=9),
)
_MARKS = (
    Column(title="当事人", weight=48, centred=False),
    Column(title="选择（依次）", weight=42, centred=False),
    Column(title="排除", weight=28, centred=False),
    Column(title="时间、方式", weight=38, centred=False),
)


UNKNOWN = "—"  # an empty cell looks forgotten


def rounds_of(file: CaseFile, ballots: tuple[Ballot, ...]) -> tuple[Ballot, ...]:
    """The round that gave the result on file and, if it was a run-off, the ones it followed; none if none is closed."""
    closed = [ballot for ballot in ballots if not ballot.is_open and not _broken_off(ballot)]
    result = file.selection.result if file.selection else ()
    while closed and closed[-1].result and closed[-1].result[0] not in result:
        closed.pop()  # overtaken since, by an objection for example
    if not closed:
        return ()
    first = len(closed) - 1
    while first and closed[first].run_off:
        first -= 1
    return tuple(closed[first:])


def rounds(file: CaseFile, ballots: tuple[Ballot, ...], cards: Cards) -> tuple[Block, ...]:
    """Name of the rule, candidates, marks of each round and the explanation of its outcome."""
    called = names_of(ballots, cards)
    first = ballots[0]
    return (
        paragraph(
            f"{_rule_name(first)}，全文附后。" if rule_text(first) else f"{_rule_name(first)}。",
            label="选定规则：",
        ),
        Label(text="候选调解员（按在办案件从少到多、久未被选者在前的中立顺序展示）："),
        Table(
            columns=_CANDIDATES,
            rows=tuple(_candidate(place, one, cards) for place, one in enumerate(first.shown, start=1)),
            fine=True,
        ),
        *_told(first, called),
        *(block for ballot in ballots for block in _round(file, ballot, called)),
    )


def rule_text(ballot: Ballot) -> tuple[Block, ...]:
    """The rule in full, as an annex; nothing for an older version, whose text may have been another."""
    rule = published_rule()
    if rule.version != ballot.rule:
        return ()
    text = "".join(f"（{place}）{sentence}" for place, sentence in enumerate(rule.sentences, start=1))
    return (Note(text=f"附：{_rule_name(ballot)}{text}"),)


def _rule_name(ballot: Ballot) -> str:
    return f"《{published_rule().title}》（{ballot.rule}版）"


def names_of(ballots: tuple[Ballot, ...], cards: Cards) -> dict[str, str]:
    """How each candidate is called; two of one name are told apart by their numbers."""
    shown = {one.pool_no: one.name for ballot in ballots for one in ballot.shown}
    named = {number: card.name for number, card in cards.items()} | shown
    often = Counter(named.values())
    return {number: f"{name}（{number}）" if often[name] > 1 else name for number, name in named.items()}


def spoken(file: CaseFile, why: str, called: dict[str, str]) -> str:
    """``why`` with the names of parties and candidates in place of their references."""
    words = {party.ref: party.name for party in file.parties} | called
    if not words:
        return why
    known = "|".join(re.escape(ref) for ref in sorted(words, key=len, reverse=True))
    return re.sub(f"(?<![0-9A-Za-z-])(?:{known})(?![0-9A-Za-z-])", lambda hit: words[hit[0]], why)


def _candidate(place: int, shown: Shown, cards: Cards) -> tuple[str, ...]:
    card = cards.get(shown.pool_no)
    about = ("", "", "", "", "")
    if card is not None:
        years = f"{card.years}年" if card.years else ""
        fields, languages = "、".join(card.specialties), "、".join(card.languages)
        about = (card.organisation, fields, years, card.grade or "", languages)
    known = (text or UNKNOWN for text in about)
    return (str(place), shown.pool_no, shown.name, *known, f"{shown.running}件")


def _told(ballot: Ballot, called: dict[str, str]) -> tuple[Block, ...]:
    told = [
        f"{called[one.pool_no]}：{'；'.join(text.rstrip('。') for text in one.disclose)}。"
        for one in ballot.shown
        if one.disclose
    ]
    return (paragraph("".join(told), label="选择前已向各方披露："),) if told else ()


def _round(file: CaseFile, ballot: Ballot, called: dict[str, str]) -> tuple[Block, ...]:
    days = {local_day(mark.at) for mark in ballot.marks}
    day = days.pop() if len(days) == 1 else None
    rows = tuple(_mark(file, party, ballot.mark_of(party.ref), called, day) for party in file.parties)
    why = spoken(file, ballot.why, called)
    return (
        Label(text=_round_title(ballot, called, day)),
        Table(columns=_MARKS, rows=rows),
        *([paragraph(f"{why.rstrip('。')}。", label="结果说明：")] if why else []),
    )


def _broken_off(ballot: Ballot) -> bool:
    """Whether the round was ended by hand and led to nothing."""
    return not ballot.result and ballot.ended_by not in ("", *Step)


def _round_title(ballot: Ballot, called: dict[str, str], day: date | None) -> str:
    on = f"（{cn_date(day)}）" if day else ""
    title = f"第{numeral(ballot.no)}轮各方选择{on}"
    if not ballot.run_off:
        return f"{title}："
    again = "、".join(called[number] for number in ballot.candidates)
    return f"{title}，前一轮没有共同人选，再次展示未被任何一方排除的{again}："


def _mark(
    file: CaseFile, party: Party, mark: Mark | None, called: dict[str, str], day: date | None
) -> tuple[str, ...]:
    who = f"{party.side}{party.name}"
    if party.is_group and party.representatives:
        who += f"（代表人{'、'.join(file.name_of(ref) for ref in party.representatives)}）"
    if mark is None or not mark.sealed:
        return (who, "未作选择", "无", "")
    ranked = "、".join(f"{place}．{_name(called, no)}" for place, no in enumerate(mark.ranks, start=1))
    struck = "、".join(_name(called, no) for no in mark.strikes)
    moment = mark.at.astimezone()
    at = "" if day else cn_date(moment.date())
    by = f"，{file.name_of(mark.by)}经手" if mark.by else ""
    return (who, ranked or "未作选择", struck or "无", f"{at}{cn_time(moment.time())}，{mark.place}{by}")


def _name(called: dict[str, str], number: str) -> str:
    return called.get(number, number)
