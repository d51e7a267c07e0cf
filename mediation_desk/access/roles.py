"""Which role holds which permission (domain.md §4.5); accounts themselves come with the trust issue."""

from __future__ import annotations

from enum import StrEnum

from mediation_desk.access.permissions import Permission


class Role(StrEnum):
    """Roles of §4.5 that the desk distinguishes so far."""

    CLERK = "窗口登记员"
    DUTY_MANAGER = "值班长"
    MEDIATOR = "调解员"
    ARCHIVIST = "档案员"
    STATISTICIAN = "统计员"
    ADMINISTRATOR = "系统管理员"


_READ = frozenset(
    (Permission.CASE_READ, Permission.EXPERT_READ, Permission.DOCUMENT_PRINT, Permission.ORDER_ANSWER)
)

GRANTS: dict[Role, frozenset[Permission]] = {
    Role.CLERK: _READ
    | {Permission.CASE_REGISTER, Permission.CASE_CORRECT, Permission.CHOICE_HOLD, Permission.WORK_KEEP},
    Role.DUTY_MANAGER: frozenset(Permission) - {Permission.SYSTEM_MANAGE},
    Role.MEDIATOR: _READ | {Permission.CASE_MEDIATE, Permission.CHOICE_HOLD},
    Role.ARCHIVIST: _READ | {Permission.ARCHIVE_KEEP},
    Role.STATISTICIAN: frozenset(
        (
            Permission.STATISTICS_READ,
            Permission.STATISTICS_SUBMIT,
            Permission.WORK_KEEP,
            Permission.SUBSIDY_PREPARE,
        )
    ),
    Role.ADMINISTRATOR: frozenset((Permission.SYSTEM_MANAGE, Permission.TEMPLATE_KEEP)),
}
