"""Notice, consent, transfers and requests as the centre's file has them: ``resources/rules/personal.toml``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mediation_desk.cases.vocabulary import Category
from mediation_desk.shared.assets import built, remembered
from mediation_desk.shared.record import record
from mediation_desk.shared.track import Track


@record
class NoticeWords:
    """The text of the notice: ``parts`` are caption and words, in the order they are printed."""

    title: str
    basis: str
    closing: str
    parts: tuple[tuple[str, str], ...]


@record
class Ground:
    """On what ground bodies of a track use personal information; ``needed`` asks for the person's own consent."""

    needed: bool
    words: str


@record
class SensitiveKind:
    """One kind of sensitive data: by the category of the dispute, or by words in title, facts and claims."""

    what: str
    categories: frozenset[Category]
    words: tuple[str, ...]


@record
class PersonalRules:
    """The whole file. ``transfers`` are what and ground by kind; ``version`` is that of the notice."""

    version: str
    rule: str
    notice: NoticeWords
    grounds: Mapping[Track, Ground]
    minor_under: int
    minor_basis: str
    sensitive_basis: str
    sensitive_young: str
    sensitive: tuple[SensitiveKind, ...]
    transfer_basis: str
    transfers: Mapping[str, tuple[str, str]]
    request_days: int
    request_basis: str


@remembered
def personal_rules() -> PersonalRules:
    """The rules in force. Raises ``InputError`` when the file is wrong."""
    return built("personal", _read)


def _read(data: Mapping[str, Any]) -> PersonalRules:
    notice, sensitive = data["notice"], data["sensitive"]
    made = PersonalRules(
        version=str(data["version"]),
        rule=data["rule"],
        notice=NoticeWords(
            title=notice["title"],
            basis=notice["basis"],
            closing=notice["closing"],
            parts=tuple((part["caption"], part["text"]) for part in notice["part"]),
        ),
        grounds={
            Track(one["track"]): Ground(needed=bool(one["needed"]), words=one["ground"])
            for one in data["ground"]
        },
        minor_under=int(data["minor"]["under"]),
        minor_basis=data["minor"]["basis"],
        sensitive_basis=sensitive["basis"],
        sensitive_young=sensitive["young"],
        sensitive=tuple(
            SensitiveKind(
                what=one["what"],
                categories=frozenset(map(Category, one["categories"])),
                words=tuple(one["words"]),
            )
            for one in sensitive["kind"]
        ),
        transfer_basis=data["transfer"]["basis"],
        transfers={one["kind"]: (one["what"], one["ground"]) for one in data["transfer"]["kind"]},
        request_days=int(data["request"]["days"]),
        request_basis=data["request"]["basis"],
    )
    if set(made.grounds) != set(Track) or made.request_days < 1:
        raise ValueError(made.version)
    return made
