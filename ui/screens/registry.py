"""The screens in the order of the navigation. Each module is imported when its screen is first opened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from mediation_desk.access.actor import Actor
from mediation_desk.access.permissions import Permission
from ui.screens.base import Context, Screen


@dataclass(frozen=True, slots=True)
class ScreenSpec:
    """One screen: ``symbol`` is an icon name, ``shown`` False keeps it out of the navigation (the case page),
    ``under`` names the entry that is marked while such a screen is in front. Without a ``permission`` it is for
    everybody."""

    code: str
    title: str
    symbol: str
    permission: Permission | tuple[Permission, ...]
    factory: Callable[[Context], Screen]
    shown: bool = True
    under: str = ""
    at_bottom: bool = False

    def is_for(self, actor: Actor) -> bool:
        """Whether ``actor`` may see this screen: with one of its permissions, or where it asks for none."""
        asked = self.permission if isinstance(self.permission, tuple) else (self.permission,)
        return not asked or any(map(actor.can, asked))


def _today(context: Context) -> Screen:
    from ui.screens.today.screen import TodayScreen

    return TodayScreen(context)


def _intake(context: Context) -> Screen:
    from ui.screens.intake.screen import IntakeScreen

    return IntakeScreen(context)


def _cases(context: Context) -> Screen:
    from ui.screens.cases.screen import CasesScreen

    return CasesScreen(context)


def _ledger(context: Context) -> Screen:
    from ui.screens.cases.ledger import LedgerScreen

    return LedgerScreen(context)


def _calendar(context: Context) -> Screen:
    from ui.screens.calendar.screen import CalendarScreen

    return CalendarScreen(context)


def _routing(context: Context) -> Screen:
    from ui.screens.routing.screen import RoutingScreen

    return RoutingScreen(context)


def _experts(context: Context) -> Screen:
    from ui.screens.experts.screen import ExpertsScreen

    return ExpertsScreen(context)


def _statistics(context: Context) -> Screen:
    from ui.screens.statistics.screen import StatisticsScreen

    return StatisticsScreen(context)


def _archive(context: Context) -> Screen:
    from ui.screens.archive.screen import ArchiveScreen

    return ArchiveScreen(context)


def _subsidy(context: Context) -> Screen:
    from ui.screens.subsidy.screen import SubsidyScreen

    return SubsidyScreen(context)


def _system(context: Context) -> Screen:
    from ui.screens.system.screen import SystemScreen

    return SystemScreen(context)


def _case(context: Context) -> Screen:
    from ui.screens.case_page.screen import CasePage

    return CasePage(context)


def _correcting(context: Context) -> Screen:
    from ui.screens.correcting.screen import CorrectingScreen

    return CorrectingScreen(context)


def _board(context: Context) -> Screen:
    from ui.screens.board.screen import BoardScreen

    return BoardScreen(context)


def _bin(context: Context) -> Screen:
    from ui.screens.registers.bin import BinScreen

    return BinScreen(context)


def _numbers(context: Context) -> Screen:
    from ui.screens.registers.numbers import NumbersScreen

    return NumbersScreen(context)


def _requests(context: Context) -> Screen:
    from ui.screens.registers.requests import RequestsScreen

    return RequestsScreen(context)


def _packages(context: Context) -> Screen:
    from ui.screens.packages.screen import PackagesScreen

    return PackagesScreen(context)


def _templates(context: Context) -> Screen:
    from ui.screens.templates.screen import TemplatesScreen

    return TemplatesScreen(context)


def _verify(context: Context) -> Screen:
    from ui.screens.verifying.screen import VerifyScreen

    return VerifyScreen(context)


def _work(context: Context) -> Screen:
    from ui.screens.work.screen import WorkScreen

    return WorkScreen(context)


def _audit(context: Context) -> Screen:
    from ui.screens.audit.screen import AuditScreen

    return AuditScreen(context)


def _accounts(context: Context) -> Screen:
    from ui.screens.accounts.screen import AccountsScreen

    return AccountsScreen(context)


SCREENS: tuple[ScreenSpec, ...] = (
    ScreenSpec("today", "工作台", "today", Permission.CASE_READ, _today),
    ScreenSpec("intake", "接待登记", "intake", Permission.CASE_REGISTER, _intake),
    ScreenSpec("cases", "案件", "cases", Permission.CASE_READ, _cases),
    ScreenSpec("case", "案件", "cases", Permission.CASE_READ, _case, shown=False, under="cases"),
    ScreenSpec("ledger", "导入台账", "cases", Permission.CASE_IMPORT, _ledger, shown=False, under="cases"),
    ScreenSpec("calendar", "日程", "calendar", Permission.CASE_READ, _calendar),
    ScreenSpec("routing", "分流督办", "routing", Permission.CASE_READ, _routing),
    ScreenSpec(
        "correcting", "更正", "cases", Permission.CASE_CORRECT, _correcting, shown=False, under="cases"
    ),
    ScreenSpec("board", "议事板", "session", Permission.CASE_MEDIATE, _board, shown=False, under="cases"),
    ScreenSpec("experts", "专家库", "experts", Permission.EXPERT_READ, _experts),
    ScreenSpec("statistics", "统计", "statistics", Permission.STATISTICS_READ, _statistics),
    ScreenSpec("work", "工作记录", "work", Permission.WORK_KEEP, _work, shown=False, under="statistics"),
    ScreenSpec(
        "subsidy", "以案定补", "money", Permission.STATISTICS_READ, _subsidy, shown=False, under="statistics"
    ),
    ScreenSpec("archive", "档案", "archive", Permission.CASE_READ, _archive),
    ScreenSpec("audit", "审计", "history", Permission.AUDIT_READ, _audit),
    ScreenSpec("system", "系统", "system", (), _system, at_bottom=True),
    ScreenSpec(
        "accounts", "账号", "system", Permission.ACCOUNT_MANAGE, _accounts, shown=False, under="system"
    ),
    ScreenSpec("bin", "回收站", "system", Permission.CASE_READ, _bin, shown=False, under="system"),
    ScreenSpec(
        "requests", "个人信息请求", "system", Permission.PERSON_KEEP, _requests, shown=False, under="system"
    ),
    ScreenSpec(
        "packages",
        "数据包",
        "system",
        (Permission.CASE_IMPORT, Permission.CASE_EXPORT),
        _packages,
        shown=False,
        under="system",
    ),
    ScreenSpec("verify", "核对文书", "system", Permission.CASE_READ, _verify, shown=False, under="system"),
    ScreenSpec(
        "templates",
        "文书模板",
        "system",
        (Permission.CASE_READ, Permission.TEMPLATE_KEEP),
        _templates,
        shown=False,
        under="system",
    ),
    ScreenSpec(
        "numbers", "编号登记簿", "system", Permission.CASE_READ, _numbers, shown=False, under="system"
    ),
)
