"""Grade schemes are data: levels in their order, titles as printed (§5.2)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from mediation_desk.experts.grades import Scheme, scheme_of, schemes
from mediation_desk.experts.mediator import Grade
from mediation_desk.interchange.reader import read_case
from mediation_desk.shared.assets import use_rules_in
from mediation_desk.shared.errors import InputError
from tests.shared_cases import FILES, needs_cases


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Path]:
    use_rules_in(tmp_path)
    yield tmp_path
    use_rules_in(Path("/nonexistent"))


def scheme(code: str) -> Scheme:
    found = scheme_of(Grade(scheme=code, level=""))
    assert found is not None
    return found


def test_the_shipped_schemes() -> None:
    assert [one.code for one in schemes()] == [
        "national",
        "guangdong",
        "jiaozhou",
        "xianning",
        "zhejiang",
        "yaan",
    ]
    assert all(len(one.levels) == 4 and one.source for one in schemes())
    assert all(title.endswith("人民调解员") for one in schemes() for title in one.levels)


def test_levels_run_from_the_highest_down() -> None:
    assert scheme("national").levels[0] == "一级人民调解员"
    assert (scheme("zhejiang").place("特级"), scheme("zhejiang").place("一级人民调解员")) == (1, 2)
    assert scheme("yaan").place("首席人民调解员") == 1
    assert scheme("national").place("特级") is None
    assert scheme("zhejiang").place("四级") is None


def test_the_title_is_printed_in_full() -> None:
    assert scheme("national").title("二级") == "二级人民调解员"
    assert scheme("national").title("金牌") == "金牌"


def test_a_scheme_is_found_by_name_too() -> None:
    assert scheme_of(Grade(scheme="浙江", level="特级")) == scheme("zhejiang")
    assert scheme_of(Grade(scheme="别处", level="一级")) is None


def test_a_term_ends_the_day_before_the_anniversary() -> None:
    three = Scheme(code="x", name="某地", levels=("一级",), years=3)
    assert three.expires_on(date(2026, 3, 1)) == date(2029, 2, 28)
    assert three.expires_on(date(2024, 2, 29)) == date(2027, 2, 28)
    assert scheme("national").expires_on(date(2026, 3, 1)) is None


@needs_cases
def test_grades_in_the_acceptance_cases_are_of_the_national_scheme() -> None:
    titles = {
        one.grade for path in FILES for one in read_case(path.read_bytes()).mediators if one.grade is not None
    }
    assert titles
    assert titles <= set(scheme("national").levels)


_OWN = '[[scheme]]\ncode = "c"\nname = "本市"\nlevels = ["甲等", "乙等"]\nyears = 2\n'


def test_a_centre_keeps_its_own(own: Path) -> None:
    (own / "grades.toml").write_text(_OWN, "utf-8")
    (only,) = schemes()
    assert (only.place("乙等"), only.expires_on(date(2026, 1, 1))) == (2, date(2027, 12, 31))


@pytest.mark.parametrize(
    "content",
    [_OWN + _OWN, _OWN.replace('"乙等"', '"甲等"'), _OWN.replace('"甲等", "乙等"', ""), 'version = "x"\n'],
)
def test_a_faulty_file_is_named(own: Path, content: str) -> None:
    (own / "grades.toml").write_text(content, "utf-8")
    with pytest.raises(InputError, match=r"grades\.toml"):
        schemes()
