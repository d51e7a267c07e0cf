"""Parties, agents, guardians, groups and mediators of a case (domain.md §1.2, §1.7)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from mediation_desk.cases.checks import known
from mediation_desk.cases.checks.problem import Problem
from mediation_desk.cases.model import CaseFile
from mediation_desk.experts.model import Role
from mediation_desk.parties.model import Party, PartyKind, age_on

ADULT = 18
MOST_AGENTS = 2

_PARTY_REF = re.compile(r"[A-Z][1-9][0-9]?")
_PERSON = {"gender", "ethnicity", "birth_date", "id_type", "id_no", "occupation", "guardian"}
_ORGANISATION = {"uscc", "legal_representative"}
_GROUP = {"headcount", "representatives", "representative_letter_on", "contact_person"}
_KEYS = {
    PartyKind.PERSON: _PERSON,
    PartyKind.COMPANY: _ORGANISATION,
    PartyKind.UNINCORPORATED: _ORGANISATION,
    PartyKind.SOLE_TRADER: _ORGANISATION | {"operator"},
    PartyKind.GROUP: _GROUP,
}


def check(file: CaseFile) -> Iterator[Problem]:
    """Who takes part: enough parties, no label twice, everybody able to act and properly represented."""
    if len(file.parties) < 2:
        yield Problem(pointer="/parties", message="至少应有两方当事人")
    yield from _labels(file)
    for number, party in enumerate(file.parties):
        yield from _party(f"/parties/{number}", party, file)
    yield from _mediators(file)


def _labels(file: CaseFile) -> Iterator[Problem]:
    named = [(f"/parties/{number}/ref", party.ref) for number, party in enumerate(file.parties)]
    named += [(f"/group_members/{number}/ref", one.ref) for number, one in enumerate(file.group_members)]
    named += [(f"/related_persons/{number}/ref", one.ref) for number, one in enumerate(file.related_persons)]
    named += [(f"/mediators/{number}/pool_no", one.pool_no) for number, one in enumerate(file.mediators)]
    named += [("/recorder/pool_no", ref) for ref in known.recorders(file)]
    yield from _twice(named)
    for number, party in enumerate(file.parties):
        if not _PARTY_REF.fullmatch(party.ref):
            reason = "当事人的代号应为一个大写字母加序号，例如A1"
            yield Problem(pointer=f"/parties/{number}/ref", message=reason)
    for place, ref in named:
        if place.endswith("pool_no") and not known.is_pool_no(ref):
            yield Problem(pointer=place, message="专家库编号应为一个大写字母加两位以上数字，例如M01")


def _twice(named: Iterable[tuple[str, str]]) -> Iterator[Problem]:
    seen: Counter[str] = Counter()
    for place, ref in named:
        seen[ref] += 1
        if seen[ref] == 2:
            yield Problem(pointer=place, message=f"代号“{ref[:20]}”出现了两次")


def _party(place: str, party: Party, file: CaseFile) -> Iterator[Problem]:
    if not party.name.strip():
        yield Problem(pointer=f"{place}/name", message="缺少姓名或者名称")
    elif party.is_person and not 2 <= len(party.name) <= 50:
        yield Problem(pointer=f"{place}/name", message="姓名应为2至50个字")
    for key in sorted((_PERSON | _ORGANISATION | _GROUP | {"operator"}) - _KEYS[party.kind]):
        if getattr(party, key) not in (None, ()):
            yield Problem(pointer=f"{place}/{key}", message=f"{party.kind.value}没有这一项")
    if len(party.agents) > MOST_AGENTS:
        yield Problem(pointer=f"{place}/agents", message="委托代理人最多两名")
    yield from _guarded(place, party, file)
    if party.is_group:
        yield from _group(place, party, file)


def _guarded(place: str, party: Party, file: CaseFile) -> Iterator[Problem]:
    on = file.intake.received_on
    if party.birth_date and age_on(party.birth_date, on) < ADULT and party.guardian is None:
        yield Problem(pointer=f"{place}/guardian", message="当事人未满十八周岁，应有监护人")
    if party.guardian is not None and age_on(party.guardian.birth_date, on) < ADULT:
        yield Problem(pointer=f"{place}/guardian/birth_date", message="监护人未满十八周岁")


def _group(place: str, party: Party, file: CaseFile) -> Iterator[Problem]:
    members = file.members_of(party.ref)
    refs = frozenset(member.ref for member in members)
    if party.headcount is None or party.headcount < 2:
        yield Problem(pointer=f"{place}/headcount", message="群体应写明人数，至少两人")
    elif members and len(members) != party.headcount:
        reason = f"写的是{party.headcount}人，名单上有{len(members)}人"
        yield Problem(pointer=f"{place}/headcount", message=reason)
    chosen = party.representatives
    if chosen and not (2 <= len(chosen) <= 5 and len(set(chosen)) == len(chosen)):
        reason = "代表人应为二至五人，不得重复"
        yield Problem(pointer=f"{place}/representatives", message=reason, rule="LR-19")
    if chosen and party.representative_letter_on is None:
        reason = "有代表人的，要写推选书的日期（民事诉讼法第五十六条）"
        yield Problem(pointer=f"{place}/representatives", message=reason, rule="LR-19")
    if not members:
        return
    yield from known.unknown(f"{place}/representatives", chosen, refs, "这一群体的成员")
    yield from known.unknown_one(f"{place}/contact_person", party.contact_person, refs, "这一群体的成员")
    for number, member in enumerate(file.group_members):
        if member.ref in refs and chosen and member.is_representative != (member.ref in chosen):
            where = f"/group_members/{number}/is_representative"
            yield Problem(pointer=where, message="与当事人一栏的代表人名单不一致", rule="LR-19")


def _mediators(file: CaseFile) -> Iterator[Problem]:
    groups = frozenset(party.ref for party in file.parties if party.is_group)
    for number, member in enumerate(file.group_members):
        yield from known.unknown_one(f"/group_members/{number}/ref", member.party_ref, groups, "群体当事人")
    presiding = [mediator for mediator in file.mediators if mediator.role is Role.PRESIDING]
    if file.mediators and len(presiding) != 1:
        yield Problem(pointer="/mediators", message="应当恰好有一名主持调解的调解员", rule="LR-6")
    for number, mediator in enumerate(file.mediators):
        place = f"/mediators/{number}"
        born = mediator.birth_date
        if born and age_on(born, mediator.selected_on) < ADULT:
            yield Problem(pointer=f"{place}/birth_date", message="调解员应当是成年公民", rule="LR-4")
        yield from known.unknown(f"{place}/selected_by", mediator.selected_by, known.parties(file), "当事人")
