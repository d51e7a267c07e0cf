"""调解日程: the sessions of one day, for the door (no full name, LR-21) or for the desk."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from mediation_desk.cases.calendar.model import CalledParty, SessionLine
from mediation_desk.cases.calendar.rooms import CalendarRoom, room_of
from mediation_desk.documents.content import (
    Block,
    Column,
    DayLine,
    Heading,
    Paper,
    Profile,
    Table,
    Title,
    paragraph,
)
from mediation_desk.experts.conflicts.rules import conflict_rules
from mediation_desk.hearings.model import SessionMode
from mediation_desk.parties.masking import masked_name
from mediation_desk.shared.dates import cn_date, weekday

TITLE = "调解日程"
_DOOR = (
    Column(title="时间", weight=26),
    Column(title="地点", weight=44),
    Column(title="种类", weight=26),
    Column(title="当事人", weight=44, centred=False),
    Column(title="调解员", weight=26),
)
_DESK = (
    Column(title="时间", weight=24),
    Column(title="地点", weight=36, centred=False),
    Column(title="案件", weight=70, centred=False),
    Column(title="当事人", weight=50, centred=False),
    Column(title="方式", weight=14),
    Column(title="调解员、记录", weight=36, centred=False),
    Column(title="通知", weight=26),
)


def compose(
    centre: str, day: date, lines: Sequence[SessionLine], rooms: Sequence[CalendarRoom], *, public: bool
) -> Paper:
    """A public sheet shows surnames, never what it is about, which case, or a place outside the centre."""
    count = f"共{len(lines)}场。" if lines else "没有安排调解。"
    blocks: tuple[Block, ...] = (
        Title(text=TITLE),
        paragraph(f"{cn_date(day)}（{weekday(day)}），{count}", indent=False, keep=True),
        *((_table(lines, rooms, public=public),) if lines else ()),
        *(
            (paragraph("请在调解室外等候；旁听须经各方当事人同意。", indent=False),)
            if public and lines
            else ()
        ),
        DayLine(day=centre),
    )
    heading = Heading(form="日程", title=TITLE, dated=day, part="公示" if public else "内部")
    profile = Profile.SMALL if public else Profile.DENSE
    return Paper(heading=heading, blocks=blocks, profile=profile, landscape=not public)


def _table(lines: Sequence[SessionLine], rooms: Sequence[CalendarRoom], *, public: bool) -> Table:
    if public:
        return Table(columns=_DOOR, rows=tuple(_door_row(line, rooms) for line in lines))
    return Table(columns=_DESK, rows=tuple(_desk_row(line) for line in lines), fine=True)


def _door_row(line: SessionLine, rooms: Sequence[CalendarRoom]) -> tuple[str, ...]:
    """A place that is no room of the centre is somebody's home or work: only 外出 is said of it."""
    place = "网上" if line.mode is SessionMode.REMOTE else line.place if room_of(line, rooms) else "外出"
    return (
        _time(line),
        place,
        str(line.track),
        masked(line.parties),
        "、".join(name for _no, name in line.mediators),
    )


def masked(parties: Iterable[CalledParty]) -> str:
    """The parties as anybody may read them."""
    compound = conflict_rules().compound_surnames
    return "、".join(masked_name(one.name, one.kind, one.persons, compound) for one in parties)


def _desk_row(line: SessionLine) -> tuple[str, ...]:
    seated = "、".join(name for _no, name in line.mediators)
    recorder = f"；记录{line.recorder}" if line.recorder else ""
    told = "已记录" if line.held else f"{line.notices_open}方没有通知" if line.notices_open else "都已通知"
    return (
        _time(line),
        line.place,
        f"{line.title}（{line.name}，第{line.no}次）",
        line.party_names,
        line.mode,
        f"{seated}{recorder}",
        told,
    )


def _time(line: SessionLine) -> str:
    return f"{line.start:%H:%M}—{line.ends:%H:%M}"
