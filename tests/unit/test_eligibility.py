"""Who may be shown, chosen or appointed, why and why not; and the neutral order of those who may (§5.4)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediation_desk.cases.vocabulary import Category
from mediation_desk.experts.choice.eligibility import (
    Demand,
    Obstacle,
    demand_of,
    reasons_against,
    reasons_for,
)
from mediation_desk.experts.choice.neutral_order import neutral_order, rotation_asked
from mediation_desk.experts.conflicts.model import Effect, Hit
from mediation_desk.experts.mediator import Leave, Mediator, Standing
from mediation_desk.experts.model import Employment, MediatorCard
from mediation_desk.parties.model import Gender
from mediation_desk.shared.assets import read_text, use_rules_in
from mediation_desk.shared.errors import InputError
from mediation_desk.shared.track import Track

TODAY = date(2026, 10, 8)
DAY = timedelta(days=1)

CARD = MediatorCard(
    pool_no="M01",
    name="周甲",
    gender=Gender.MALE,
    organisation="某区人民调解委员会",
    employment=Employment.FULL_TIME,
    specialties=("邻里", "合同"),
    languages=("普通话",),
)
FIT = Mediator(card=CARD, term_from=TODAY - 365 * DAY, term_to=TODAY + 365 * DAY)


def demand(category: str = "邻里纠纷", *, language: str = "", insisted: bool = False) -> Demand:
    return demand_of(on=TODAY, track=Track.PEOPLES, category=category, language=language, insisted=insisted)


def knowing(*specialties: str) -> Mediator:
    return replace(FIT, card=replace(CARD, specialties=specialties))


def speaking(*languages: str) -> Mediator:
    return replace(FIT, card=replace(CARD, languages=languages))


def hit(effect: Effect) -> Hit:
    return Hit(
        pool_no="M01",
        kind="近亲属",
        effect=effect,
        ground="近亲属",
        ref="A1",
        sentence="周甲是申请人的兄长",
        told="",
    )


def kinds(mediator: Mediator, wanted: Demand, *, running: int = 0) -> dict[Obstacle, bool]:
    return {one.kind: one.hard for one in reasons_against(mediator, wanted, running=running)}


def test_nothing_stands_against_one_who_fits() -> None:
    assert reasons_against(FIT, demand(), running=14) == ()
    assert reasons_for(FIT, demand(), running=2) == ("擅长邻里", "在办2件")
    assert reasons_for(FIT, demand(), running=0) == ("擅长邻里", "没有在办案件")


@pytest.mark.parametrize(
    ("mediator", "running", "kind", "said"),
    [
        (
            replace(FIT, standing=Standing.SUSPENDED, standing_on=TODAY, standing_reason="投诉核查"),
            0,
            Obstacle.STANDING,
            "暂停承办，自2026年10月8日起，投诉核查",
        ),
        (replace(FIT, standing=Standing.LEFT), 0, Obstacle.STANDING, "已离任"),
        (replace(FIT, term_from=TODAY + DAY), 0, Obstacle.TERM, "聘期2026年10月9日才开始"),
        (replace(FIT, term_to=TODAY - DAY), 0, Obstacle.TERM, "聘期已于2026年10月7日届满"),
        (
            replace(FIT, leaves=(Leave(from_on=TODAY - DAY, to=TODAY),)),
            0,
            Obstacle.LEAVE,
            "2026年10月7日至2026年10月8日请假",
        ),
        (FIT, 15, Obstacle.LIMIT, "在办15件，已到上限15件"),
        (replace(FIT, case_limit=3), 4, Obstacle.LIMIT, "在办4件，已到上限3件"),
        (replace(FIT, case_limit=0), 0, Obstacle.LIMIT, "在办0件，已到上限0件"),
        (
            replace(FIT, tracks=(Track.ADMINISTRATIVE, Track.JUDICIAL)),
            0,
            Obstacle.TRACK,
            "不承办人民调解（行政调解、司法调解）",
        ),
    ],
)
def test_what_must_never_be_chosen(mediator: Mediator, running: int, kind: Obstacle, said: str) -> None:
    (found,) = reasons_against(mediator, demand(), running=running)
    assert (found.kind, found.sentence, found.hard) == (kind, said, True)


@pytest.mark.parametrize(
    "mediator",
    [
        replace(FIT, term_from=TODAY, term_to=TODAY),
        replace(FIT, term_from=None, term_to=None),
        replace(FIT, leaves=(Leave(from_on=TODAY + DAY, to=TODAY + DAY),)),
        replace(FIT, leaves=(Leave(from_on=TODAY - DAY, to=TODAY - DAY),)),
        replace(FIT, tracks=(Track.ADMINISTRATIVE, Track.PEOPLES)),
        replace(FIT, case_limit=20),
    ],
)
def test_near_misses(mediator: Mediator) -> None:
    assert reasons_against(mediator, demand(), running=2) == ()


def test_who_stepped_down_does_not_come_back() -> None:
    wanted = replace(demand(), recused=frozenset(("M01",)))
    assert kinds(FIT, wanted) == {Obstacle.RECUSED: True}


def test_only_hits_that_exclude_count() -> None:
    against = reasons_against(FIT, demand(), running=0, hits=(hit(Effect.DISCLOSE), hit(Effect.EXCLUDE)))
    assert [(one.kind, one.sentence, one.hard) for one in against] == [
        (Obstacle.CONFLICT, "周甲是申请人的兄长", True)
    ]
    assert reasons_against(FIT, demand(), running=0, hits=(hit(Effect.DISCLOSE),)) == ()


def test_every_reason_is_given_hard_ones_first() -> None:
    worst = replace(
        knowing("医疗"),
        standing=Standing.LEFT,
        term_to=TODAY - DAY,
        leaves=(Leave(from_on=TODAY, to=TODAY),),
        tracks=(Track.ADMINISTRATIVE,),
    )
    against = reasons_against(
        worst, demand(language="蒙古语"), running=99, hits=(hit(Effect.EXCLUDE),), busy="十月没有空"
    )
    assert [one.kind for one in against] == [
        Obstacle.STANDING,
        Obstacle.TERM,
        Obstacle.LEAVE,
        Obstacle.LIMIT,
        Obstacle.TRACK,
        Obstacle.CONFLICT,
        Obstacle.LANGUAGE,
        Obstacle.FIELD,
        Obstacle.BUSY,
    ]
    assert [one.hard for one in against] == [True] * 6 + [False] * 3


def test_a_language_is_hard_only_where_a_party_insists() -> None:
    assert kinds(FIT, demand(language="蒙古语")) == {Obstacle.LANGUAGE: False}
    assert kinds(FIT, demand(language="蒙古语", insisted=True)) == {Obstacle.LANGUAGE: True}
    assert reasons_for(speaking("蒙古语"), demand(language="蒙古语"), running=1) == (
        "擅长邻里",
        "在办1件",
        "会蒙古语",
    )


@pytest.mark.parametrize(
    ("languages", "asked", "fits"),
    [
        (("普通话", "蒙古语"), "蒙古语", True),
        (("蒙汉双语",), "蒙古语", True),
        (("蒙语",), "蒙古语", True),
        (("蒙古语",), "蒙语", True),
        (("蒙汉双语",), "普通话", True),
        ((), "普通话", True),
        (("普通话", "本地方言"), "方言", True),
        (("温州话",), "温州话", True),
        ((), "蒙古语", False),
        (("普通话",), "手语", False),
        (("温州话",), "普通话", False),
        (("哈萨克语",), "蒙古语", False),
    ],
)
def test_languages_and_their_other_names(languages: tuple[str, ...], asked: str, fits: bool) -> None:
    against = kinds(speaking(*languages), demand(language=asked, insisted=True))
    assert (Obstacle.LANGUAGE not in against) is fits


@pytest.mark.parametrize(
    ("specialties", "category", "fits"),
    [
        (("邻里",), Category.NEIGHBOUR, ("邻里",)),
        (("物业", "医疗"), Category.NEIGHBOUR, ("物业",)),
        (("拖欠工资",), Category.WAGES, ("拖欠工资",)),
        (("劳动争议",), Category.WAGES, ("劳动争议",)),
        (("劳动争议",), Category.LABOUR, ("劳动争议",)),
        (("金融借贷",), Category.CONTRACT, ("金融借贷",)),
        (("道路交通事故",), Category.TRAFFIC, ("道路交通事故",)),
        (("交通事故",), Category.TRAFFIC, ("交通事故",)),
        (("人身损害赔偿",), Category.DAMAGE, ("人身损害赔偿",)),
        (("宅基地",), Category.HOMESTEAD, ("宅基地",)),
        (("婚姻家庭纠纷",), Category.FAMILY, ("婚姻家庭纠纷",)),
        (("各类民间纠纷",), Category.MEDICAL, ("各类民间纠纷",)),
        (("医疗",), Category.NEIGHBOUR, ()),
        (("婚姻家庭",), Category.TRAFFIC, ()),
        (("其他纠纷",), Category.CONSUMER, ()),
        (("纠纷",), Category.CONTRACT, ()),
        (("环境污染",), Category.LABOUR, ()),
    ],
)
def test_fields(specialties: tuple[str, ...], category: str, fits: tuple[str, ...]) -> None:
    mediator = knowing(*specialties)
    assert (Obstacle.FIELD not in kinds(mediator, demand(category))) is bool(fits)
    said = reasons_for(mediator, demand(category), running=0)[0]
    assert said == (f"擅长{'、'.join(fits)}" if fits else "擅长这类纠纷的人不足，放宽领域列入")


def test_a_field_that_does_not_fit_is_soft_and_named() -> None:
    (found,) = reasons_against(knowing("医疗"), demand(), running=0)
    assert (found.sentence, found.hard) == ("擅长医疗，与本案的类型不符", False)
    (none,) = reasons_against(knowing(), demand(), running=0)
    assert none.sentence == "没有登记擅长的领域"


def test_a_further_name_of_the_matter_may_fit() -> None:
    wanted = demand_of(on=TODAY, track=Track.PEOPLES, category=Category.CONTRACT, matters=("房屋租赁纠纷",))
    assert reasons_for(knowing("房屋", "医疗"), wanted, running=0)[0] == "擅长房屋"


def test_a_kind_without_words_is_for_everybody() -> None:
    wanted = demand(Category.OTHER)
    assert reasons_against(knowing("医疗"), wanted, running=0) == ()
    assert reasons_for(knowing("医疗"), wanted, running=0) == ("没有在办案件",)


@pytest.mark.parametrize("category", list(Category))
def test_every_kind_of_dispute_has_words(category: Category) -> None:
    assert bool(demand(category).words) is (category is not Category.OTHER)


# Rules of the centre.


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Path]:
    use_rules_in(tmp_path)
    yield tmp_path
    use_rules_in(Path("/nonexistent"))


def test_a_centre_sets_its_limit_and_its_words(own: Path) -> None:
    before = knowing("狗患")
    assert kinds(before, demand(), running=9) == {Obstacle.FIELD: False}
    text = read_text("rules/choice.toml")
    text = text.replace("case_limit = 15", "case_limit = 9").replace('["邻里", "相邻"', '["狗", "相邻"')
    (own / "choice.toml").write_text(text, "utf-8")
    use_rules_in(own)
    assert kinds(before, demand(), running=9) == {Obstacle.LIMIT: True}
    assert kinds(before, demand(), running=8) == {}


def test_a_kind_the_file_does_not_know_is_told() -> None:
    with pytest.raises(InputError, match=r"choice\.toml"):
        demand("没有这一类")


# The neutral order.


def test_fewest_cases_then_rotation_then_number() -> None:
    running = {"M03": 2, "M04": 1, "M100": 1, "M99": 1, "M05": 1}
    last = {"M04": TODAY, "M05": TODAY - 9 * DAY, "M02": TODAY - 400 * DAY, "M03": TODAY - 999 * DAY}
    order = neutral_order(("M01", "M02", "M03", "M04", "M05", "M99", "M100"), running, last)
    assert order == ("M01", "M02", "M99", "M100", "M05", "M04", "M03")


pool = st.lists(st.integers(1, 60).map(lambda number: f"M{number:02d}"), unique=True, max_size=30)


@given(numbers=pool, data=st.data())
def test_the_order_does_not_depend_on_how_the_pool_was_read(numbers: list[str], data: st.DataObject) -> None:
    running = data.draw(st.dictionaries(st.sampled_from(numbers or ["M01"]), st.integers(0, 3)))
    mixed = data.draw(st.permutations(numbers))
    assert neutral_order(numbers, running, {}) == neutral_order(mixed, running, {})


@given(numbers=pool, most=st.integers(1, 9), data=st.data())
def test_storage_is_asked_only_for_ties_and_nothing_is_lost(
    numbers: list[str], most: int, data: st.DataObject
) -> None:
    some = st.sampled_from(numbers or ["M01"])
    running = data.draw(st.dictionaries(some, st.integers(0, 4)))
    last = data.draw(st.dictionaries(some, st.dates(date(2024, 1, 1), TODAY)))
    asked = rotation_asked(numbers, running, most)
    known = {number: day for number, day in last.items() if number in asked}
    assert neutral_order(numbers, running, known)[:most] == neutral_order(numbers, running, last)[:most]
    counts = [running.get(number, 0) for number in numbers]
    assert all(counts.count(running.get(number, 0)) > 1 for number in asked)


def test_nobody_is_asked_for_where_nothing_is_tied() -> None:
    assert rotation_asked(("M01", "M02", "M03"), {"M01": 1, "M02": 2}, 8) == ()
    assert rotation_asked(("M01", "M02", "M03", "M04"), {"M03": 1, "M04": 1}, 2) == ("M01", "M02")
