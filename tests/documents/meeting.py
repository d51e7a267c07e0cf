"""Cases with a session still to come, and lines of a calendar, for notices and day sheets."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from typing import Any

from mediation_desk.cases.calendar.model import CalledParty, SessionLine
from mediation_desk.cases.lifecycle import State
from mediation_desk.cases.model import CaseFile
from mediation_desk.hearings.model import Session, SessionMode
from mediation_desk.hearings.summons import NoticeWay, Summons
from mediation_desk.parties.model import PartyKind
from mediation_desk.shared.track import Track
from tests.documents.dispute import DAY, case, company, guardian, person


def planned_case(*, told: bool = False, mode: SessionMode = SessionMode.ON_SITE, **more: Any) -> CaseFile:
    """A child with a guardian against a company with an agent; the first session is arranged."""
    child = replace(person("A1", "温墨", guardian=guardian()), birth_date=date(2013, 3, 2))
    session = Session(
        no=1, date=DAY, start=time(9, 30), place="第二调解室", mode=mode, presided_by="M01", recorder="R01"
    )
    file = case(
        parties=(child, company("B1", "测试物业有限公司")),
        sessions=(session,),
        agreement=None,
        outcome=None,
        **more,
    )
    return replace(file, beside=replace(file.beside, summonses=(notice(session),))) if told else file


def notice(session: Session, **more: Any) -> Summons:
    """Handed to the guardian."""
    values: dict[str, Any] = {
        "session_no": session.no,
        "ref": "A1",
        "date": session.date,
        "start": session.start,
        "place": session.place,
        "mode": session.mode.value,
        "given_on": date(2026, 3, 18),
        "way": NoticeWay.IN_PERSON,
        "by": "许宁",
        "to": "母亲",
        "delivered_on": date(2026, 3, 18),
    }
    return Summons(**values | more)


def line(no: int = 1, **more: Any) -> SessionLine:
    """A session of the calendar with a person of a two-character surname, a company and a group."""
    values: dict[str, Any] = {
        "case_key": "T01",
        "number": "（2026）测人调字第31号",
        "title": "欧阳若兰与测试物业有限公司渗水纠纷",
        "track": Track.PEOPLES,
        "category": "邻里纠纷",
        "state": State.MEDIATING,
        "party_names": "欧阳若兰、测试物业有限公司、孔令全等23名工人",
        "parties": (
            CalledParty(ref="A1", name="欧阳若兰", kind=PartyKind.PERSON),
            CalledParty(ref="B1", name="测试物业有限公司", kind=PartyKind.COMPANY),
            CalledParty(ref="C1", name="孔令全等23名工人", kind=PartyKind.GROUP, persons=23),
        ),
        "mediators": (("M01", "傅和"),),
        "recorder": "赵宁",
        "no": no,
        "date": DAY,
        "start": time(9, 30),
        "ends": time(11, 30),
        "place": "第二调解室",
        "room": "",
        "mode": SessionMode.ON_SITE,
        "result": None,
        "notices_open": 1,
    }
    return SessionLine(**values | more)
