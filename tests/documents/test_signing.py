"""Who must sign finds a place to, nobody else does, and no signature is printed for anybody."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mediation_desk.agreements.model import NotSigned
from mediation_desk.cases.model import CaseFile
from mediation_desk.documents import service
from mediation_desk.documents.content import Paper, SealPlace, SignatureArea, Table
from mediation_desk.documents.flow import plain_text
from mediation_desk.experts.model import Role
from mediation_desk.interchange.reader import read_case
from mediation_desk.parties.model import Authority, Side
from tests.documents.dispute import DAY, case, company, group, guardian, mediator, person
from tests.shared_cases import FILES, needs_cases


def _paper(file: CaseFile) -> Paper:
    (paper,) = service.compose(file, "agreement")
    return paper


def _places(paper: Paper) -> list[str]:
    return [
        f"{place.party}|{place.by}|{place.act}"
        for block in paper.blocks
        if isinstance(block, SignatureArea)
        for place in block.places
    ]


def test_every_party_mediator_and_the_recorder_has_a_place() -> None:
    file = case(
        parties=(
            person("A1", "孟兰"),
            person("B1", "田远", Side.RESPONDENT),
            company("B2", "测试物业有限公司"),
        ),
        mediators=(mediator(), mediator("M08", "黎霞", Role.ASSISTING)),
    )
    assert _places(_paper(file)) == [
        "申请人：孟兰||签名并按指印",
        "被申请人：田远||签名并按指印",
        "被申请人：测试物业有限公司（盖章）|法定代表人戴国或委托代理人卢一帆|签名",
        "|人民调解员周敬|签名",
        "|人民调解员黎霞|签名",
        "|记录人赵宁|签名",
    ]


def test_the_body_seals_over_name_and_day() -> None:
    seals = [block for block in _paper(case()).blocks if isinstance(block, SealPlace)]
    assert seals == [SealPlace(body="测试人民调解委员会", day="2026年3月24日")]


def test_an_unsigned_agreement_leaves_the_day_open() -> None:
    base = case()
    assert base.agreement is not None
    text = plain_text(_paper(replace(base, agreement=replace(base.agreement, signatures=()))))
    assert text.rstrip("\n").endswith("　　年　　月　　日")


def test_an_agent_without_special_authority_cannot_settle() -> None:
    """LR-18; on a record of a session the same agent may sign."""
    full = company("B1", "测试物业有限公司")
    agent = replace(full.agents[0], authority=Authority.GENERAL)
    file = case(parties=(person("A1", "孟兰"), replace(full, agents=(agent,))))
    assert "被申请人：测试物业有限公司（盖章）|法定代表人戴国|签名" in _places(_paper(file))
    (record,) = service.compose(file, "record")
    assert any("卢一帆" in place for place in _places(record))


def test_a_guardian_signs_for_a_child() -> None:
    file = case(parties=(person("A1", "温墨", guardian=guardian()), company("B1", "测试物业有限公司")))
    assert "申请人：温墨|法定代理人范晓|签名并按指印" in _places(_paper(file))


@pytest.mark.parametrize(
    ("copies", "last_column", "mark"), [(14, "签名并按指印", "签名："), (4, "授权", "书面授权")]
)
def test_members_sign_where_each_gets_a_copy_else_their_mandate_is_noted(
    copies: int, last_column: str, mark: str
) -> None:
    party, members = group("A1", 12)
    base = case()
    assert base.agreement is not None
    agreement = replace(base.agreement, copies=copies)
    file = replace(base, parties=(party, base.parties[1]), group_members=members, agreement=agreement)
    paper = _paper(file)
    table = paper.blocks[-1]
    assert isinstance(table, Table)
    assert table.columns[-1].title == last_column
    assert len(table.rows) == 12
    assert table.rows[5][-1] == mark
    first = next(place for place in _places(paper) if "代表人组员" in place)
    assert first.startswith("申请人：组员1等12人|")


def test_who_refused_to_sign_has_no_place_and_is_not_in_the_annex() -> None:
    party, members = group("A1", 12)
    refusal = NotSigned(ref="A1-05", on=DAY, reason="不同意", told_remedies=("起诉",), told_on=DAY)
    base = case()
    file = replace(base, parties=(party, base.parties[1]), group_members=members, not_signed=(refusal,))
    table = _paper(file).blocks[-1]
    assert isinstance(table, Table)
    assert [row[1] for row in table.rows] == [member.name for member in members if member.ref != "A1-05"]


@needs_cases
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem[:3])
def test_acceptance_cases_have_all_places(path: object) -> None:
    file = read_case(path.read_bytes())  # type: ignore[attr-defined]
    if file.agreement is None or file.agreement.oral_record:
        return
    paper = _paper(file)
    places = "\n".join(_places(paper))
    people = [party.name for party in file.parties] + [m.name for m in file.mediators]
    people += [m.name for m in file.group_members if m.is_representative]
    people += [agent.name for p in file.parties for agent in p.agents if agent.authority is Authority.SPECIAL]
    people += [p.legal_representative.name for p in file.parties if p.legal_representative]
    for name in people:
        assert name in places
    assert any(
        isinstance(block, SealPlace) and block.body == file.organisation.name for block in paper.blocks
    )


@needs_cases
def test_the_wage_case_is_made_out_in_28_copies() -> None:
    file = read_case(next(path for path in FILES if path.name.startswith("C02")).read_bytes())
    text = plain_text(_paper(file))
    assert "本协议一式二十八份" in text
    assert text.count("签名：\n") == 23
