"""The rules of ``resources/rules/deadlines.toml``: what must be done by when, from which event, on whose duty."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from mediation_desk.cases.centre import read_centre
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.vocabulary import DayUnit, SuspensionCause
from mediation_desk.shared.assets import built, remembered
from mediation_desk.shared.errors import InputError
from mediation_desk.shared.record import record
from mediation_desk.shared.workdays import Period


class Stage(StrEnum):
    """What falls due."""

    REPLY = "受理决定"
    HAND_ON = "移送"
    CHOOSE = "选定调解员"
    APPOINT = "指定调解员"
    CONTACT = "联系对方"
    APPLY = "申请调解"
    PERIOD = "调解期限"
    INFORM = "结果告知"
    CONFIRM = "申请司法确认"
    COURT_ACCEPT = "司法确认受理"
    COURT_DECIDE = "司法确认裁定"
    URGE = "督促履行"
    VISIT = "回访"
    SUE = "起诉"


class Start(StrEnum):
    """The event a period counts from; the last four happen outside the case file."""

    RECEIVED = "收到申请"
    ACCEPTED = "受理"
    SIGNED_FOR = "签收法院材料"
    CHOICE_OVER = "选定期限届满"
    IN_FORCE = "协议生效"
    PROMISE_DUE = "约定的履行日"
    PERFORMED = "履行完毕"
    ENDED = "调解结束"
    APPLIED = "申请司法确认"
    FINDING_RECEIVED = "收到事故认定书"
    DECISION_RECEIVED = "收到处理决定"
    FOUND_WRONG = "发现不属本机关职权"


class Consent(StrEnum):
    """Who can make a period longer."""

    ALL_PARTIES = "各方同意"
    HEAD = "机关负责人批准"
    SECOND_ROUND = "再次调解"
    NOBODY = "不得延长"


class Whose(StrEnum):
    """Who has to act; what is the parties' is a right that lapses."""

    CENTRE = "中心"
    PARTIES = "当事人"
    COURT = "法院"


@record
class Extending:
    """How a period can be made longer; ``times`` and ``days`` 0 set no limit."""

    by: Consent = Consent.ALL_PARTIES
    times: int = 0
    days: int = 0
    unit: DayUnit | None = None


@record
class DeadlineRule:
    """One rule; an empty condition fits every case. ``verify``: local or from an uncertain source."""

    code: str
    stage: Stage = Stage.PERIOD
    track: str = ""
    categories: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    court_mode: str = ""
    procedure: str = ""
    place: str = ""
    needs: str = ""
    start: Start = Start.ACCEPTED
    length: int
    unit: DayUnit
    excludes: tuple[SuspensionCause, ...] = tuple(SuspensionCause)
    extend: Extending = Extending()
    overrun: str = ""
    whose: Whose = Whose.CENTRE
    basis: str
    article: str
    verify: bool = False
    active: bool = True

    @property
    def period(self) -> Period:
        """Its length as the counting engine takes it."""
        return Period(days=self.length, working=self.unit is DayUnit.WORKING_DAYS)

    @property
    def length_text(self) -> str:
        """``30日``, ``30个工作日``."""
        return length_text(self.length, self.unit)

    @property
    def text(self) -> str:
        """As the file of the case quotes it: ``30日（人民调解工作若干规定第三十三条）``."""
        return f"{self.length_text}（{self.basis}）"

    def fits(self, file: CaseFile) -> bool:
        """Whether the rule speaks of this case."""
        referral = file.court_referral
        return all(
            (
                self.track in ("", file.track),
                not self.categories or file.dispute.category in self.categories,
                not self.body or any(word in file.organisation.name for word in self.body),
                not self.court_mode or (referral is not None and referral.mode == self.court_mode),
                not self.procedure or (referral is not None and referral.procedure == self.procedure),
            )
        )


def length_text(days: int, unit: DayUnit) -> str:
    """``41个工作日``, ``15日``."""
    return f"{days}个工作日" if unit is DayUnit.WORKING_DAYS else f"{days}日"


@remembered
def all_rules() -> tuple[DeadlineRule, ...]:
    """Every rule of the file in its order, used here or not. Raises ``InputError`` for a faulty file."""
    return built("deadlines", _rules)


@remembered
def rules_here() -> tuple[DeadlineRule, ...]:
    """The rules in use in this centre: switched on, of its place, of the platforms it works with."""
    centre = read_centre()
    return tuple(
        rule
        for rule in all_rules()
        if rule.active
        and (not rule.place or rule.place in centre.place)
        and (not rule.needs or rule.needs in centre.uses)
    )


def rule_for(file: CaseFile, stage: Stage) -> DeadlineRule | None:
    """The first rule of this stage that speaks of the case."""
    return next((rule for rule in rules_here() if rule.stage is stage and rule.fits(file)), None)


def rule_by_code(code: str) -> DeadlineRule:
    """The rule called ``code``. Raises ``InputError`` when the file has none."""
    for rule in all_rules():
        if rule.code == code:
            return rule
    raise InputError(f"期限规则里没有代码为“{code}”的一条。")


def _rules(data: Mapping[str, Any]) -> tuple[DeadlineRule, ...]:
    return tuple(_rule(entry, number) for number, entry in enumerate(data["rule"], start=1))


def _rule(entry: Mapping[str, Any], number: int) -> DeadlineRule:
    causes = entry.get("excludes")
    return DeadlineRule(
        code=entry.get("code", f"rule.{number}"),
        stage=Stage(entry.get("stage", Stage.PERIOD)),
        track=entry.get("track", ""),
        categories=tuple(entry.get("categories", ())),
        body=tuple(entry.get("body", ())),
        court_mode=entry.get("court_mode", ""),
        procedure=entry.get("procedure", ""),
        place=entry.get("place", ""),
        needs=entry.get("needs", ""),
        start=Start(entry.get("start", Start.ACCEPTED)),
        length=int(entry["length"]),
        unit=DayUnit(entry["unit"]),
        excludes=tuple(SuspensionCause if causes is None else map(SuspensionCause, causes)),
        extend=_extending(entry.get("extend", {})),
        overrun=entry.get("overrun", ""),
        whose=Whose(entry.get("whose", Whose.CENTRE)),
        basis=entry["basis"] if "stage" not in entry else entry.get("basis", entry["article"]),
        article=entry["article"],
        verify=bool(entry.get("verify", False)),
        active=bool(entry.get("active", True)),
    )


def _extending(entry: Mapping[str, Any]) -> Extending:
    return Extending(
        by=Consent(entry.get("by", Consent.ALL_PARTIES)),
        times=int(entry.get("times", 0)),
        days=int(entry.get("days", 0)),
        unit=DayUnit(entry["unit"]) if "unit" in entry else None,
    )
