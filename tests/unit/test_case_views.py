"""Views of the case list: what ships, how a list is kept, and how it is told."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediation_desk.cases.finding.views import read_query, shipped_views, write_query
from mediation_desk.cases.lifecycle import OPEN, UNDECIDED, State
from mediation_desk.cases.summary import CaseQuery
from mediation_desk.cases.vocabulary import Category, Difficulty
from mediation_desk.shared.assets import use_rules_in
from mediation_desk.shared.errors import InputError
from mediation_desk.shared.track import Track
from ui.screens.cases.words import GROUPS, counted, sentence

DAYS = st.none() | st.dates(date(2000, 1, 1), date(2100, 1, 1))
QUERIES = st.builds(
    CaseQuery,
    search=st.text(max_size=20),
    states=st.lists(st.sampled_from(State), unique=True).map(tuple),
    track=st.none() | st.sampled_from(Track),
    body=st.text(max_size=10),
    category=st.none() | st.sampled_from(Category),
    mediator=st.text(max_size=10),
    difficulty=st.none() | st.sampled_from(Difficulty),
    received_from=DAYS,
    received_to=DAYS,
    due_within=st.none() | st.integers(0, 365),
    overdue=st.booleans(),
    people_from=st.integers(0, 1000),
)


def test_the_centre_ships_with_the_lists_a_counter_asks_for() -> None:
    assert [view.name for view in shipped_views()][:5] == ["等受理", "在办", "三天内到期", "已超期", "等签名"]
    in_process = next(view for view in shipped_views() if view.name == "在办")
    assert set(in_process.query.states) == OPEN - UNDECIDED


@given(QUERIES)
def test_a_list_is_kept_as_it_was_asked_for(query: CaseQuery) -> None:
    assert read_query(write_query(query)) == query


@pytest.mark.parametrize("line", ["colour = 'red'", "states = ['飞行中']", "received_from = '不是日子'"])
def test_a_faulty_view_names_its_file(tmp_path: Path, line: str) -> None:
    (tmp_path / "views.toml").write_text(f"[[view]]\nname = 'x'\n[view.query]\n{line}\n", encoding="utf-8")
    use_rules_in(tmp_path)
    try:
        with pytest.raises(InputError, match=r"views\.toml"):
            shipped_views()
    finally:
        use_rules_in(tmp_path / "none")


@pytest.mark.parametrize(
    ("query", "told"),
    [
        (CaseQuery(), ""),
        (CaseQuery(search="渗水"), "写着“渗水”"),
        (CaseQuery(states=GROUPS["在办"], due_within=3), "在办，三天内到期"),
        (CaseQuery(states=(State.FAILED, State.WITHDRAWN)), "调解不成、撤回"),
        (CaseQuery(overdue=True, track=Track.PEOPLES), "人民调解，已超期"),
        (CaseQuery(due_within=0), "今天到期"),
        (
            CaseQuery(body="安和县调委会", category=Category.NEIGHBOUR, difficulty=Difficulty.DIFFICULT),
            "由安和县调委会办理的邻里纠纷，疑难复杂",
        ),
        (CaseQuery(body="安和县调委会", mediator="钱和"), "由安和县调委会办理的案件，钱和主持"),
        (
            CaseQuery(received_from=date(2026, 3, 1), received_to=date(2026, 3, 31)),
            "2026-03-01至2026-03-31收案",
        ),
        (CaseQuery(received_from=date(2026, 3, 1), people_from=30), "2026-03-01起收案，三十人以上"),
        (CaseQuery(received_to=date(2026, 3, 1), people_from=12), "2026-03-01止收案，12人以上"),
    ],
)
def test_a_list_is_told_in_one_sentence(query: CaseQuery, told: str) -> None:
    assert sentence(query) == told


def test_long_lists_are_counted_to_a_bound() -> None:
    assert [counted(999), counted(1000)] == ["999", "999+"]
