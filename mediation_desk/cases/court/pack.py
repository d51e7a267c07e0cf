"""The papers that go to the court with the application, and which of them are missing (民诉法解释 art. 354)."""

from __future__ import annotations

import re

from mediation_desk.agreements.signing import Signer
from mediation_desk.cases.court.rules import CourtRules, Need, PaperRule, Source, court_rules
from mediation_desk.cases.court.wills import bound_parties, will_of
from mediation_desk.cases.model import CaseFile
from mediation_desk.parties.model import Party
from mediation_desk.shared.record import record


@record
class PackItem:
    """One paper, ``of`` whom; ``lacks`` says what is missing, "" for nothing. ``ticked``: known by a tick only."""

    name: str
    paper: str
    of: str = ""
    lacks: str
    ticked: bool
    form: str = ""


def pack(file: CaseFile) -> tuple[PackItem, ...]:
    """Everything the court asks for with this application, in the order of the rule table."""
    rules = court_rules()
    at_hand = {one.name for one in file.beside.court_papers}
    items: list[PackItem] = []
    for rule in rules.papers:
        if not _needed(file, rule, rules):
            continue
        whose = bound_parties(file) if rule.per_party else (None,)
        items += [_item(file, rule, party, at_hand) for party in whose]
    return tuple(items)


def missing(items: tuple[PackItem, ...]) -> str:
    """``还差：A、B。`` or ""."""
    lacking = [item.lacks for item in items if item.lacks]
    return f"还差：{'、'.join(lacking)}。" if lacking else ""


def _item(file: CaseFile, rule: PaperRule, party: Party | None, at_hand: set[str]) -> PackItem:
    of = party.name if party is not None else ""
    name = f"{rule.name}（{of}）" if of else rule.name
    ticked = rule.source is Source.TICKED
    if rule.source is Source.AGREEMENT:
        lacks = "" if file.effective_on else name
    elif rule.source is Source.CONTACTS and party is not None:
        gaps = [word for word, value in (("住址", party.address), ("电话", party.phone)) if not value]
        lacks = f"{party.name}的{'、'.join(gaps)}" if gaps else ""
    else:
        lacks = "" if name in at_hand else name
    return PackItem(name=name, paper=rule.name, of=of, lacks=lacks, ticked=ticked, form=rule.form)


def _needed(file: CaseFile, rule: PaperRule, rules: CourtRules) -> bool:
    match rule.when:
        case Need.ALWAYS:
            return True
        case Need.GROUP:
            return any(party.is_group for party in bound_parties(file))
        case Need.AGENT:
            wills = (will_of(file, party.ref) for party in bound_parties(file))
            return any(will is not None and will.by is Signer.AGENT for will in wills)
        case Need.PROPERTY:
            said = "".join(one.text for one in file.agreement.clauses) if file.agreement else ""
            return any(re.search(pattern, said) for pattern in rules.property_patterns)
