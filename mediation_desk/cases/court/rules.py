"""The rule table of court confirmation: articles, subjects, papers, other ways (``rules/confirmation.toml``)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from mediation_desk.agreements.model import Clause, ClauseKind
from mediation_desk.cases.vocabulary import Category
from mediation_desk.shared.assets import built
from mediation_desk.shared.record import record
from mediation_desk.shared.track import Track


class Verdict(StrEnum):
    """What becomes of an application, from the best to the worst."""

    MAY = "可以申请"
    ASK = "先问法院"
    PARTLY = "部分内容法院不予确认"
    NEEDLESS = "不需要申请"
    CANNOT = "不能申请"


class Need(StrEnum):
    """When a paper belongs to the pack."""

    ALWAYS = "总是"
    PROPERTY = "涉财产"
    AGENT = "有代理人"
    GROUP = "有群体"


class Source(StrEnum):
    """How it is known that a paper is at hand."""

    TICKED = ""
    AGREEMENT = "协议"
    CONTACTS = "联系方式"


class Fits(StrEnum):
    """What another way is good for."""

    MONEY = "金钱给付"
    PERFORMANCE = "给付"
    LABOUR = "劳动"
    ANY = "任何"


@record
class Subject:
    """Content a court does not confirm; ``whole`` when it stops the whole application."""

    name: str
    patterns: tuple[str, ...]
    kinds: tuple[ClauseKind, ...]
    whole: bool
    sentence: str
    basis: str

    def found_in(self, clause: Clause) -> str:
        """The words in the clause that touch this subject; "" for none."""
        if self.kinds and clause.kind not in self.kinds:
            return ""
        found = (re.search(pattern, clause.text) for pattern in self.patterns)
        return next((one.group() for one in found if one), "")


@record
class OfTrack:
    """How the courts of the place treat agreements of a track."""

    track: Track
    verdict: Verdict
    sentence: str
    basis: str


@record
class PaperRule:
    """One paper of the pack."""

    name: str
    when: Need
    per_party: bool = False
    source: Source = Source.TICKED
    form: str = ""


@record
class OtherWay:
    """What the parties may do instead."""

    name: str
    when: Fits
    categories: tuple[Category, ...]
    places: tuple[str, ...]
    sentence: str
    basis: str


@record
class CourtRules:
    """The table, read."""

    articles: Mapping[str, str]
    subjects: tuple[Subject, ...]
    tracks: tuple[OfTrack, ...]
    papers: tuple[PaperRule, ...]
    property_patterns: tuple[str, ...]
    others: tuple[OtherWay, ...]
    offer_words: tuple[str, ...]
    facts_basis: str


def court_rules() -> CourtRules:
    """The rules as the centre has them. Raises ``InputError`` for a faulty file."""
    return built("confirmation", _read)


def article(name: str) -> str:
    """The article called ``name`` in the table, e.g. ``apply``."""
    return court_rules().articles[name]


def _read(data: Mapping[str, Any]) -> CourtRules:
    for pattern in (one for entry in data["subject"] for one in entry["patterns"]):
        _checked(pattern)
    return CourtRules(
        articles={name: str(words) for name, words in data["articles"].items()},
        subjects=tuple(
            Subject(
                name=entry["name"],
                patterns=tuple(entry["patterns"]),
                kinds=tuple(ClauseKind(kind) for kind in entry["kinds"]),
                whole={"整体": True, "部分": False}[entry["scope"]],
                sentence=entry["sentence"],
                basis=entry["basis"],
            )
            for entry in data["subject"]
        ),
        tracks=tuple(
            OfTrack(
                track=Track(entry["track"]),
                verdict=Verdict(entry["verdict"]),
                sentence=entry["sentence"],
                basis=entry["basis"],
            )
            for entry in data.get("track", ())
        ),
        papers=tuple(
            PaperRule(
                name=entry["name"],
                when=Need(entry["when"]),
                per_party=entry.get("per_party", False),
                source=Source(entry.get("source", "")),
                form=entry.get("form", ""),
            )
            for entry in data["paper"]
        ),
        property_patterns=tuple(_checked(one) for one in data["property"]["patterns"]),
        others=tuple(
            OtherWay(
                name=entry["name"],
                when=Fits(entry["when"]),
                categories=tuple(Category(kind) for kind in entry["categories"]),
                places=tuple(entry.get("places", ())),
                sentence=entry["sentence"],
                basis=entry["basis"],
            )
            for entry in data["instead"]
        ),
        offer_words=tuple(data["facts"]["offer_words"]),
        facts_basis=data["facts"]["basis"],
    )


def _checked(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(pattern) from error
    return pattern
