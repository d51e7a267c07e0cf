"""What the calendar says of a session, of the people of a day, and of free time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, time
from itertools import takewhile

from mediation_desk.cases.calendar.model import SessionLine, Staff, WaitingLine
from mediation_desk.experts.rules import Span
from mediation_desk.hearings.waiting import Urgency
from mediation_desk.shared.workdays import is_working_day
from ui.tokens import Tone

_WEEKDAYS = "一二三四五六日"
_SHOWN = 4
_BRIEFEST = 3
"""Letters of a room's name that stay whatever it shares with the others."""


def day_head(day: date) -> str:
    """``3月16日 周一``."""
    return f"{day.month}月{day.day}日 周{_WEEKDAYS[day.weekday()]}"


def day_brief(day: date, today: date) -> str:
    """``周一 3-16``, ``今天 3-16``: for a narrow column."""
    name = "今天" if day == today else f"周{_WEEKDAYS[day.weekday()]}"
    return f"{name} {day.month}-{day.day}"


def span_text(span: Span) -> str:
    """``09:30–11:30``."""
    return f"{span[0]:%H:%M}–{span[1]:%H:%M}"


def mark(line: SessionLine, notes: tuple[str, ...]) -> tuple[str, Tone]:
    """The one thing to know at a glance; ``"", QUIET`` when all is well."""
    if line.result is not None:
        return f"已记录，{line.result}", Tone.DONE
    if any(not note.startswith("仍按") for note in notes):
        return "冲突", Tone.SOON
    if line.notices_open:
        return f"{line.notices_open} 方没有通知", Tone.SOON
    return "都已通知", Tone.QUIET


def lines_of(line: SessionLine, notes: tuple[str, ...], *, place: bool) -> tuple[tuple[str, Tone], ...]:
    """What stands on a block, the most important first; ``place`` where the column does not say it."""
    shown = mark(line, notes)
    people = "、".join(name for _no, name in line.mediators)
    when = span_text(line.span) if place else f"{span_text(line.span)} {line.mode}"
    told = ((when, Tone.QUIET), (line.title, Tone.INK), shown, (people, Tone.QUIET))
    where = ((f"{line.mode} {line.place}", Tone.QUIET),) if place else ()
    return (*told, *where, *((note, Tone.SOON) for note in notes))


def spoken(line: SessionLine, notes: tuple[str, ...]) -> str:
    """Everything about a session in one sentence, for screen readers and the tool tip."""
    people = "、".join(name for _no, name in line.mediators)
    parts = (
        f"{day_head(line.date)} {span_text(line.span)}",
        f"{line.place}（{line.mode}）",
        f"{line.title}（{line.name}，第{line.no}次）",
        line.party_names,
        f"调解员 {people}" if people else "",
        mark(line, notes)[0],
        *notes,
    )
    return "，".join(part for part in parts if part)


def brief_names(names: Sequence[str]) -> tuple[str, ...]:
    """Names of rooms without the beginning they share, so that a narrow column tells them apart."""
    alike = takewhile(lambda letters: len(set(letters)) == 1, zip(*names, strict=False))
    shared = len("".join(letters[0] for letters in alike).rstrip("第"))
    fewest = min((len(name) for name in names), default=0) - _BRIEFEST
    return tuple(name[max(min(shared, fewest), 0) :] for name in names)


def free_spans(hours: Iterable[Span], taken: Iterable[Span]) -> tuple[Span, ...]:
    """What is left of the open hours."""
    left = list(hours)
    for starts, ends in taken:
        left = [part for first, last in left for part in _without(first, last, starts, ends)]
    return tuple(left)


def _without(first: time, last: time, starts: time, ends: time) -> list[Span]:
    if ends <= first or last <= starts:
        return [(first, last)]
    return [part for part in ((first, starts), (ends, last)) if part[0] < part[1]]


def open_on(day: date, hours: tuple[Span, ...]) -> tuple[Span, ...]:
    """The hours in which the centre is open on this day."""
    return hours if is_working_day(day) else ()


def free_text(spans: Iterable[Span]) -> str:
    """``空闲 11:30–12、14–17:30``."""
    told = "、".join(f"{_short(first)}–{_short(last)}" for first, last in spans)
    return f"空闲 {told}" if told else "没有空闲"


def _short(at: time) -> str:
    return f"{at.hour}:{at.minute:02d}" if at.minute else str(at.hour)


def staff_text(staff: Staff) -> str:
    """Who is on duty with what is free, and who is away; "" when nobody is."""
    duty = [
        f"{one.name}（{free_text(one.free) if one.free else '已排满'}）" for one in staff.on_duty[:_SHOWN]
    ]
    away = [f"{one.name}（到{one.to.month}月{one.to.day}日）" for one in staff.on_leave[:_SHOWN]]
    told = (_people("值班", duty, len(staff.on_duty)), _people("请假", away, len(staff.on_leave)))
    return "　".join(part for part in told if part)


def staff_brief(staff: Staff) -> str:
    """Their names alone, for a narrow column."""
    duty, away = ([one.name for one in people[:_SHOWN]] for people in (staff.on_duty, staff.on_leave))
    told = (_people("值班", duty, len(staff.on_duty)), _people("请假", away, len(staff.on_leave)))
    return "\n".join(part for part in told if part)


def _people(word: str, names: list[str], whole: int) -> str:
    return f"{word}：{'、'.join(names)}{_rest(whole)}" if names else ""


def _rest(count: int) -> str:
    return f" 等 {count} 人" if count > _SHOWN else ""


def urgency_tone(line: WaitingLine) -> Tone:
    """How pressing a waiting case is; the word stands beside it."""
    return {Urgency.URGENT: Tone.SEAL, Urgency.SOON: Tone.SOON}.get(line.urgency, Tone.QUIET)


def wishes(line: WaitingLine) -> str:
    """``远程，司法调解室，李平，4月1日以后，周三下午``."""
    earliest = f"{line.earliest.month}月{line.earliest.day}日以后" if line.earliest else ""
    parts = (line.mode.value if line.mode else "", line.room_kind, line.mediator, earliest, line.preferred)
    return "，".join(part for part in parts if part)


def waiting_spoken(line: WaitingLine) -> str:
    """Everything about a waiting case, for the tool tip."""
    parts = (
        f"{line.title}（{line.number or line.case_key}）",
        f"等第{line.session_no}次调解，{line.since.isoformat()}起，{line.by}登记",
        wishes(line),
        line.note,
    )
    return "\n".join(part for part in parts if part)
