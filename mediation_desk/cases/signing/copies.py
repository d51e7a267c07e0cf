"""In how many copies an agreement is made (LR-13): parties and body one each, a group as the body counts it."""

from __future__ import annotations

from mediation_desk.cases.centre import GroupCopies, group_copies
from mediation_desk.cases.model import CaseFile
from mediation_desk.parties.model import Party
from mediation_desk.shared.record import record


@record
class CopiesNeeded:
    """The least number, and the sentence that adds it up."""

    least: int
    why: str


def copies_needed(file: CaseFile) -> CopiesNeeded:
    """Parties inside the agreement, a group by representatives or members, and one for the body."""
    out = {entry.ref for entry in file.not_signed}
    counted = group_copies(file.organisation.name)
    parts, least = [], 1
    for party in file.parties:
        if party.ref in out:
            continue
        number, word = _holders(file, party, counted, out)
        least += number
        if party.is_group:
            parts.append(f"{party.name}按{word}{number}份")
    single = sum(not party.is_group for party in file.parties if party.ref not in out)
    if single:
        parts.append(f"其他当事人{single}份" if parts else f"当事人{single}份")
    told = "，".join((*parts, f"{file.organisation.name}留存1份"))
    return CopiesNeeded(least=least, why=f"{told}，至少{least}份（人民调解法第二十九条）")


def _holders(file: CaseFile, party: Party, counted: GroupCopies, out: set[str]) -> tuple[int, str]:
    if not party.is_group:
        return 1, ""
    if counted is GroupCopies.MEMBERS:
        inside = [one for one in file.members_of(party.ref) if one.ref not in out and one.signed is not False]
        return len(inside) or party.persons, "成员"
    chosen = [ref for ref in party.representatives if ref not in out]
    return len(chosen) or 1, "代表人"
