"""Which court to apply to, and which one enforces, with the reason (民事诉讼法 art. 205, 235)."""

from __future__ import annotations

from datetime import date

from mediation_desk.agreements.model import CONFIRMED
from mediation_desk.agreements.performance import due_day
from mediation_desk.cases.centre import read_centre
from mediation_desk.cases.court.rules import article
from mediation_desk.cases.model import CaseFile
from mediation_desk.shared.dates import cn_date
from mediation_desk.shared.record import record

_YEARS_TO_ENFORCE = 2


@record
class CourtChoice:
    """A court that qualifies; ``name`` where it is known."""

    name: str
    reason: str


def courts(file: CaseFile) -> tuple[CourtChoice, ...]:
    """The courts an application may go to, the most likely one first."""
    basis = article("apply")
    referral = file.court_referral
    if referral is not None:
        reason = f"法院邀请调解的，向作出邀请的法院申请（{basis}第一项）"
        return (CourtChoice(name=referral.court, reason=reason),)
    body = file.organisation
    choices = [
        CourtChoice(
            name=read_centre().court,
            reason=f"调解组织所在地（{body.address or body.name}）的基层人民法院（{basis}第二项）",
        )
    ]
    homes: dict[str, list[str]] = {}
    for party in file.parties:
        if party.address:
            homes.setdefault(party.address, []).append(party.name)
    choices += [
        CourtChoice(name="", reason=f"{'、'.join(names[:2])}住所地（{address}）的基层人民法院")
        for address, names in homes.items()
    ]
    if file.dispute.place:
        choices.append(CourtChoice(name="", reason=f"标的物所在地（{file.dispute.place}）的基层人民法院"))
    return tuple(choices)


def usual_court(file: CaseFile) -> str:
    """The court offered first; "" when none is known."""
    return courts(file)[0].name


@record
class EnforcementNote:
    """Until when and where enforcement is asked for."""

    until: date
    why: str
    court: str


def enforcement_note(file: CaseFile) -> EnforcementNote | None:
    """What to tell whoever was promised something under a confirmed agreement; None for any other."""
    court = file.judicial_confirmation
    if court.result != CONFIRMED or court.decided_on is None:
        return None
    last = max((due_day(row) for row in file.performance), default=court.decided_on)
    for monthly in file.recurring:
        year, month = (int(part) for part in monthly.last_month.split("-"))
        last = max(last, date(year, month, monthly.pay_day))
    until = _years_after(last, _YEARS_TO_ENFORCE)
    parts = "最后一期" if len(file.performance) > 1 or file.recurring else ""
    why = f"申请执行的期间为二年，自{parts}履行期限届满之日{cn_date(last)}起算（{article('enforce')}）"
    named = court.court or "作出裁定的人民法院"
    return EnforcementNote(until=until, why=why, court=f"{named}，或者与它同级的被执行财产所在地的人民法院")


def _years_after(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28)
