"""The conflict engine: the matrix of relations, earlier cases, what a party may read, rules as data, speed."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediation_desk.experts.conflicts.index import ConflictIndex
from mediation_desk.experts.conflicts.model import Earlier, Effect, Hit, Part, Person, Relation
from mediation_desk.experts.conflicts.rules import conflict_rules
from mediation_desk.experts.mediator import Mediator, Tie, TieKind
from mediation_desk.experts.model import RecusalGround
from mediation_desk.shared.assets import read_text, use_rules_in
from mediation_desk.shared.errors import InputError
from mediation_desk.shared.track import Track
from tests.unit.conflict_rows import (
    COMPANY,
    HOME,
    ID,
    OTHER_ID,
    ROWS,
    Row,
    company,
    mediator,
    person,
    tie,
)


def hits(
    who: Mediator, *people: Person, earlier: tuple[Earlier, ...] = (), track: Track = Track.PEOPLES
) -> tuple[Hit, ...]:
    return ConflictIndex([who]).hits(people, earlier, track).get(who.pool_no, ())


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.label)
def test_matrix(row: Row) -> None:
    found = hits(row.mediator, row.person, track=row.track)
    assert [hit.kind for hit in found] == ([row.relation] if row.relation else [])
    for hit in found:
        assert hit.effect is row.effect
        assert row.fragment in hit.sentence
        assert (hit.pool_no, hit.ref) == (row.mediator.pool_no, row.person.ref)
        assert hit.basis.endswith(("项", "从其规定"))
        assert RecusalGround(hit.ground)


def test_the_matrix_is_large_enough() -> None:
    labels = [row.label for row in ROWS]
    assert len(labels) == len(set(labels))
    assert len(labels) >= 60
    assert sum(row.relation is None for row in ROWS) >= 25


EARLIER = {
    (Part.PARTY, True): (Relation.EARLIER_OPPONENT, Effect.EXCLUDE),
    (Part.PARTY, False): (Relation.EARLIER_SAME_SIDE, Effect.DISCLOSE),
    (Part.MEMBER, True): (Relation.EARLIER_OPPONENT, Effect.EXCLUDE),
    (Part.MEMBER, False): (Relation.EARLIER_SAME_SIDE, Effect.DISCLOSE),
    (Part.OPERATOR, True): (Relation.EARLIER_OPPONENT, Effect.EXCLUDE),
    (Part.OPERATOR, False): (Relation.EARLIER_REPRESENTATIVE, Effect.EXCLUDE),
    (Part.LEGAL_REPRESENTATIVE, True): (Relation.EARLIER_OPPONENT, Effect.EXCLUDE),
    (Part.LEGAL_REPRESENTATIVE, False): (Relation.EARLIER_REPRESENTATIVE, Effect.EXCLUDE),
    (Part.GUARDIAN, True): (Relation.EARLIER_OPPONENT, Effect.EXCLUDE),
    (Part.GUARDIAN, False): (Relation.EARLIER_GUARDIAN, Effect.EXCLUDE),
    (Part.AGENT, True): (Relation.EARLIER_AGENT_AGAINST, Effect.DISCLOSE),
    (Part.AGENT, False): (Relation.EARLIER_AGENT_FOR, Effect.EXCLUDE),
    (Part.RELATED, True): (Relation.EARLIER_RELATED, Effect.DISCLOSE),
    (Part.RELATED, False): (Relation.EARLIER_RELATED, Effect.DISCLOSE),
    (Part.MEDIATOR, True): (Relation.EARLIER_MEDIATOR, Effect.DISCLOSE),
    (Part.MEDIATOR, False): (Relation.EARLIER_MEDIATOR, Effect.DISCLOSE),
}


def met(
    part: Part, *, opposed: bool = False, who: str = "钮志斌", number: str | None = "（2025）锦园人调字第9号"
) -> Earlier:
    return Earlier(pool_no="M08", case_key="K9", number=number, part=part, person=who, opposed=opposed)


@pytest.mark.parametrize(("part", "opposed"), list(product(Part, (True, False))))
@pytest.mark.parametrize("who", ["钮志斌", "B1"])
def test_earlier_cases(part: Part, opposed: bool, who: str) -> None:
    agent = person(Part.AGENT, "汪律涛")
    (hit,) = hits(mediator(), person(), agent, earlier=(met(part, opposed=opposed, who=who),))
    assert (hit.kind, hit.effect) == EARLIER[part, opposed]
    assert "（2025）锦园人调字第9号案件" in hit.sentence
    assert "当事人钮志斌（B1）" in hit.sentence
    assert "第9号" not in hit.told


def test_an_agent_who_acted_against_a_party_is_excluded_in_court_cases_only() -> None:
    entry = met(Part.AGENT, opposed=True)
    effects = {track: hits(mediator(), person(), earlier=(entry,), track=track)[0].effect for track in Track}
    assert [track for track, effect in effects.items() if effect is Effect.EXCLUDE] == [Track.JUDICIAL]


def test_a_former_opponent_who_is_only_agent_now_is_disclosed() -> None:
    agent = person(Part.AGENT, "汪律涛")
    (hit,) = hits(mediator(), agent, earlier=(met(Part.PARTY, opposed=True, who="汪律涛"),))
    assert hit.effect is Effect.DISCLOSE


def test_every_earlier_case_is_said_once_with_its_key_where_it_has_no_number() -> None:
    entries = (met(Part.PARTY, opposed=True), met(Part.PARTY, opposed=True), met(Part.AGENT, number=None))
    found = hits(mediator(), person(), earlier=entries)
    assert [hit.kind for hit in found] == [Relation.EARLIER_OPPONENT, Relation.EARLIER_AGENT_FOR]
    assert "K9案件" in found[1].sentence


def test_earlier_cases_of_mediators_outside_the_index_are_left_out() -> None:
    assert not ConflictIndex([mediator(pool_no="M01")]).hits([person()], [met(Part.PARTY)], Track.PEOPLES)


@pytest.mark.parametrize(
    ("kind", "before", "after"),
    [
        (TieKind.EMPLOYER, Relation.EMPLOYER, Relation.FORMER_EMPLOYER),
        (TieKind.SHAREHOLDING, Relation.SHAREHOLDING, Relation.FORMER_SHAREHOLDING),
        (TieKind.KIN, Relation.NEAR_KIN, Relation.OTHER_KIN),
        (TieKind.CLIENT, Relation.CLIENT, Relation.CLIENT),
    ],
)
def test_a_tie_that_ended_is_a_former_one(kind: TieKind, before: Relation, after: Relation) -> None:
    index = ConflictIndex([mediator(Tie(kind=kind, name=COMPANY, until=date(2025, 6, 30)))])
    for on, relation in ((None, before), (date(2025, 6, 30), before), (date(2025, 7, 1), after)):
        (hit,) = index.hits([company()], (), Track.PEOPLES, on=on)["M08"]
        assert hit.kind == relation
        assert "至2025年6月30日" in hit.sentence


def test_a_member_of_another_group_is_nobody_here() -> None:
    kin = mediator(tie(TieKind.KIN, "梁小川"))
    assert not hits(kin, person(Part.MEMBER, "梁大川", ref="A1-01"), person(Part.MEMBER, "梁川", ref="A1-02"))


def test_exclusions_come_first_and_the_surer_explanation_stays() -> None:
    who = mediator(
        tie(TieKind.OTHER, "钮志斌"),
        tie(TieKind.KIN, "钮志斌", relation="哥哥"),
        tie(TieKind.KIN, "钮志斌", OTHER_ID, "弟弟"),
    )
    found = hits(who, person(id_no=OTHER_ID))
    assert [hit.kind for hit in found] == [Relation.NEAR_KIN, Relation.OTHER_TIE]
    assert "弟弟" in found[0].sentence


def test_the_order_of_ties_does_not_matter() -> None:
    ties = [tie(TieKind.KIN, "钮志斌", relation=relation) for relation in ("哥哥", "弟弟")]
    assert hits(mediator(*ties), person()) == hits(mediator(*reversed(ties)), person())


def test_grounds_and_basis_differ_by_part_and_track() -> None:
    kin = mediator(tie(TieKind.KIN, "钮志斌"))
    assert hits(kin, person())[0].ground == RecusalGround.KIN
    assert hits(kin, person(Part.OPERATOR))[0].ground == RecusalGround.OTHER
    texts = {hits(kin, person(), track=track)[0].basis for track in Track}
    assert len(texts) == len(Track)
    assert all("第十五条" in text for text in texts)


NAMES = ("黎秋霞", "黎大山", "钮志斌", "欧阳雪梅", "买买提·艾力")
IDS = ("", ID, OTHER_ID)
PHONES = ("", "13800000908", "0471-55512345")
PLACES = ("", HOME, "云川市安和区青石镇柳湾村三组")
BODIES = (COMPANY, COMPANY + "安和分公司", "锦园社区人民调解委员会")
people = st.lists(
    st.builds(
        Person,
        ref=st.sampled_from(("A1", "B1", "B2")),
        part=st.sampled_from(Part),
        name=st.sampled_from(NAMES + BODIES),
        id_no=st.sampled_from(IDS),
        phone=st.sampled_from(PHONES),
        address=st.sampled_from(PLACES),
        household=st.sampled_from(PLACES),
        employer=st.sampled_from(("", *BODIES)),
        is_organisation=st.booleans(),
    ),
    max_size=5,
)
ties = st.lists(
    st.builds(
        Tie,
        kind=st.sampled_from(TieKind),
        name=st.sampled_from(NAMES + BODIES),
        id_no=st.sampled_from(IDS),
        relation=st.sampled_from(("", "儿子", "表叔赵钱孙")),
    ),
    max_size=3,
)


@st.composite
def pools(draw: st.DrawFn) -> list[Mediator]:
    return [
        mediator(
            *draw(ties),
            pool_no=f"M{place:02}",
            name=draw(st.sampled_from(NAMES)),
            id_no=draw(st.sampled_from(IDS)),
            phone=draw(st.sampled_from(PHONES)),
            organisation=draw(st.sampled_from(BODIES)),
            address=draw(st.sampled_from(PLACES)),
            household=draw(st.sampled_from(PLACES)),
        )
        for place in range(draw(st.integers(0, 3)))
    ]


meetings = st.lists(
    st.builds(
        Earlier,
        pool_no=st.sampled_from(("M00", "M01", "M09")),
        case_key=st.sampled_from(("K1", "K2")),
        number=st.sampled_from((None, "（2025）甲人调字第1号")),
        part=st.sampled_from(Part),
        person=st.sampled_from((*NAMES, "A1", "赵钱孙")),
        opposed=st.booleans(),
    ),
    max_size=3,
)


@given(pool=pools(), case=people, earlier=meetings, data=st.data())
def test_order_of_mediators_and_people_does_not_matter(
    pool: list[Mediator], case: list[Person], earlier: list[Earlier], data: st.DataObject
) -> None:
    found = ConflictIndex(pool).hits(case, earlier, Track.PEOPLES)
    shuffled = ConflictIndex(data.draw(st.permutations(pool)))
    again = shuffled.hits(
        data.draw(st.permutations(case)), data.draw(st.permutations(earlier)), Track.PEOPLES
    )
    assert list(again.items()) == list(found.items())


@given(pool=pools(), case=people, earlier=meetings)
def test_one_mediator_alone_gets_the_same_hits(
    pool: list[Mediator], case: list[Person], earlier: list[Earlier]
) -> None:
    found = ConflictIndex(pool).hits(case, earlier, Track.JUDICIAL)
    for who in pool:
        alone = ConflictIndex([who]).hits(case, earlier, Track.JUDICIAL)
        assert alone.get(who.pool_no, ()) == found.get(who.pool_no, ())


@given(pool=pools(), case=people, track=st.sampled_from(Track))
def test_a_stranger_is_never_hit(pool: list[Mediator], case: list[Person], track: Track) -> None:
    stranger = mediator(
        pool_no="M99",
        name="孤独人",
        id_no="110101195904121375",
        phone="13800000901",
        organisation="白石镇人民调解委员会",
        address="云川市安和区孤山路99号1单元101室",
        household="云川市安和区孤山路98号",
    )
    assert "M99" not in ConflictIndex([*pool, stranger]).hits(case, (), track)


@given(pool=pools(), case=people, earlier=meetings, track=st.sampled_from(Track))
def test_what_a_party_reads_holds_nobodys_data(
    pool: list[Mediator], case: list[Person], earlier: list[Earlier], track: Track
) -> None:
    parties = {one.name for one in case if one.part is Part.PARTY}
    secret = {*IDS, *PHONES, *PLACES, "表叔赵钱孙", *(set(NAMES) - parties)} - {""}
    for found in ConflictIndex(pool).hits(case, earlier, track).values():
        for hit in found:
            assert not [text for text in secret if text in hit.told]
            assert not [number for number in (*IDS, *PHONES) if number and number in hit.sentence]
            assert not [place for place in PLACES if place and place in hit.sentence]


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Path]:
    use_rules_in(tmp_path)
    yield tmp_path / "conflicts.toml"
    use_rules_in(Path("/nonexistent"))


def test_a_centre_changes_an_effect(own: Path) -> None:
    shipped = read_text("rules/conflicts.toml")
    before = 'name = "同事"\neffect = "须披露"'
    assert before in shipped
    own.write_text(shipped.replace(before, 'name = "同事"\neffect = "排除"'), "utf-8")
    (hit,) = hits(mediator(), person(employer="锦园社区人民调解委员会"))
    assert hit.effect is Effect.EXCLUDE


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('name = "同事"', 'name = "同乡"'),
        ('name = "同事"', 'name = "同名"'),
        ('effect = "排除"', 'effect = "也许"'),
        ('ground = "利害关系"', 'ground = "不和"'),
        ('parts = ["代理人"]', 'parts = ["路人"]'),
        ('tracks = ["司法调解"]', 'tracks = ["商事调解"]'),
        ("{matched}", "{id_no}"),
        ("{matched}", "{}"),
        ("{matched}", "{"),
        ("{role}", "{person}"),
        ("shortest = 6", "shortest = []"),
        ("[words]", "[word]"),
        ('[basis."行政调解"]', '[basis."行政"]'),
    ],
)
def test_a_faulty_rule_file_is_named(own: Path, old: str, new: str) -> None:
    shipped = read_text("rules/conflicts.toml")
    assert old in shipped
    own.write_text(shipped.replace(old, new), "utf-8")
    with pytest.raises(InputError, match=r"conflicts\.toml"):
        conflict_rules()


def _large_pool(size: int) -> list[Mediator]:
    kinds = tuple(TieKind)
    return [
        mediator(
            *(tie(kinds[(place + n) % len(kinds)], f"单位{place}之{n}") for n in range(3)),
            pool_no=f"M{place:04}",
            name=f"甲{chr(0x4E00 + place)}",
            id_no=f"11010119800101{place:04}",
            phone=f"138{place:08}",
            organisation=f"第{place % 40}人民调解委员会",
            address=f"云川市安和区长街{place}号楼1单元101室",
            household=f"云川市安和区老街{place}号",
        )
        for place in range(size)
    ]


def _case(size: int) -> list[Person]:
    return [
        person(
            Part.MEMBER,
            f"乙{chr(0x4E00 + n)}",
            ref=f"A1-{n:03}",
            id_no=f"11010119900101{n:04}",
            phone=f"139{n:08}",
            address=f"云川市安和区短街{n}号楼1单元101室",
        )
        for n in range(size)
    ]


def _seconds(index: ConflictIndex, case: list[Person]) -> float:
    def once() -> float:
        start = time.perf_counter()
        index.hits(case, (), Track.PEOPLES)
        return time.perf_counter() - start

    return min(once() for _ in range(15))


def test_the_cost_follows_the_case_not_the_pool() -> None:
    """Best of many runs; the bounds leave room for a busy machine, a scan of 5,000 would break them by far."""
    small, large = ConflictIndex(_large_pool(50)), ConflictIndex(_large_pool(5000))
    three = _case(3)
    assert _seconds(large, three) < 0.002
    assert _seconds(large, _case(118)) < 0.03
    assert _seconds(large, three) < 5 * _seconds(small, three)
