"""Roles as the centre's rule file has them (domain.md §4.5): what each may do, and whose cases it sees."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from mediation_desk.access.permissions import TITLES, Permission
from mediation_desk.shared.assets import built, remembered
from mediation_desk.shared.record import record


class Role(StrEnum):
    """The roles of §4.5 as shipped. A centre may rename, drop or add roles in ``roles.toml``."""

    CLERK = "窗口登记员"
    DUTY_MANAGER = "值班长"
    MEDIATOR = "调解员"
    RECORDER = "记录员"
    LIAISON = "部门联络员"
    LEADER = "中心负责人"
    STATISTICIAN = "统计员"
    ARCHIVIST = "档案员"
    ADMINISTRATOR = "系统管理员"
    AUDITOR = "审计员"


class Reach(StrEnum):
    """Whose cases a role sees."""

    BODY = "body"  # of the account's body and those beneath it; without a body, of the whole centre
    OWN = "own"  # those the person works on
    NONE = "none"


@record
class RoleRule:
    """One role: ``does`` says it in the centre's words, ``apart`` are roles nobody holds beside it."""

    name: str
    does: str
    can: frozenset[Permission]
    reach: Reach
    apart: tuple[str, ...] = ()


@remembered
def role_rules() -> Mapping[str, RoleRule]:
    """Every role by its name, in the order of the file. Raises ``InputError`` for a permission nobody knows."""
    return built("roles", lambda table: {one["name"]: _rule(one) for one in table["role"]})


def missing(permission: Permission) -> str:
    """What somebody without ``permission`` reads on a button: which one, who has it, and who gives it."""
    rules = role_rules()
    have = "、".join(name for name, rule in rules.items() if permission in rule.can) or "没有哪个角色"
    give = "、".join(name for name, rule in rules.items() if Permission.ACCOUNT_MANAGE in rule.can)
    return f"您没有这项权限：{TITLES[permission]}。有这项权限的是{have}；角色由{give}给。"


def _rule(row: Mapping[str, Any]) -> RoleRule:
    return RoleRule(
        name=row["name"],
        does=row["does"],
        can=frozenset(Permission(word) for word in row["can"]),
        reach=Reach(row["reach"]),
        apart=tuple(row.get("apart", ())),
    )
