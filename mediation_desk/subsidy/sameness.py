"""The same dispute mediated several times is paid once ([S55]): what makes two cases one dispute."""

from __future__ import annotations

from datetime import date

from mediation_desk.cases.model import CaseFile
from mediation_desk.shared.record import record
from mediation_desk.shared.text import fold_width, folded
from mediation_desk.subsidy.matter import parties_print
from mediation_desk.subsidy.months import months_before
from mediation_desk.subsidy.rules import SubsidyRules


@record
class Claimed:
    """A case that is, or is about to be, paid for; ``why`` it is the same dispute as the one looked at."""

    case_key: str
    why: str


def linked_as_same(file: CaseFile, other_key: str, rules: SubsidyRules) -> str:
    """The relation by which the file itself calls another case the same dispute; "" where it does not."""
    relations = (one.relation for one in file.related_cases if one.case_key == other_key)
    return next((relation for relation in relations if calls_same(relation, rules)), "")


def calls_same(relation: str, rules: SubsidyRules) -> bool:
    """Whether these words of a relation mean the same dispute."""
    return any(word in relation for word in rules.same_words)


def same_dispute(file: CaseFile, other: CaseFile, rules: SubsidyRules) -> Claimed | None:
    """Whether both files are about one dispute: said so, or same people, same kind, not long apart."""
    if file.case_key == other.case_key:
        return None
    relation = linked_as_same(file, other.case_key, rules) or linked_as_same(other, file.case_key, rules)
    if relation:
        return Claimed(case_key=other.case_key, why=f"登记为“{relation}”")
    if not rules.same_within_months or parties_print(file) != parties_print(other):
        return None
    if not _near(_ended(file), _ended(other), rules.same_within_months) or _others(file, other):
        return None
    return Claimed(
        case_key=other.case_key,
        why=f"当事人和纠纷种类相同，办结相距不到{rules.same_within_months}个月",
    )


def _ended(file: CaseFile) -> date:
    return file.outcome.concluded_on if file.outcome else file.intake.received_on


def _near(one: date, other: date, months: int) -> bool:
    return min(one, other) > months_before(max(one, other), months)


def _others(file: CaseFile, other: CaseFile) -> bool:
    """Whether a number known in both files shows that people of one name are two."""
    known = {folded(fold_width(party.name)): party.id_no or party.uscc for party in other.parties}
    for party in file.parties:
        mine, theirs = party.id_no or party.uscc, known.get(folded(fold_width(party.name)))
        if mine and theirs and mine.upper() != theirs.upper():
            return True
    return False
