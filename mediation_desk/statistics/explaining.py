"""What a figure says of itself, in words: for the pane beside a table, tool tips and papers."""

from __future__ import annotations

from mediation_desk.shared.assets import built
from mediation_desk.shared.record import record
from mediation_desk.statistics.figures import VISITS, Counted, Derived, book
from mediation_desk.statistics.organisations.rules import Population, organisation_rules

_DAYS = {
    "received_on": "登记之日",
    "accepted_on": "受理之日",
    "handed_on": "第一次转出之日",
    "concluded_on": "结案之日",
    "ended_on": "了结之日",
    "effective_on": "协议生效之日",
    "performed_on": "履行完毕之日",
    "applied_on": "申请司法确认之日",
    "valid_on": "法院裁定有效之日",
    "refused_on": "法院裁定驳回、不予受理之日",
    "visited_on": "回访之日",
}
_STOCK = "截至日的存量，与期间无关"
_NOT_JUDGED = "与截至日无关"
_POPULATIONS = {
    Population.BODIES: "期间最后一天存在的",
    Population.STATIONS: "期间最后一天存在的",
    Population.PEOPLE: "期间最后一天在聘的",
    Population.WORK: "按工作记录的末日",
}
"""What places a figure of 表一 in a period."""


@record
class Explanation:
    """Name, unit, definition, source; what places a case in a period; what ``as_of`` decides; which rules."""

    code: str
    name: str
    unit: str
    definition: str
    source: str
    placed_by: str
    judged: str
    version: str


def explained(code: str) -> Explanation:
    """The figure ``code`` in words. Raises ``KeyError`` for an unknown one."""
    figures = book()
    if code not in figures.counted and code not in figures.derived:
        return _of_organisations(code)
    one = figures.find(code)
    parts = [figures.counted[needed] for needed in one.needs] if isinstance(one, Derived) else [one]
    return Explanation(
        code=code,
        name=one.name,
        unit=one.unit,
        definition=one.definition,
        source=one.source,
        placed_by="；".join(dict.fromkeys(_placed(part) for part in parts)),
        judged="；".join(dict.fromkeys(filter(None, (_judged(part) for part in parts)))) or _NOT_JUDGED,
        version=built("figures", lambda data: str(data["version"])),
    )


def _of_organisations(code: str) -> Explanation:
    one = next((one for one in organisation_rules().figures if one.code == code), None)
    if one is None:
        raise KeyError(code)
    return Explanation(
        code=code,
        name=one.name,
        unit=one.unit,
        definition=one.definition,
        source=one.source,
        placed_by=_POPULATIONS[one.of],
        judged=_NOT_JUDGED,
        version=built("organisation_figures", lambda data: str(data["version"])),
    )


def _placed(figure: Counted) -> str:
    return f"按{_day(figure.on)}" if figure.on else _STOCK


def _judged(figure: Counted) -> str:
    """Which events ``as_of`` lets count."""
    words = [f"{_day(name)}不晚于截至日" for name in figure.by]
    words += [f"{_day(name)}还没有到" for name in figure.not_by]
    if figure.past:
        words.append("期限在截至日之前届满")
    if figure.of == VISITS and "visited_on" not in figure.by:
        words.append("各次回访都计")
    return "，".join(words)


def _day(name: str) -> str:
    return _DAYS.get(name, name)
