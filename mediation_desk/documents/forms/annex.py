"""Annex of a group: who its members are, what each gets or owes, and how each stands behind it (LR-19)."""

from __future__ import annotations

from decimal import Decimal

from mediation_desk.cases.model import CaseFile
from mediation_desk.documents.content import Block, Column, Label, PageBreak, Table, paragraph
from mediation_desk.documents.forms.signing import refused
from mediation_desk.documents.styles import TEXT_WIDTH
from mediation_desk.parties.model import GroupMember, Party
from mediation_desk.shared.dates import cn_date
from mediation_desk.shared.money import figures, in_full

_MOST_COLUMNS = 4  # of instalments; more are written into one cell
_LEAST_TO_SIGN = 56.0  # points
_LEFT = frozenset({"签名并按指印", "工种", "户号"})


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
        paragraph(_explanation(file, party, members, signing), keep=True),
        _table(file, party, members, signing),
    )


def _explanation(file: CaseFile, party: Party, members: tuple[GroupMember, ...], signing: bool) -> str:
    text = f"共{len(members)}人，{_sums(members)}。表中金额单位为元。"
    if signing and members_sign(file):
        return text + "各成员确认本人金额，并在签名栏签名、按指印。"
    if signing and party.representative_letter_on:
        day = cn_date(party.representative_letter_on)
        return text + f"各成员于{day}书面推选并授权代表人签署本协议，授权书附卷。"
    return text


def _table(file: CaseFile, party: Party, members: tuple[GroupMember, ...], signing: bool) -> Table:
    by_hand = signing and members_sign(file)
    count = max((len(member.instalments) for member in members), default=0)
    about = _about_title(members)
    titles = ["序号", "姓名", "身份证号码", *([about] if about else []), "金额", *_part_titles(count)]
    rows = [
        (
            str(place),
            member.name,
            member.id_no,
            *([member.room or member.trade or member.household_no or ""] if about else []),
            figures(total(member)),
            *_parts(member, count),
        )
        for place, member in enumerate(members, start=1)
    ]
    widths = [_width(title, [row[place] for row in rows]) for place, title in enumerate(titles)]
    if signing:
        titles.append("签名并按指印" if by_hand else "授权")
        rows = [(*row, _mark(party, m, by_hand)) for row, m in zip(rows, members, strict=True)]
        widths.append(max(TEXT_WIDTH - sum(widths), _LEAST_TO_SIGN) if by_hand else 44.0)
    columns = tuple(
        Column(title=title, weight=width, centred=title not in _LEFT)
        for title, width in zip(titles, widths, strict=True)
    )
    refs = tuple(member.ref for member in members) if by_hand else ()
    return Table(columns=columns, rows=tuple(rows), tall=by_hand, refs=refs)


def _width(title: str, cells: list[str]) -> float:
    """Points a column needs so that short contents stay on one line."""
    longest = max(sum(4.7 if char.isascii() else 8.6 for char in text) for text in (title, *cells))
    return min(120.0, longest + 5)


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
        return [
            "；".join(f"{place}期{figures(part)}" for place, part in enumerate(member.instalments, start=1))
        ]
    blanks = [""] * (count - len(member.instalments))
    return [figures(part) for part in member.instalments] + blanks


def _sums(members: tuple[GroupMember, ...]) -> str:
    """The totals in words before the table: as its last row they would come out of order when text is extracted."""
    whole = in_full(sum((total(member) for member in members), Decimal()))
    count = max((len(member.instalments) for member in members), default=0)
    if not 1 < count <= _MOST_COLUMNS:
        return f"合计{whole}"
    columns = zip(*(member.instalments for member in members if member.instalments), strict=True)
    parts = [
        f"第{place}期{figures(sum(column, Decimal()))}元" for place, column in enumerate(columns, start=1)
    ]
    return f"合计{whole}，其中{'、'.join(parts)}"


def _mark(party: Party, member: GroupMember, by_hand: bool) -> str:
    """What stands in the last column: a word to sign after, or how the member stands behind the paper."""
    if by_hand:
        return "签名："
    return "代表人" if member.ref in party.representatives else "书面授权"


def _about_title(members: tuple[GroupMember, ...]) -> str:
    if any(member.room for member in members):
        return "房号"
    if any(member.trade for member in members):
        return "工种"
    return "户号" if any(member.household_no for member in members) else ""
