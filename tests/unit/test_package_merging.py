"""Two readings of one case put together: whoever changed a place, his words are there afterwards."""

from __future__ import annotations

import copy
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mediation_desk.interchange.packages.content import state_of
from mediation_desk.interchange.packages.merging import NOTHING, Clash, alike, merged, texts
from mediation_desk.interchange.reader import read_case
from mediation_desk.shared.assets import read_text


@cache
def example() -> dict[str, Any]:
    """A small case as two centres compare it."""
    return state_of(read_case(read_text("examples/leak.json")))


@cache
def places() -> tuple[tuple[str | int, ...], ...]:
    """Where a text stands that a hand may have typed otherwise."""
    return tuple(_texts(example(), ()))


def _texts(value: Any, steps: tuple[str | int, ...]) -> Any:
    if isinstance(value, str) and steps[-1] not in ("ref", "no", "pool_no"):
        yield steps
    elif isinstance(value, dict):
        for name, one in value.items():
            yield from _texts(one, (*steps, name))
    elif isinstance(value, list):
        for at, one in enumerate(value):
            yield from _texts(one, (*steps, at))


def edited(edits: dict[int, str]) -> dict[str, Any]:
    """The example with other words at these places."""
    made = copy.deepcopy(example())
    for number, word in edits.items():
        steps = places()[number % len(places())]
        inside: Any = made
        for step in steps[:-1]:
            inside = inside[step]
        inside[steps[-1]] = word
    return made


@settings(max_examples=60, deadline=None)
@given(
    mine=st.dictionaries(st.integers(0, 400), st.uuids().map(lambda one: f"本{one}"), max_size=6),
    yours=st.dictionaries(st.integers(0, 400), st.uuids().map(lambda one: f"对{one}"), max_size=6),
    theirs_first=st.booleans(),
)
def test_every_word_somebody_typed_is_in_the_case_or_in_a_clash(
    mine: dict[int, str], yours: dict[int, str], theirs_first: bool
) -> None:
    ours, theirs = edited(mine), edited(yours)
    found = merged(example(), ours, theirs, lambda _place: theirs_first)
    kept = set(texts(found.value))
    for clash in found.clashes:
        kept |= {*texts(clash.ours), *texts(clash.theirs)}
    typed = ({*texts(ours)} | {*texts(theirs)}) - {*texts(example())}
    assert typed <= kept
    standing = theirs if theirs_first else ours
    changed = {*texts(standing)} - {*texts(example())}
    assert changed <= set(texts(found.value))


def test_the_same_change_on_both_sides_is_none_to_look_at() -> None:
    both = edited({3: "一样"})
    assert merged(example(), both, both).clashes == ()


BASE = {"facts": "原", "evidence": [{"ref": "E1", "name": "照片"}], "outcome": None, "loop": [{"on": "1"}]}


@pytest.mark.parametrize(
    ("ours", "theirs", "value", "clash"),
    [
        ({"facts": "甲"}, {}, {"facts": "甲"}, None),
        ({}, {"facts": "乙"}, {"facts": "乙"}, None),
        (
            {"facts": "甲"},
            {"facts": "乙"},
            {"facts": "甲"},
            Clash(place="/facts", before="原", ours="甲", theirs="乙"),
        ),
        # new things of a list under references of their own are both kept, under the same one somebody looks
        (
            {"evidence": [{"ref": "E1", "name": "照片"}, {"ref": "E2", "name": "甲"}]},
            {"evidence": [{"ref": "E1", "name": "照片"}, {"ref": "E3", "name": "乙"}]},
            {
                "evidence": [
                    {"ref": "E1", "name": "照片"},
                    {"ref": "E2", "name": "甲"},
                    {"ref": "E3", "name": "乙"},
                ]
            },
            None,
        ),
        (
            {"evidence": [{"ref": "E1", "name": "照片"}, {"ref": "E2", "name": "甲"}]},
            {"evidence": [{"ref": "E1", "name": "照片"}, {"ref": "E2", "name": "乙"}]},
            {"evidence": [{"ref": "E1", "name": "照片"}, {"ref": "E2", "name": "甲"}]},
            Clash(
                place="/evidence/E2",
                before=NOTHING,
                ours={"ref": "E2", "name": "甲"},
                theirs={"ref": "E2", "name": "乙"},
            ),
        ),
        # taken out there and changed here
        (
            {"evidence": [{"ref": "E1", "name": "底片"}]},
            {"evidence": []},
            {"evidence": [{"ref": "E1", "name": "底片"}]},
            Clash(
                place="/evidence/E1",
                before={"ref": "E1", "name": "照片"},
                ours={"ref": "E1", "name": "底片"},
                theirs=NOTHING,
            ),
        ),
        ({}, {"evidence": []}, {"evidence": []}, None),
        # two ends of one case are never mixed
        (
            {"outcome": {"result": "调解成功", "reason": None}},
            {"outcome": {"result": "调解不成", "reason": "谈不拢"}},
            {"outcome": {"result": "调解成功", "reason": None}},
            Clash(
                place="/outcome",
                before=None,
                ours={"result": "调解成功", "reason": None},
                theirs={"result": "调解不成", "reason": "谈不拢"},
            ),
        ),
        # what each side wrote at the end of a diary is all there, in the order of days
        (
            {"loop": [{"on": "1"}, {"on": "3"}]},
            {"loop": [{"on": "1"}, {"on": "2"}]},
            {"loop": [{"on": "1"}, {"on": "2"}, {"on": "3"}]},
            None,
        ),
    ],
)
def test_what_follows_by_itself_and_what_somebody_decides(
    ours: dict[str, Any], theirs: dict[str, Any], value: dict[str, Any], clash: Clash | None
) -> None:
    found = merged(BASE, BASE | ours, BASE | theirs)
    assert found.value == BASE | value
    assert found.clashes == ((clash,) if clash else ())


def test_two_corrections_under_one_number_both_stay() -> None:
    base: dict[str, Any] = {"beside": {"corrections": []}}
    ours = {"beside": {"corrections": [{"no": 1, "reason": "甲"}]}}
    theirs = {"beside": {"corrections": [{"no": 1, "reason": "乙"}, {"no": 2, "reason": "丙"}]}}
    found = merged(base, ours, theirs)
    reasons = {(one["no"], one["reason"]) for one in found.value["beside"]["corrections"]}
    assert reasons == {(1, "甲"), (2, "丙"), (3, "乙")}
    assert found.clashes == ()


def test_without_a_common_beginning_every_difference_is_a_clash() -> None:
    ours, theirs = edited({3: "甲", 9: "乙"}), edited({40: "丙"})
    found = merged(alike(ours, theirs), ours, theirs)
    assert found.value == ours
    assert found.taken == ()
    assert {text for clash in found.clashes for text in texts(clash.theirs)} >= {"丙"}
