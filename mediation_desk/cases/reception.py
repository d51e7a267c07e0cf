"""What intake offers to choose from, and what it suggests from the words typed; read from the rule tables."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from mediation_desk.cases.model import Coded
from mediation_desk.cases.vocabulary import Category, CourtMode, DayUnit, SourceStat
from mediation_desk.parties.model import PartyKind
from mediation_desk.shared.assets import built
from mediation_desk.shared.record import record
from mediation_desk.shared.track import Track
from mediation_desk.shared.workdays import Period, add_period

_OTHERS = "99"
_SHORTEST_ORGANISATION = 4
_NAMED = 2


class ReplyPart(StrEnum):
    """What a sender may have to get back (§4.4)."""

    RESULT = "结果"
    AGREEMENT = "协议"
    FACTS = "无争议事实"
    PROOF = "履行凭证"


@record
class ReplyRule:
    """What the sender gets back and within how many days of the result; ``basis`` says where that is from."""

    what: tuple[ReplyPart, ...]
    days: int
    unit: DayUnit
    basis: str

    def end(self, since: date) -> date:
        """Last day to answer when the result is known since ``since``."""
        return add_period(since, Period(days=self.days, working=self.unit is DayUnit.WORKING_DAYS)).on


@record
class Channel:
    """One way a dispute comes in; ``needs_sender`` says whether a sender is asked for and whether it must be given."""

    name: str
    source_stat: SourceStat
    asks_sender: bool = False
    needs_sender: bool = False
    paper: str = ""
    court: CourtMode | None = None
    by_track: tuple[tuple[Track, SourceStat], ...] = ()
    reply: ReplyRule | None = None

    def source_for(self, track: Track | None) -> SourceStat:
        """How 表二 counts it for a case of this track."""
        return dict(self.by_track).get(track, self.source_stat) if track else self.source_stat


@record
class Guess:
    """A suggestion and the words it rests on; no words, no reason."""

    category: Category
    zz: Coded
    because: tuple[str, ...] = ()


def channels() -> tuple[Channel, ...]:
    """All channels in the order of the rule table. Raises ``InputError`` for a faulty rule file."""
    return built("channels", _channels)


def _channels(data: Mapping[str, Any]) -> tuple[Channel, ...]:
    return tuple(
        Channel(
            name=entry["name"],
            source_stat=SourceStat(entry["source_stat"]),
            asks_sender="from" in entry,
            needs_sender=entry.get("from") == "必填",
            paper=entry.get("paper", ""),
            court=CourtMode(entry["court"]) if "court" in entry else None,
            by_track=tuple(
                (Track(track), SourceStat(source)) for track, source in entry.get("by_track", {}).items()
            ),
            reply=_reply(entry["reply"]) if "reply" in entry else None,
        )
        for entry in data["channel"]
    )


def _reply(entry: Mapping[str, Any]) -> ReplyRule:
    return ReplyRule(
        what=tuple(ReplyPart(part) for part in entry["what"]),
        days=int(entry["days"]),
        unit=DayUnit(entry["unit"]),
        basis=entry["basis"],
    )


def reply_rule(channel: str) -> ReplyRule | None:
    """What the sender gets back who came through this channel, if anything. ``InputError`` for a faulty file."""
    return built("channels", lambda data: _reply_of(data, channel))


def _reply_of(data: Mapping[str, Any], channel: str) -> ReplyRule | None:
    found = next((entry for entry in data["channel"] if entry["name"] == channel), None)
    return _reply(found["reply"]) if found is not None and "reply" in found else None


def zz_codes() -> tuple[Coded, ...]:
    """The 综治 list, two levels written as one, each top code closed by its 其他.

    Raises ``InputError`` for a faulty rule file.
    """
    return built("categories", _zz_codes)


def _zz_codes(data: Mapping[str, Any]) -> tuple[Coded, ...]:
    made: list[Coded] = []
    for top in data["zz"]:
        if not top.get("mediated", True):
            continue
        for number, below in enumerate(top["below"], start=1):
            made.append(Coded(code=f"{top['code']}{number:02d}", name=f"{top['name']}-{below}"))
        name = top["name"] if not top["below"] and top["code"] == _OTHERS else f"{top['name']}-其他"
        made.append(Coded(code=f"{top['code']}{_OTHERS}", name=name))
    return tuple(made)


def zz_of(category: Category) -> Coded:
    """The 综治 entry a kind of dispute usually has."""
    return _zz(_kind(category)["zz"])


def zz_in_order(category: Category) -> tuple[Coded, ...]:
    """All 综治 entries, those that map to ``category`` first."""
    near = {code for code, kinds in _tops().items() if category.value in kinds}
    return tuple(sorted(zz_codes(), key=lambda entry: (entry.code[:2] not in near, entry.code)))


def zz_fits(category: Category, code: Coded) -> bool:
    """Whether the 综治 entry usually goes with this kind of dispute; 其他 goes with every kind."""
    top = code.code[:2]
    return top == _OTHERS or category.value in _tops().get(top, (category.value,))


def _tops() -> Mapping[str, tuple[str, ...]]:
    """The upper level of the 综治 list with the kinds of dispute that go with each."""
    return built("categories", lambda data: {top["code"]: tuple(top.get("kinds", ())) for top in data["zz"]})


def guess(facts: str) -> Guess | None:
    """The kind of dispute the words point to: longer words count more, the earlier kind wins a tie."""
    return built("categories", lambda data: _guess(data, facts))


def _guess(data: Mapping[str, Any], facts: str) -> Guess | None:
    best: tuple[int, Guess] | None = None
    for entry in data["kind"]:
        found = tuple(word for word in entry["words"] if word in facts)
        score = sum(len(word) for word in found)
        if not found or (best is not None and score <= best[0]):
            continue
        codes = [entry["by_word"][word] for word in found if word in entry.get("by_word", {})]
        zz = _zz(codes[0] if codes else entry["zz"])
        best = score, Guess(category=Category(entry["name"]), zz=zz, because=found[:3])
    return best[1] if best else None


def title_of(first: tuple[str, ...], second: tuple[str, ...], category: Category | None) -> str:
    """``甲、乙与丙邻里纠纷``; from the third name on a side is counted; "" until both sides have a name."""
    if not first or not second:
        return ""
    return f"{_joined(first)}与{_joined(second)}{category.value if category else '纠纷'}"


def kind_by_name(name: str) -> PartyKind:
    """What kind of party a name sounds like; the longest ending decides, and short names are people's."""
    if len(name) < _SHORTEST_ORGANISATION:
        return PartyKind.PERSON
    return built("categories", lambda data: _kind_by_ending(data["named"], name.rstrip("）)")))


def _kind_by_ending(named: Mapping[str, list[str]], name: str) -> PartyKind:
    ends = [
        (len(end), PartyKind(kind))
        for kind, endings in named.items()
        for end in endings
        if name.endswith(end.rstrip("）"))
    ]
    return max(ends, key=lambda found: found[0])[1] if ends else PartyKind.PERSON


def _joined(names: tuple[str, ...]) -> str:
    return "、".join(names) if len(names) <= _NAMED else f"{names[0]}等{len(names)}方"


def _kind(category: Category) -> Any:
    return built("categories", lambda data: {one["name"]: one for one in data["kind"]}[category.value])


def _zz(code: str) -> Coded:
    return built("categories", lambda data: {one.code: one for one in _zz_codes(data)}[code])
