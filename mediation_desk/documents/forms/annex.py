"""Annex of a group: who its members are, what each gets or owes, and how each stands behind it (LR-19)."""

from __future__ import annotations

from decimal import Decimal

from mediation_desk.cases.model import CaseFile
from mediation_desk.documents.content import Block, Column, Label, PageBreak, Table, paragraph
from mediation_desk.documents.forms.signing import refused
from mediation_desk.parties.model import GroupMember, Party
from mediation_desk.shared.dates import cn_date
from mediation_desk.shared.money import figures

_MOST_COLUMNS = 4  # of instalments; more are written into one cell
_AMOUNT, _SIGN = 47, 71  # points, as all widths of columns here


def annexes(file: CaseFile, *, signing: bool) -> tuple[Block, ...]:
    """A page with a table for each group; ``signing`` adds the column to sign in or the mandate."""
    groups = [party for party in file.parties if party.is_group and file.members_of(party.ref)]
    return tuple(block for party in groups for block in _annex(file, party, signing))


def members_sign(file: CaseFile) -> bool:
    """Whether every member signs: so it is where each gets a copy (LR-13); else the representatives sign."""
    copies = file.agreement.copies if file.agreement else 0
    return copies > file.people_involved


def _annex(file: CaseFile, party: Party, signing: bool) -> tuple[Block, ...]:
    out = refused(file)
    members = tuple(member for member in file.members_of(party.ref) if member.ref not in out)
    return (
        PageBreak(),
        Label(text=f"附表：{party.name}名单及金额"),
        paragraph(_explanation(file, party, len(members), signing), keep=True),
        _table(file, party, members, signing),
    )


def _explanation(file: CaseFile, party: Party, count: int, signing: bool) -> str:
    text = f"共{count}人，金额单位为元。"
    if signing and members_sign(file):
        return text + "各成员确认本人金额，并在签名栏签名、按指印。"
    if signing and party.representative_letter_on:
        day = cn_date(party.representative_letter_on)
        return text + f"各成员于{day}书面推选并授权代表人签署本协议，授权书附卷。"
    return text


def _table(file: CaseFile, party: Party, members: tuple[GroupMember, ...], signing: bool) -> Table:
    by_hand = signing and members_sign(file)
    count = max((len(member.instalments) for member in members), default=0)
    parts = _part_titles(count)
    about = _about_title(members)
    columns = [Column(title="序号", weight=21), Column(title="姓名", weight=40)]
    columns.append(Column(title="身份证号码", weight=88))
    columns += [Column(title=about, weight=_about_weight(members))] if about else []
    columns.append(Column(title="金额", weight=_AMOUNT))
    columns += [Column(title=title, weight=_AMOUNT * (3 if count > _MOST_COLUMNS else 1)) for title in parts]
    if signing:
        columns.append(Column(title="签名并按指印" if by_hand else "授权", weight=_SIGN if by_hand else 44))
    rows = [
        (
            str(place),
            member.name,
            member.id_no,
            *([member.room or member.trade or member.household_no or ""] if about else []),
            figures(total(member)),
            *_parts(member, count),
            *(["" if by_hand else _mandate(party, member)] if signing else []),
        )
        for place, member in enumerate(members, start=1)
    ]
    rows.append(_sum_row(members, count, bool(about), signing))
    return Table(columns=tuple(columns), rows=tuple(rows), tall=by_hand)


def total(member: GroupMember) -> Decimal:
    """What the member gets or owes under the agreement; before there is one, what was asked for."""
    if member.instalments:
        return sum(member.instalments, Decimal("0.00"))
    return next((part for part in (member.net, member.owed) if part is not None), member.gross)


def _part_titles(count: int) -> list[str]:
    if count > _MOST_COLUMNS:
        return ["各期金额"]
    return [f"第{place}期" for place in range(1, count + 1)] if count > 1 else []


def _parts(member: GroupMember, count: int) -> list[str]:
    if count <= 1:
        return []
    if count > _MOST_COLUMNS:
        return ["；".join(f"{place}期{figures(part)}" for place, part in enumerate(member.instalments, start=1))]
    blanks = [""] * (count - len(member.instalments))
    return [figures(part) for part in member.instalments] + blanks


def _sum_row(members: tuple[GroupMember, ...], count: int, about: bool, signing: bool) -> tuple[str, ...]:
    sums: list[str] = []
    if 1 < count <= _MOST_COLUMNS:
        columns = zip(*(member.instalments for member in members if member.instalments), strict=False)
        sums = [figures(sum(column, Decimal())) for column in columns]
    elif count > _MOST_COLUMNS:
        sums = [""]
    whole = figures(sum((total(member) for member in members), Decimal()))
    return ("", "合计", "", *([""] if about else []), whole, *sums, *([""] if signing else []))


def _mandate(party: Party, member: GroupMember) -> str:
    return "代表人" if member.ref in party.representatives else "书面授权"


def _about_title(members: tuple[GroupMember, ...]) -> str:
    if any(member.room for member in members):
        return "房号"
    if any(member.trade for member in members):
        return "工种"
    return "户号" if any(member.household_no for member in members) else ""


def _about_weight(members: tuple[GroupMember, ...]) -> float:
    longest = max((len(m.room or m.trade or m.household_no or "") for m in members), default=0)
    return min(90, max(30, longest * 8.6 + 5))
