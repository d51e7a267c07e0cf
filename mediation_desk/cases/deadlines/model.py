"""One deadline of a case with the whole sum behind its day, and one line of a list of deadlines."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from mediation_desk.cases.deadlines.rules import DeadlineRule, Whose
from mediation_desk.shared.dates import cn_date
from mediation_desk.shared.record import record


class Group(StrEnum):
    """What kind of thing falls due: work of the desk, a right that lapses, a promise of the parties.

    Volumes to be filed have a list of their own in the archive room; lists of what is next leave them out.
    """

    DUTY = "办理"
    RIGHT = "权利"
    PROMISE = "履行"
    FILING = "归档"


LISTED = tuple(group for group in Group if group is not Group.FILING)
"""Groups that lists of what falls due show."""


@record
class Deadline:
    """A day worked out from events, never typed. ``sum`` are the steps of the count in words.

    ``unknown_year``: its holidays are not published, the day is provisional. ``held_from``: a suspension still
    runs and the day moves on. ``source`` is the rule file and rule, the agreement or the order it comes from,
    ``place`` the tab of the case page where it is dealt with. ``monthly``: one of
    the payments of a clause that fall due month by month.
    """

    code: str
    what: str
    group: Group = Group.DUTY
    whose: Whose = Whose.CENTRE
    start: str
    start_on: date
    due_on: date
    sum: tuple[str, ...]
    article: str = ""
    overrun: str = ""
    source: str
    place: str = "overview"
    unknown_year: int = 0
    held_from: date | None = None
    done_on: date | None = None
    rule: DeadlineRule | None = None
    monthly: bool = False

    @property
    def provisional(self) -> bool:
        """Whether the day may still move when holidays are published."""
        return self.unknown_year > 0

    @property
    def met(self) -> bool | None:
        """Whether it was kept; None while it is open."""
        return None if self.done_on is None else self.done_on <= self.due_on

    @property
    def reason(self) -> str:
        """The sum without its source: ``自2026年3月10日受理次日起30日，末日4月9日``."""
        parts = list(self.sum)
        if self.held_from is not None:
            parts.append(f"中止中，自{cn_date(self.held_from)}起不计")
        if self.provisional:
            parts.append(f"暂定：{self.unknown_year}年放假安排未公布")
        return "；".join(parts)

    @property
    def why(self) -> str:
        """Why this day, the whole sum in one sentence with the article."""
        return f"{self.reason}（{self.article}）" if self.article else self.reason


@record
class DueLine:
    """A deadline not yet met, as lists across all cases show it; ``overdue``: how many of this case are."""

    case_key: str
    number: str | None
    title: str
    party_names: str
    code: str
    group: Group
    whose: Whose
    what: str
    due_on: date
    why: str
    overrun: str
    provisional: bool
    source: str
    place: str
    held: bool = False
    overdue: int = 0
