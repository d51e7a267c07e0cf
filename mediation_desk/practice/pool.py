"""The invented pool as whole records; what depends on the day is counted from the day the centre is filled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

from mediation_desk.experts.mediator import (
    BodyKind,
    Credential,
    Duty,
    Grade,
    Honour,
    Layer,
    Leave,
    Mediator,
    Post,
    PostSource,
    Slot,
    Tie,
    TieKind,
    Training,
)
from mediation_desk.experts.model import MediatorCard
from mediation_desk.practice.material import centre, centre_data
from mediation_desk.shared.track import Track
from mediation_desk.shared.workdays import next_working_day

SCHEME, ASSOCIATION = "national", "清平区人民调解员协会"
TERM_YEARS = 3
AWAY_OVERRIDE = "请假前已经排定的调解会按原时间进行"
"""Cases are invented without looking at leave; whoever is away still holds what was arranged before."""

_TRACKS = {BodyKind.AGENCY: Track.ADMINISTRATIVE, BodyKind.COURT: Track.JUDICIAL}
_ROOMS = 30


def sample_pool(on: date) -> tuple[Mediator, ...]:
    """Everybody of the sample centre as they are on this day."""
    data = centre_data()
    bodies = {entry["name"]: entry for entry in data["body"]}
    return tuple(
        _mediator(centre().cards[entry["pool_no"]], entry, bodies[entry["organisation"]], on)
        for entry in data["mediator"]
    )


def _mediator(card: MediatorCard, entry: Mapping[str, Any], body: Mapping[str, Any], on: date) -> Mediator:
    term_from, term_to = _term(entry, on)
    kind = BodyKind(body["body_kind"])
    return Mediator(
        card=card,
        body_kind=kind,
        tracks=(_TRACKS.get(kind, Track.PEOPLES),),
        layer=Layer(body["layer"]) if "layer" in body else None,
        major=entry.get("major", ""),
        professional_title=entry.get("title", ""),
        address=_address(entry) if "born" in entry else "",
        post=Post(entry.get("post", Post.MEDIATOR)),
        post_source=PostSource(entry["source"]) if "source" in entry else None,
        term_from=term_from,
        term_to=term_to,
        started_on=_begun(card, on),
        filed_on=term_from + timedelta(days=9),
        court_roster_on=term_from if entry.get("court_roster") else None,
        studio=entry.get("studio", ""),
        case_limit=entry.get("case_limit"),
        introduction=entry.get("introduction", ""),
        grades=tuple(_grades(card, on)),
        credentials=tuple(_credentials(entry, on)),
        trainings=tuple(
            Training(on=on - timedelta(days=ago), hours=Decimal(hours), topic=topic)
            for ago, hours, topic in entry.get("hours", ())
        ),
        honours=tuple(Honour(title=title, body=given) for title, given in entry.get("honours", ())),
        duties=tuple(
            Duty(weekday=day, start=time.fromisoformat(first), end=time.fromisoformat(last))
            for day, first, last in entry.get("duties", ())
        ),
        slots=tuple(_slots(entry, on)),
        leaves=tuple(_leaves(entry, on)),
        ties=tuple(
            Tie(kind=TieKind(kind), name=name, relation=said) for kind, name, said in entry.get("ties", ())
        ),
    )


def _term(entry: Mapping[str, Any], on: date) -> tuple[date, date]:
    """Three years from a new year's day; the one that is about to end began on any day."""
    if "term_ends_in" not in entry:
        return date(on.year - 1, 1, 1), date(on.year - 2 + TERM_YEARS, 12, 31)
    last = on + timedelta(days=entry["term_ends_in"])
    return last - timedelta(days=365 * TERM_YEARS), last


def _begun(card: MediatorCard, on: date) -> date | None:
    return date(on.year - card.years_mediating, 3, 1) if card.years_mediating else None


def _grades(card: MediatorCard, on: date) -> Iterator[Grade]:
    if card.grade:
        yield Grade(scheme=SCHEME, level=card.grade, body=ASSOCIATION, on=date(on.year - 2, 6, 1))


def _credentials(entry: Mapping[str, Any], on: date) -> Iterator[Credential]:
    for kind, body, ends_in in entry.get("credentials", ()):
        ends = on + timedelta(days=ends_in) if ends_in else None
        yield Credential(kind=kind, body=body, expires_on=ends)


def _slots(entry: Mapping[str, Any], on: date) -> Iterator[Slot]:
    for ahead, first, last in entry.get("slots", ()):
        day = next_working_day(on + timedelta(days=ahead)).on
        yield Slot(on=day, start=time.fromisoformat(first), end=time.fromisoformat(last))


def _leaves(entry: Mapping[str, Any], on: date) -> Iterator[Leave]:
    if "away" in entry:
        first, last = (on + timedelta(days=days) for days in entry["away"])
        yield Leave(from_on=first, to=last, reason="年休假", override=AWAY_OVERRIDE)


def _address(entry: Mapping[str, Any]) -> str:
    return f"临江市清平区槐荫路{entry['seq']}号{entry['seq'] % _ROOMS + 101}室"
