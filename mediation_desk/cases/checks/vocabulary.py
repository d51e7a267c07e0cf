"""Codes and labels that must come from the lists of domain.md §6.1."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mediation_desk.cases.checks.problem import Problem
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.vocabulary import CourtMode
from mediation_desk.parties.model import Party

SCALES = {"01": "个体性事件", "02": "一般群体性事件", "03": "重大群体性事件"}
ID_TYPES = ("111", "112", "113", "114", "115", "117", "123", "335", "414", "511", "516", "990")
GRADES = ("一级人民调解员", "二级人民调解员", "三级人民调解员", "四级人民调解员")
LETTERS = {CourtMode.BEFORE_FILING: "委派调解函", CourtMode.AFTER_FILING: "委托调解函"}

_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_-]{1,63}")  # it becomes part of file names
_AGENT = re.compile(r"委托代理人|法律援助律师|近亲属代理人（.+）")


def check(file: CaseFile) -> Iterator[Problem]:
    """Codes of the dispute, kinds of papers and agents, grades, labels of claims and evidence."""
    if not _KEY.fullmatch(file.case_key):
        yield Problem(pointer="/case_key", message="应为字母开头的字母、数字、下划线和短横线，最多64个")
    scale = file.dispute.event_scale
    if SCALES.get(scale.code) != scale.name:
        allowed = "、".join(code + name for code, name in SCALES.items())
        yield Problem(pointer="/dispute/event_scale", message=f"应为{allowed}之一")
    if not re.fullmatch(r"[0-9]{4}", file.dispute.category_zz.code):
        yield Problem(pointer="/dispute/category_zz/code", message="综治类别代码应为四位数字")
    for number, party in enumerate(file.parties):
        yield from _party(f"/parties/{number}", party)
    for number, mediator in enumerate(file.mediators):
        if mediator.grade is not None and mediator.grade not in GRADES:
            yield Problem(pointer=f"/mediators/{number}/grade", message=f"只能是{'、'.join(GRADES)}")
    yield from _labels(file)
    referral = file.court_referral
    if referral is not None and referral.letter != LETTERS[referral.mode]:
        yield Problem(
            pointer="/court_referral/letter", message=f"{referral.mode}应为{LETTERS[referral.mode]}"
        )


def _party(place: str, party: Party) -> Iterator[Problem]:
    if party.id_type is not None and party.id_type.code not in ID_TYPES:
        yield Problem(pointer=f"{place}/id_type/code", message="不是证件种类代码（GA/T 517）")
    if party.ethnicity and not party.ethnicity.endswith("族"):
        yield Problem(pointer=f"{place}/ethnicity", message="民族应写全称，例如汉族")
    for number, agent in enumerate(party.agents):
        if not _AGENT.fullmatch(agent.kind):
            where = f"{place}/agents/{number}/kind"
            yield Problem(pointer=where, message="应为委托代理人、法律援助律师或者近亲属代理人（关系）")


def _labels(file: CaseFile) -> Iterator[Problem]:
    for number, claim in enumerate(file.claims):
        if not re.fullmatch(r"Q[0-9]+", claim.ref):
            yield Problem(pointer=f"/claims/{number}/ref", message="请求的代号应为Q加序号")
    for number, item in enumerate(file.evidence):
        if not re.fullmatch(r"E[0-9]+", item.ref):
            yield Problem(pointer=f"/evidence/{number}/ref", message="证据的代号应为E加序号")
    for number, person in enumerate(file.related_persons):
        if not re.fullmatch(r"R[1-9][0-9]?", person.ref):
            yield Problem(pointer=f"/related_persons/{number}/ref", message="相关人员的代号应为R加序号")
