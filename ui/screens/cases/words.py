"""What a list of cases is narrowed to, as one sentence."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from mediation_desk.cases.lifecycle import OPEN, UNDECIDED, UNSUCCESSFUL, State
from mediation_desk.cases.summary import MOST_COUNTED, CaseQuery

GROUPS: dict[str, tuple[State, ...]] = {
    "等受理": (State.REGISTERED,),
    "已分流": (State.ROUTED,),
    "在办": tuple(state for state in State if state in OPEN - UNDECIDED),
    "等签名": (State.AGREED_UNSIGNED,),
    "中止": (State.SUSPENDED,),
    "履行中": (State.EFFECTIVE, State.PERFORMING),
    "履行完毕": (State.PERFORMED,),
    "未达成": tuple(state for state in State if state in UNSUCCESSFUL),
    "回访、结案": (State.FOLLOWED_UP, State.CLOSED),
    "归档": (State.ARCHIVED,),
    "台账旧案": (State.ON_LEDGER,),
}
"""What the list can be narrowed to, in the words of the desk."""

_DIGITS = "零一二三四五六七八九十"


def sentence(query: CaseQuery) -> str:
    """``由清平区人民调解委员会受理的邻里纠纷，在办，三天内到期``; "" for every case."""
    return "，".join(_parts(query))


def states_told(states: tuple[State, ...]) -> str:
    """The desk's word for a group of states, or the states themselves."""
    words = (word for word, group in GROUPS.items() if set(group) == set(states))
    return next(words, "、".join(states))


def due_told(query: CaseQuery) -> str:
    """``已超期`` or ``三天内到期``."""
    if query.overdue:
        return "已超期"
    if query.due_within is None:
        return ""
    return f"{_number(query.due_within)}天内到期" if query.due_within else "今天到期"


def people_told(people: int) -> str:
    """``十人以上``."""
    return f"{_number(people)}人以上" if people > 1 else ""


def counted(count: int) -> str:
    """``153``, or ``999+`` for any longer list."""
    return f"{MOST_COUNTED}+" if count > MOST_COUNTED else str(count)


def counted_in_words(count: int) -> str:
    """``共 153 件``, ``超过 999 件``."""
    return f"超过 {MOST_COUNTED} 件" if count > MOST_COUNTED else f"共 {count} 件"


def _parts(query: CaseQuery) -> Iterator[str]:
    if query.search.strip():
        yield f"写着“{query.search.strip()}”"
    if query.states:
        yield states_told(query.states)
    if query.track:
        yield query.track.value
    matter = query.category.value if query.category else "案件" if query.body else ""
    if query.body or matter:
        yield f"{f'由{query.body}办理的' if query.body else ''}{matter}"
    if query.difficulty:
        yield query.difficulty.value
    if query.mediator:
        yield f"{query.mediator}主持"
    yield from filter(None, (_received(query.received_from, query.received_to), due_told(query)))
    if query.people_from > 1:
        yield people_told(query.people_from)


def _received(first: date | None, last: date | None) -> str:
    if first and last:
        return f"{first}收案" if first == last else f"{first}至{last}收案"
    if first:
        return f"{first}起收案"
    return f"{last}止收案" if last else ""


def _number(value: int) -> str:
    """Small numbers as one says them."""
    if value <= 10:
        return _DIGITS[value]
    tens, ones = divmod(value, 10)
    if value < 100 and not ones:
        return f"{_DIGITS[tens] if tens > 1 else ''}十"
    return "百" if value == 100 else str(value)
