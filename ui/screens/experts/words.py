"""Words of the register: when somebody is next free, where he serves, what stands behind a filter."""

from __future__ import annotations

from datetime import date, datetime

from mediation_desk.experts.choice.fields import COMMON_LANGUAGE
from mediation_desk.experts.mediator import Mediator, Standing
from mediation_desk.experts.model import Employment
from mediation_desk.experts.searching import PoolFilter
from mediation_desk.parties.model import Gender
from mediation_desk.shared.track import Track
from ui.moments import day_told, when
from ui.tokens import Tone

SHORT_EMPLOYMENT = {
    Employment.FULL_TIME: "专职",
    Employment.PART_TIME: "兼职",
    Employment.INVITED: "特邀",
    Employment.OFFICIAL: "行政",
}
SHORT_TRACK = {Track.PEOPLES: "人民", Track.ADMINISTRATIVE: "行政", Track.JUDICIAL: "司法"}
STANDING_TONES = {Standing.ENGAGED: Tone.DONE, Standing.SUSPENDED: Tone.SOON, Standing.LEFT: Tone.QUIET}
WEEKDAYS = "一二三四五六日"


def earliest(mediator: Mediator, moment: datetime | None, today: date) -> str:
    """``最早 周四上午`` for a card; who does not serve is not said to be busy."""
    if mediator.standing is not Standing.ENGAGED:
        return mediator.standing.value
    return f"最早 {when(moment, today)}" if moment is not None else when(None, today)


def listed(words: tuple[str, ...], empty: str = "—") -> str:
    """``邻里、婚姻家庭``."""
    return "、".join(words) or empty


def languages(mediator: Mediator) -> tuple[str, ...]:
    """What he speaks; 普通话 when nothing is on file."""
    return mediator.card.languages or (COMMON_LANGUAGE,)


def short_grade(grade: str | None) -> str:
    """``二级`` of 二级人民调解员."""
    return (grade or "").removesuffix("人民调解员")


def sentence(wanted: PoolFilter, today: date) -> str:
    """What is being looked for as one reads it aloud: ``擅长邻里，会蒙古语，今天有空``; "" for everybody."""
    parts = [f"“{wanted.words.strip()}”"] if wanted.words.strip() else []
    if wanted.track:
        parts.append(wanted.track.value)
    if wanted.layer:
        parts.append(f"{wanted.layer.value}一级")
    if wanted.gender:
        parts.append(f"{'女' if wanted.gender is Gender.FEMALE else '男'}调解员")
    if wanted.grade:
        parts.append(wanted.grade)
    if wanted.field:
        parts.append(f"擅长{wanted.field}")
    if wanted.language:
        parts.append(f"会{wanted.language}")
    if wanted.free_on:
        parts.append(f"{day_told(wanted.free_on, today)}有空")
    return "，".join(parts)
