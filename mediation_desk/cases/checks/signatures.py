"""Who signed, with what power, in how many copies, how a group's payment is shared (LR-12, LR-13, LR-18)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import zip_longest

from mediation_desk.agreements.model import Agreement, AgreementForm, Clause, ClauseKind, Signature
from mediation_desk.cases.checks import known
from mediation_desk.cases.checks.problem import Problem
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.signing.copies import copies_needed
from mediation_desk.parties.model import Authority, GroupMember, Party


def check(file: CaseFile) -> Iterator[Problem]:
    """Signatures of a written agreement and the shares of the members of a group."""
    agreement = file.agreement
    if agreement is not None and agreement.form is AgreementForm.WRITTEN:
        yield from _places(agreement, file)
        yield from _copies(agreement, file)
    for number, member in enumerate(file.group_members):
        yield from _member(f"/group_members/{number}", member)
    if agreement is not None:
        for party in file.parties:
            if party.is_group:
                yield from _shares(party, agreement, file)
    yield from _refusals(file)


def _places(agreement: Agreement, file: CaseFile) -> Iterator[Problem]:
    allowed = frozenset(file.signing_places)
    seen: set[str] = set()
    for number, place in enumerate(agreement.signatures):
        where = f"/agreement/signatures/{number}"
        yield from known.unknown_one(f"{where}/ref", place.ref, allowed, "应当签署的人")
        if place.ref in seen:
            yield Problem(pointer=f"{where}/ref", message=f"“{place.ref[:20]}”签了两次")
        seen.add(place.ref)
        if file.outcome is not None and place.on < file.outcome.concluded_on:
            yield Problem(pointer=f"{where}/on", message="签署日早于达成协议之日", rule="LR-12")
        party = file.party(place.ref)
        if party is not None:
            yield from _power(where, place, party)


def _power(where: str, place: Signature, party: Party) -> Iterator[Problem]:
    by_agent = "代理人" in place.method and "法定代理人" not in place.method
    if by_agent and not any(agent.authority is Authority.SPECIAL for agent in party.agents):
        reason = "只有特别授权的代理人可以代签协议"
        yield Problem(pointer=f"{where}/method", message=reason, rule="LR-18")
    if party.is_group and party.representative_letter_on is None:
        reason = "群体签署协议须有成员推选代表人的书面授权"
        yield Problem(pointer=f"{where}/ref", message=reason, rule="LR-19")


def _copies(agreement: Agreement, file: CaseFile) -> Iterator[Problem]:
    finished = bool(agreement.signatures) and not file.missing_signatures
    needed = copies_needed(file)
    if (agreement.copies or finished) and agreement.copies < needed.least:
        reason = f"各方当事人和调解机构各持一份：{needed.why}"
        yield Problem(pointer="/agreement/copies", message=reason, rule="LR-13")


def _member(place: str, member: GroupMember) -> Iterator[Problem]:
    if member.daily_wage is not None and member.days is not None:
        yield from _equal(f"{place}/gross", member.gross, member.daily_wage * member.days, "日工资乘以天数")
    if member.owed is not None and member.paid is not None:
        yield from _equal(f"{place}/owed", member.owed, member.gross - member.paid, "应得减去已付")
    if member.net is not None and member.discount is not None:
        yield from _equal(f"{place}/net", member.net, member.gross - member.discount, "应付减去减收")
    if member.instalments and member.signed is not False:
        total = sum(member.instalments, Decimal())
        whole = next(one for one in (member.net, member.owed, member.gross) if one is not None)
        yield from _equal(f"{place}/instalments", total, whole, "本人各期合计与应得金额")
    if member.signed is False and member.instalments:
        yield Problem(pointer=f"{place}/instalments", message="未签署的成员不在协议之内，不应有分期")
    if member.signed is not None and member.signed != (member.signed_on is not None):
        yield Problem(pointer=f"{place}/signed_on", message="签署与签署日期应当同时填写")


def _equal(place: str, given: Decimal, expected: Decimal, what: str) -> Iterator[Problem]:
    if given != expected:
        yield Problem(pointer=place, message=f"{what}不符：{given:.2f}与{expected:.2f}")


def _shares(party: Party, agreement: Agreement, file: CaseFile) -> Iterator[Problem]:
    """Members' instalments add up to the instalments of the one clause their group pays or is paid by."""
    members = [member for member in file.members_of(party.ref) if member.instalments]
    paid = [clause for clause in agreement.clauses if _concerns(clause, party)]
    if not members or len(paid) != 1:
        return
    clause = paid[0]
    due = [part.amount for part in clause.instalments] or [clause.amount or Decimal()]
    columns = zip_longest(*(one.instalments for one in members), fillvalue=Decimal())
    sums = [sum(column, Decimal()) for column in columns]
    place = f"/agreement/clauses/{agreement.clauses.index(clause)}/instalments"
    for number, (expected, given) in enumerate(zip_longest(due, sums, fillvalue=Decimal())):
        if given != expected:
            reason = f"第{number + 1}期各成员合计{given:.2f}，条款写的是{expected:.2f}"
            yield Problem(pointer=place, message=reason, rule="LR-19")


def _concerns(clause: Clause, party: Party) -> bool:
    return clause.kind is ClauseKind.PAY and party.ref in (clause.payer, clause.payee)


def _refusals(file: CaseFile) -> Iterator[Problem]:
    people = known.parties(file) | known.members(file)
    for number, entry in enumerate(file.not_signed):
        place = f"/not_signed/{number}"
        yield from known.unknown_one(f"{place}/ref", entry.ref, people, "当事人")
        if not entry.told_remedies:
            yield Problem(pointer=f"{place}/told_remedies", message="应当告知其他救济途径", rule="LR-10")
        if entry.told_on < entry.on:
            yield Problem(pointer=f"{place}/told_on", message="告知日早于拒绝签署之日")
