"""Who may be shown, chosen or appointed in one case, and every reason for and against (§5.4)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from enum import StrEnum
from functools import lru_cache

from mediation_desk.experts.choice.fields import field_words, fitting, generic_words, speaks, tongues
from mediation_desk.experts.choice.published import published_rule
from mediation_desk.experts.conflicts.model import Effect, Hit
from mediation_desk.experts.mediator import Mediator, Standing
from mediation_desk.shared.dates import cn_date
from mediation_desk.shared.record import record
from mediation_desk.shared.track import Track


class Obstacle(StrEnum):
    """What stands against a mediator."""

    STANDING = "不在聘"
    TERM = "不在聘期"
    LEAVE = "请假"
    LIMIT = "在办已满"
    TRACK = "种类不符"
    RECUSED = "本案已回避"
    CONFLICT = "应当回避"
    LANGUAGE = "语言不符"
    FIELD = "领域不符"
    BUSY = "没有空"


@record
class Against:
    """One reason. ``hard``: must never be chosen or appointed; otherwise only kept off a list that is long enough."""

    kind: Obstacle
    sentence: str
    hard: bool


@record
class Demand:
    """What one case asks of its mediators on one day; made by :func:`demand_of`, which reads the rules once."""

    on: date
    track: Track
    words: tuple[str, ...] = ()
    matters: tuple[str, ...] = ()
    generic: tuple[str, ...] = ()
    language: str = ""
    tongues: tuple[str, ...] = ()
    insisted: bool = False
    recused: frozenset[str] = frozenset()
    case_limit: int


def demand_of(
    *,
    on: date,
    track: Track,
    category: str,
    matters: Iterable[str] = (),
    language: str = "",
    insisted: bool = False,
    recused: Collection[str] = (),
) -> Demand:
    """What this case asks. ``category`` is one of the 18 kinds; ``matters`` are further names (综治 class, cause).

    ``insisted``: a party cannot do without ``language``, so nobody else may serve. ``recused`` are the pool
    numbers that stepped down in this case. Raises ``InputError`` for a category the rule file does not know.
    """
    words = field_words(category)
    return Demand(
        on=on,
        track=track,
        words=words,
        matters=(category, *matters) if words else (),
        generic=generic_words(),
        language=language.strip(),
        tongues=tongues(language),
        insisted=insisted,
        recused=frozenset(recused),
        case_limit=published_rule().case_limit,
    )


def reasons_against(
    mediator: Mediator, demand: Demand, *, running: int, hits: Sequence[Hit] = (), busy: str = ""
) -> tuple[Against, ...]:
    """Every reason against this mediator, hard ones first; empty for one who may be shown.

    ``running`` counts open cases, this one left out; ``hits`` are the conflicts found, of which only those
    that exclude count here; ``busy`` is a sentence of the caller when no time can be found.
    """
    found = _on_file(mediator, demand.on)
    limit = demand.case_limit if mediator.case_limit is None else mediator.case_limit
    if running >= limit:
        found.append(_hard(Obstacle.LIMIT, f"在办{running}件，已到上限{limit}件"))
    if mediator.tracks and demand.track not in mediator.tracks:  # learned from a case: kinds not on file
        served = "、".join(mediator.tracks)
        found.append(_hard(Obstacle.TRACK, f"不承办{demand.track}（{served}）"))
    if mediator.card.pool_no in demand.recused:
        found.append(_hard(Obstacle.RECUSED, "在本案中已经回避"))
    for hit in hits:
        if hit.effect is Effect.EXCLUDE:
            found.append(_hard(Obstacle.CONFLICT, hit.sentence))
    if demand.tongues and not speaks(mediator.card.languages, demand.tongues):
        found.append(_not_spoken(demand.language, demand.insisted))
    if demand.words and not _fields(mediator, demand):
        found.append(_other_field(mediator.card.specialties))
    if busy:
        found.append(Against(kind=Obstacle.BUSY, sentence=busy, hard=False))
    return tuple(found)


def reasons_for(mediator: Mediator, demand: Demand, *, running: int) -> tuple[str, ...]:
    """Why this mediator is listed: fitting fields or that too few have one, open cases, the language asked for."""
    fields = "、".join(_fields(mediator, demand))
    said = [f"擅长{fields}"] if fields else []
    if demand.words and not fields:
        said.append("擅长这类纠纷的人不足，放宽领域列入")
    said.append(f"在办{running}件" if running else "没有在办案件")
    if demand.tongues and speaks(mediator.card.languages, demand.tongues):
        said.append(f"会{demand.language}")
    return tuple(said)


def _on_file(mediator: Mediator, on: date) -> list[Against]:
    """What the record itself says about the day."""
    found: list[Against] = []
    if mediator.standing is not Standing.ENGAGED:
        found.append(_hard(Obstacle.STANDING, _standing(mediator)))
    if not mediator.in_term(on):
        found.append(_hard(Obstacle.TERM, _term(mediator, on)))
    if mediator.leaves:
        leave = mediator.on_leave(on)
        if leave is not None:
            found.append(_hard(Obstacle.LEAVE, f"{cn_date(leave.from_on)}至{cn_date(leave.to)}请假"))
    return found


def _hard(kind: Obstacle, sentence: str) -> Against:
    return Against(kind=kind, sentence=sentence, hard=True)


def _fields(mediator: Mediator, demand: Demand) -> tuple[str, ...]:
    return fitting(mediator.card.specialties, demand.words, demand.matters, demand.generic)


def _standing(mediator: Mediator) -> str:
    said = "已离任" if mediator.standing is Standing.LEFT else "暂停承办"
    since = f"，自{cn_date(mediator.standing_on)}起" if mediator.standing_on else ""
    reason = f"，{mediator.standing_reason}" if mediator.standing_reason else ""
    return f"{said}{since}{reason}"


def _term(mediator: Mediator, on: date) -> str:
    if mediator.term_from is not None and on < mediator.term_from:
        return f"聘期{cn_date(mediator.term_from)}才开始"
    return f"聘期已于{cn_date(mediator.term_to)}届满" if mediator.term_to else "不在聘期内"


# Most of a large pool is of another field: the same few reasons are made once, not thousands of times.


@lru_cache(maxsize=1 << 14)
def _other_field(specialties: tuple[str, ...]) -> Against:
    fields = "、".join(specialties)
    sentence = f"擅长{fields}，与本案的类型不符" if fields else "没有登记擅长的领域"
    return Against(kind=Obstacle.FIELD, sentence=sentence, hard=False)


@lru_cache(maxsize=64)
def _not_spoken(language: str, insisted: bool) -> Against:
    return Against(kind=Obstacle.LANGUAGE, sentence=f"没有登记会{language}", hard=insisted)
