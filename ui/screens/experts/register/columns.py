"""What a line of the register shows; identity numbers, telephones and addresses are not among it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

from mediation_desk.experts.mediator import Standing
from mediation_desk.experts.searching import Entry
from ui.moments import when
from ui.screens.experts.words import (
    SHORT_EMPLOYMENT,
    SHORT_TRACK,
    STANDING_TONES,
    languages,
    listed,
    short_grade,
)
from ui.tables.record_model import Column
from ui.tokens import Tone

_NEVER = datetime.max.replace(tzinfo=UTC)


def register_columns(today: Callable[[], date]) -> tuple[Column[Entry], ...]:
    """The last columns give way first."""
    return (
        Column("编号", lambda entry: entry.mediator.pool_no, width=66),
        Column("姓名", lambda entry: entry.mediator.name, width=96),
        Column("单位", lambda entry: entry.mediator.card.organisation),
        Column("擅长", lambda entry: listed(entry.mediator.card.specialties), width=190),
        Column(
            "在办",
            lambda entry: f"{entry.running} 件",
            width=70,
            number=True,
            sort=lambda entry: entry.running,
        ),
        Column(
            "最早有空",
            lambda entry: _free(entry, today()),
            width=112,
            sort=lambda entry: entry.next_free or _NEVER,
            optional=True,
        ),
        Column(
            "在册",
            lambda entry: entry.mediator.standing.value,
            width=66,
            tone=_standing_tone,
            optional=True,
        ),
        Column(
            "提醒",
            lambda entry: f"{len(entry.notices)} 项" if entry.notices else "",
            width=66,
            tone=lambda _entry: Tone.SOON,
            sort=lambda entry: len(entry.notices),
            explain=lambda entry: "\n".join(entry.notices),
            optional=True,
        ),
        Column("等级", lambda entry: short_grade(entry.mediator.card.grade) or "—", width=76, optional=True),
        Column(
            "层级",
            lambda entry: entry.mediator.layer.value if entry.mediator.layer else "—",
            width=116,
            optional=True,
        ),
        Column("语言", lambda entry: listed(languages(entry.mediator)), width=130, optional=True),
        Column(
            "聘任",
            lambda entry: SHORT_EMPLOYMENT.get(entry.mediator.card.employment, ""),
            width=66,
            optional=True,
        ),
        Column(
            "种类",
            lambda entry: listed(tuple(SHORT_TRACK[track] for track in entry.mediator.tracks)),
            width=80,
            optional=True,
        ),
        Column(
            "从事年限",
            _years,
            width=88,
            number=True,
            sort=lambda entry: entry.mediator.card.years_mediating or 0,
            optional=True,
        ),
    )


def _free(entry: Entry, today: date) -> str:
    return when(entry.next_free, today) if entry.mediator.standing is Standing.ENGAGED else "—"


def _standing_tone(entry: Entry) -> Tone:
    """Only what is not usual stands out."""
    standing = entry.mediator.standing
    return Tone.QUIET if standing is Standing.ENGAGED else STANDING_TONES[standing]


def _years(entry: Entry) -> str:
    years = entry.mediator.card.years_mediating
    return f"{years} 年" if years is not None else "—"
