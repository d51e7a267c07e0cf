"""Which body has papers of its own, what notices rest on: data with source and mark, and a centre's own goes first."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from mediation_desk.cases.endings import CAUSES
from mediation_desk.cases.numbering import number_text
from mediation_desk.cases.official_notice import NoticeKind
from mediation_desk.cases.vocabulary import Cause, Result
from mediation_desk.documents.flow import plain_text
from mediation_desk.documents.notice_rules import refusal_reasons
from mediation_desk.documents.registry import FORMS, form
from mediation_desk.documents.service import compose
from mediation_desk.shared.assets import read_text, use_rules_in
from tests.documents.dispute import case, ended_case
from tests.documents.offices import agency_case, market_case, police_case, spoken_refund, traffic_case


@pytest.fixture(autouse=True)
def own(tmp_path: Path) -> Iterator[Path]:
    use_rules_in(tmp_path)
    yield tmp_path
    use_rules_in(Path("/nonexistent"))


@pytest.mark.parametrize(
    ("name", "table"), [("variants", "variant"), ("notice_papers", "basis"), ("notice_papers", "refusal")]
)
def test_every_entry_names_its_source_and_how_sure_it_is(name: str, table: str) -> None:
    for entry in tomllib.loads(read_text(f"rules/{name}.toml"))[table]:
        assert entry["source"]
        assert entry["mark"] in {"S", "K", "I"}


def test_each_variant_is_a_form_and_fits_its_own_body_alone() -> None:
    variants = {entry["form"] for entry in tomllib.loads(read_text("rules/variants.toml"))["variant"]}
    assert variants <= {one.key for one in FORMS}
    ordinary = (case(), agency_case())
    for key in variants:
        assert all(form(key).applies(file) is not None for file in ordinary), key
    assert form("public_security").applies(police_case()) is None
    assert form("traffic").applies(police_case()) is not None  # no traffic accident
    assert form("traffic").applies(traffic_case()) is None
    assert form("consumer").applies(market_case()) is None


def test_a_refund_settled_on_the_spot_needs_no_paper_but_the_record() -> None:
    assert "调解笔录" in str(form("consumer").applies(spoken_refund()))


def test_the_tick_list_knows_every_cause_a_refusal_may_have() -> None:
    ticked = {reason.cause for reason in refusal_reasons()}
    assert ticked == set(CAUSES[Result.NOT_ACCEPTED]) - {Cause.OTHER}


@pytest.mark.parametrize("cause", CAUSES[Result.NOT_ACCEPTED])
def test_one_reason_is_ticked_and_it_is_the_one_on_record(cause: Cause) -> None:
    base = ended_case()
    assert base.ending is not None
    file = replace(base, ending=replace(base.ending, cause=cause))
    lines = plain_text(compose(file, "notice")[0]).splitlines()
    (ticked,) = (line for line in lines if line.startswith("■"))
    meant = [reason.text for reason in refusal_reasons() if reason.cause is cause]
    assert ticked.startswith(f"■{meant[0] if meant else '其他'}")


def test_a_centre_gives_another_body_its_papers(own: Path) -> None:
    text = read_text("rules/variants.toml").replace('body = ["公安", "派出所"]', 'body = ["住房"]')
    (own / "variants.toml").write_text(text, "utf-8")
    assert form("public_security").applies(agency_case()) is None
    assert form("public_security").applies(police_case()) is not None


@pytest.mark.parametrize("name", ["variants", "notice_papers"])
def test_a_broken_file_is_told_where_the_paper_would_be(own: Path, name: str) -> None:
    (own / f"{name}.toml").write_text("version = 1\n", "utf-8")
    key, file = ("public_security", police_case()) if name == "variants" else ("notice", ended_case())
    assert f"{name}.toml" in str(form(key).applies(file))


def test_notices_have_numbers_also_under_an_older_file_of_patterns(own: Path) -> None:
    kinds = ("人民调解", "行政调解", "司法调解", "不予受理", "终止")
    lines = "\n".join(f'"{kind}" = "{{short}}〔{{year}}〕{{serial}}号"' for kind in kinds)
    (own / "numbering.toml").write_text(f"[patterns]\n{lines}\n", "utf-8")
    numbers = {number_text(kind.value, short="甲调", year=2026, serial=1) for kind in NoticeKind}
    assert len(numbers) == len(NoticeKind)
    assert "甲调受〔2026〕1号" in numbers
