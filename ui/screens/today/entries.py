"""What the lists of the day say: each line a title, a short word at its right, and the place it leads to."""

from __future__ import annotations

from datetime import date

from mediation_desk.cases.deadlines.lights import Light, signal, signal_of
from mediation_desk.cases.deadlines.model import DueLine, Group
from mediation_desk.cases.ink.waiting import InkLine
from mediation_desk.cases.routing.worklist import OrderLine
from mediation_desk.cases.summary import CaseSummary, Draft, OpenItem, PlannedSession, Today
from mediation_desk.shared.clock import local_day
from mediation_desk.shared.money import figures
from mediation_desk.shared.record import record
from ui.lights import light_tone
from ui.screens.intake.drafts import draft_title, saved_words, unfinished
from ui.tokens import Tone
from ui.widgets.why_line import short_day


@record
class Entry:
    """``place`` is a case key, ``part`` a tab of its page; a draft has its own key and no case."""

    key: str
    title: str
    word: str
    tone: Tone = Tone.QUIET
    tip: str = ""
    place: str = ""
    part: str = ""


def left(day: date, today: date) -> tuple[str, Tone]:
    """``还有 5 天``, ``还有 2 天`` in amber, ``就是今天`` and ``已过 3 天`` in seal red."""
    shown = signal(day, today)
    return shown.words, light_tone(shown.light)


def session_entries(sessions: tuple[PlannedSession, ...], today: date) -> tuple[Entry, ...]:
    """Sessions ahead, today's in ink blue."""
    return tuple(
        Entry(
            key=f"{one.case_key}/{one.no}",
            title=one.title,
            word=f"{_near(one.date, today)} {one.start:%H:%M}",
            tone=Tone.ACCENT if one.date == today else Tone.QUIET,
            tip=f"{one.title}\n{short_day(one.date, today)}，第 {one.no} 次调解，{one.mode}，{one.place}",
            place=one.case_key,
            part="sessions",
        )
        for one in sessions
    )


def deadline_entries(lines: tuple[DueLine, ...], today: date) -> tuple[Entry, ...]:
    """The next deadlines of every kind, each with why it falls on this day."""
    made = []
    for line in lines:
        shown = signal_of(line, today)
        mark = "（暂定）" if line.provisional else ""
        tip = (
            line.title,
            line.party_names,
            f"{line.what} {short_day(line.due_on, today)}{mark}，{shown.text}",
            f"为什么是这天：{line.why}",
        )
        made.append(
            Entry(
                key=f"{line.case_key}/{line.code}",
                title=f"{line.what}　{line.title}",
                word=shown.words,
                tone=light_tone(shown.light),
                tip="\n".join(words for words in tip if words),
                place=line.case_key,
                part=line.place,
            )
        )
    return tuple(made)


def signing_entries(cases: tuple[CaseSummary, ...]) -> tuple[Entry, ...]:
    """Agreements that wait for signatures."""
    return tuple(_of_case(case, "等签名", Tone.SEAL, part="agreement") for case in cases)


def ink_entries(lines: tuple[InkLine, ...], today: date) -> tuple[Entry, ...]:
    """Printed papers that wait for hands, the longest waiting first."""
    return tuple(
        Entry(
            key=f"{one.case_key}/{one.form}/{one.paper_no}",
            title=f"{one.title}　{one.case_title}",
            word=_printed(local_day(one.printed_at), today),
            tip=f"{one.case_title}\n{one.title}，还差：{one.hands}",
            place=one.case_key,
            part="ink",
        )
        for one in lines
    )


def accepting_entries(cases: tuple[CaseSummary, ...], today: date) -> tuple[Entry, ...]:
    """Registered cases on which nobody has decided."""
    return tuple(_of_case(case, _ago(case.received_on, today), Tone.QUIET) for case in cases)


def item_entries(items: tuple[OpenItem, ...], today: date) -> tuple[Entry, ...]:
    """Payments and acts that fall due."""
    made = []
    for item in items:
        word, tone = left(item.due_on, today)
        what = f"第 {item.clause} 条" + (f"第 {item.instalment} 期" if item.instalment else "")
        sum_ = f"{figures(item.amount)} 元" if item.amount is not None else what
        made.append(
            Entry(
                key=f"{item.case_key}/{item.clause}/{item.instalment}",
                title=f"{sum_}　{item.title}",
                word=word,
                tone=tone,
                tip=f"{item.title}\n{what}，{sum_}，{short_day(item.due_on, today)}到期",
                place=item.case_key,
                part="performance",
            )
        )
    return tuple(made)


def order_entries(orders: tuple[OrderLine, ...], today: date) -> tuple[Entry, ...]:
    """转办, 交办, 协办 and 督办 that nobody has answered yet."""
    made = []
    for one in orders:
        word, tone = left(one.due_on, today) if one.due_on is not None else (one.status.value, Tone.QUIET)
        until = f"，限 {short_day(one.due_on, today)}" if one.due_on is not None else ""
        made.append(
            Entry(
                key=f"{one.case_key}/{one.no}",
                title=f"{one.kind}{one.to}　{one.title}",
                word=word,
                tone=tone,
                tip=f"{one.title}\n{one.kind}{one.to}，{one.status}{until}\n{one.task}".rstrip(),
                place=one.case_key,
            )
        )
    return tuple(made)


def at_work_entries(cases: tuple[CaseSummary, ...]) -> tuple[Entry, ...]:
    """Open cases, the newest first, with where each stands."""
    return tuple(_of_case(case, case.state.value, Tone.QUIET) for case in cases)


def draft_entries(drafts: tuple[Draft, ...], today: date) -> tuple[Entry, ...]:
    """Intakes that were not finished."""
    return tuple(
        Entry(key=draft.key, title=draft_title(draft), word=saved_words(draft.saved_at, today))
        for draft in unfinished(drafts)
    )


def pressing(today: Today, lines: tuple[DueLine, ...]) -> int:
    """How many things ask for somebody today: what the navigation shows beside 工作台."""
    duties = (line for line in lines if line.group is not Group.PROMISE)
    near = [line for line in duties if signal_of(line, today.on).light not in (Light.LATER, Light.REMIND)]
    due = [item for item in today.due_items if item.due_on <= today.on]
    here = [one for one in today.sessions if one.date == today.on]
    return len(near) + len(due) + len(here) + len(today.to_accept)


def _of_case(case: CaseSummary, word: str, tone: Tone, *, tip: str = "", part: str = "") -> Entry:
    lines = (case.title, case.party_names, tip)
    return Entry(
        key=case.case_key,
        title=case.title,
        word=word,
        tone=tone,
        tip="\n".join(line for line in lines if line),
        place=case.case_key,
        part=part,
    )


def _near(day: date, today: date) -> str:
    return {0: "今天", 1: "明天"}.get((day - today).days) or f"{day.month}月{day.day}日"


def _printed(day: date, today: date) -> str:
    days = (today - day).days
    return {0: "今天印", 1: "昨天印"}.get(days) or f"印了 {days} 天"


def _ago(day: date, today: date) -> str:
    days = (today - day).days
    return {0: "今天登记", 1: "昨天登记"}.get(days) or f"{days} 天前登记"
