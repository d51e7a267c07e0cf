"""Who stands in a case file, as the conflict engine sees it; and the recorded cases replayed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from mediation_desk.cases.choosing.people import employer_in, people_of
from mediation_desk.cases.model import CaseFile
from mediation_desk.experts.conflicts.index import ConflictIndex
from mediation_desk.experts.conflicts.model import Effect, Hit, Part, Relation
from mediation_desk.experts.conflicts.rules import conflict_rules
from mediation_desk.experts.mediator import Mediator, Tie, TieKind
from mediation_desk.experts.model import MediatorCard
from mediation_desk.interchange.reader import read_case
from tests.shared_cases import FILES, FOLDER, needs_cases
from tests.unit.edited import example, read

CARD_KEYS = tuple(MediatorCard.__dataclass_fields__)


def load(name: str) -> CaseFile:
    (path,) = FOLDER.glob(f"{name}_*.json")
    return read_case(path.read_bytes())


def pool() -> dict[str, Mediator]:
    """Every mediator recorded in any case."""
    files = (read_case(path.read_bytes()) for path in FILES)
    cards = {one.pool_no: one for file in files for one in file.mediators}
    return {
        number: Mediator(card=MediatorCard(**{key: getattr(card, key) for key in CARD_KEYS}))
        for number, card in cards.items()
    }


def found(file: CaseFile, mediators: list[Mediator]) -> dict[str, tuple[Hit, ...]]:
    return dict(ConflictIndex(mediators).hits(people_of(file), (), file.track))


def test_the_example_lists_everybody_once() -> None:
    file = read(example())
    people = people_of(file)
    assert len(people) == len(set(people))
    assert [one.ref for one in people if one.part is Part.PARTY] == [party.ref for party in file.parties]
    assert not [one for one in people if one.part is Part.MEDIATOR]


@needs_cases
def test_a_company_with_its_representative_and_agent() -> None:
    company, representative, agent = (one for one in people_of(load("C01")) if one.ref == "B2")
    assert (company.part, company.name, company.id_no) == (
        Part.PARTY,
        "云川安居物业服务有限公司",
        "91110101MA01A2B32B",
    )
    assert company.is_organisation
    assert company.phone == "13800000103"
    assert (representative.part, representative.name) == (Part.LEGAL_REPRESENTATIVE, "戴国兴")
    assert (agent.part, agent.name, agent.phone, agent.employer) == (Part.AGENT, "卢倩", "13800000104", "")


@needs_cases
def test_a_sole_trader_is_operator_once() -> None:
    trader, operator = (one for one in people_of(load("C10")) if one.ref == "B1")
    assert trader.is_organisation
    assert (operator.part, operator.name, operator.id_no) == (Part.OPERATOR, "强东来", "110101198011032352")


@needs_cases
def test_guardian_related_person_and_legal_aid() -> None:
    guardian = next(one for one in people_of(load("C09")) if one.part is Part.GUARDIAN)
    assert (guardian.ref, guardian.name, guardian.id_no) == ("A1", "范晓彤", "11010119840619222X")
    child = next(one for one in people_of(load("C03")) if one.part is Part.RELATED)
    assert (child.ref, child.name, child.id_no) == ("R1", "章予安", "110101201705141179")
    lawyer = next(one for one in people_of(load("C02")) if one.part is Part.AGENT and one.ref == "A1")
    assert lawyer.employer == "安和区法律援助中心"


@needs_cases
@pytest.mark.parametrize(("name", "ref", "members"), [("C02", "A1", 23), ("C07", "B1", 41)])
def test_all_members_of_a_group(name: str, ref: str, members: int) -> None:
    people = people_of(load(name))
    listed = [one for one in people if one.part is Part.MEMBER]
    assert len(listed) == members
    assert all(one.ref.startswith(f"{ref}-") and one.id_no and one.phone for one in listed)
    (group,) = (one for one in people if one.part is Part.PARTY and one.ref == ref)
    assert not group.is_organisation
    assert not group.address


@needs_cases
def test_an_owner_of_the_group_lives_in_the_room_on_file() -> None:
    first = next(one for one in people_of(load("C07")) if one.part is Part.MEMBER)
    assert first.address == "云川市安和区碧湖名邸小区1号楼1单元101室"


@pytest.mark.parametrize(
    ("text", "employer"),
    [
        ("安和正衡律师事务所律师", "安和正衡律师事务所"),
        ("北京市甲乙（安和）律师事务所主任", "北京市甲乙（安和）律师事务所"),
        ("云川众安达保险有限公司安和支公司理赔专员", "云川众安达保险有限公司安和支公司"),
        ("专职律师，安和正衡律师事务所", "安和正衡律师事务所"),
        ("律师事务所主任", ""),
        ("本有限公司法务", ""),
        ("执业律师", ""),
        ("项目经理", ""),
        ("", ""),
    ],
)
def test_employer_named_in_a_post(text: str, employer: str) -> None:
    assert employer_in(text, conflict_rules().employer_words) == employer


@needs_cases
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem[:3])
def test_no_recorded_mediator_is_excluded(path: Path) -> None:
    """Not even a disclosure comes from the files alone, for anybody of the pool."""
    file = read_case(path.read_bytes())
    everybody = pool()
    assert {one.pool_no for one in file.mediators} <= everybody.keys()
    assert found(file, list(everybody.values())) == {}


@needs_cases
@pytest.mark.parametrize("number", ["", "110101198109051316"])
def test_the_tie_that_made_c13_choose_again_is_found(number: str) -> None:
    mediators = pool()
    cousin = Tie(kind=TieKind.KIN, name="钮志斌", id_no=number, relation="丈夫的表弟")
    mediators["M08"] = replace(mediators["M08"], ties=(cousin,))
    file = load("C13")
    ((pool_no, (hit,)),) = found(file, list(mediators.values())).items()
    assert (pool_no, hit.kind, hit.effect, hit.ref) == ("M08", Relation.OTHER_KIN, Effect.EXCLUDE, "B1")
    assert hit.ground == file.recusals[0].ground
    assert hit.sentence.startswith("本案当事人钮志斌（B1）登记为黎秋霞（M08）的亲属（丈夫的表弟）")
    assert hit.told == "该调解员与本案当事人钮志斌登记有亲属关系。"
