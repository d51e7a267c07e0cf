"""How every member of a group stands behind the agreement: signed, by mandate, or outside it (LR-19)."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from mediation_desk.agreements.signing import GroupCount
from mediation_desk.cases.model import CaseFile
from mediation_desk.parties.model import GroupMember
from mediation_desk.shared.record import record


class Stand(StrEnum):
    """What one member has done about the agreement."""

    OPEN = "未签"
    SIGNED = "已签"
    MANDATE = "授权"
    REFUSED = "拒签"


@record
class MemberLine:
    """One member as the annex shows it."""

    member: GroupMember
    stand: Stand
    on: date | None = None


def annex_lines(file: CaseFile, group: str) -> tuple[MemberLine, ...]:
    """Every member of the group, in the order of the roll."""
    mandates = {one.ref: one for one in file.beside.mandates}
    refused = {one.ref: one for one in file.not_signed}
    lines = []
    for member in file.members_of(group):
        if member.ref in refused or member.signed is False:
            entry = refused.get(member.ref)
            lines.append(MemberLine(member=member, stand=Stand.REFUSED, on=entry.on if entry else None))
        elif member.signed:
            lines.append(MemberLine(member=member, stand=Stand.SIGNED, on=member.signed_on))
        elif member.ref in mandates:
            lines.append(MemberLine(member=member, stand=Stand.MANDATE, on=mandates[member.ref].on))
        else:
            lines.append(MemberLine(member=member, stand=Stand.OPEN))
    return tuple(lines)


def annex_gap(file: CaseFile, group: str) -> str:
    """Why the place of this group does not count as signed yet; "" when the annex is complete."""
    lines = annex_lines(file, group)
    name = file.name_of(group)
    if not lines:
        return f"{name}的成员名单还没有登记，附表没有人可以签名；请先更正登记，补上名单。"
    still = [line.member for line in lines if line.stand is Stand.OPEN]
    if still:
        return f"{name}还有{len(still)}人没有签名，也没有授权：{_named(still)}。"
    if all(line.stand is Stand.REFUSED for line in lines):
        return f"{name}的成员都不签，协议就没有这一方。"
    if not any(line.stand is Stand.SIGNED for line in lines):
        return f"{name}还没有人亲笔签名：授权了代表人的，代表人要自己签。"
    silent = [one.member for one in lines if one.stand is Stand.MANDATE and one.member.is_representative]
    return f"代表人{_named(silent)}要自己签名，不能只有授权。" if silent else ""


def group_count(file: CaseFile, group: str) -> GroupCount:
    """The members inside the agreement, for the words on the paper."""
    lines = annex_lines(file, group)
    household = any(line.member.room or line.member.household_no for line in lines)
    return GroupCount(
        signed=sum(line.stand is Stand.SIGNED for line in lines),
        mandated=sum(line.stand is Stand.MANDATE for line in lines),
        chosen=sum(line.member.is_representative and line.stand is Stand.SIGNED for line in lines),
        unit="户" if household else "人",
    )


def last_act(file: CaseFile, group: str) -> date | None:
    """Day of the last member's signature or mandate; the place of the group is not signed before it."""
    days = [one.on for one in annex_lines(file, group) if one.on and one.stand is not Stand.REFUSED]
    return max(days, default=None)


def somebody_signed(file: CaseFile) -> bool:
    """Whether anybody has put a hand to this paper yet, members of groups included."""
    signed = file.agreement is not None and bool(file.agreement.signatures)
    return signed or any(member.signed for member in file.group_members)


def _named(members: list[GroupMember]) -> str:
    """Three names at most."""
    first = "、".join(member.name for member in members[:3])
    return f"{first}等" if len(members) > 3 else first
