"""Cases brought into the archive room by the services, as quickly as the rules allow."""

from __future__ import annotations

from datetime import timedelta

from mediation_desk.app import Desk as Services
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.steps.closing import Close, PutAway
from mediation_desk.cases.steps.intake import End
from mediation_desk.cases.vocabulary import Cause, Result, Retention
from tests.gui.case_page_driver import register


def closed(services: Services) -> CaseFile:
    """A case its applicant withdrew, closed today: the next thing is to file it."""
    today = services.cases.local_today
    file = register(services)
    steps = (
        End(
            kind=Result.WITHDRAWN,
            cause=Cause.WITHDRAWN,
            on=today,
            by=("A1",),
            reason="已经自行和解",
            told_remedies=("向人民法院起诉",),
        ),
        Close(on=today, evaluation="事了人和"),
    )
    for step in steps:
        file = services.cases.perform(services.actor, file.case_key, step, version=file.version)
    return file


def filed(services: Services, place: str = "", access: str = "") -> CaseFile:
    """The same, filed."""
    file = closed(services)
    step = PutAway(
        on=services.cases.local_today,
        retention=Retention.SHORT,
        pages=12,
        documents=("卷宗封面", "卷内目录"),
        place=place,
        access=access,
    )
    return services.cases.perform(services.actor, file.case_key, step, version=file.version)


def in_days(services: Services, days: int) -> str:
    """A day from today on, as it is typed."""
    return (services.cases.local_today + timedelta(days=days)).isoformat()
