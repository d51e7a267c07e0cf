"""What a centre decides itself about its papers is data it can change; a faulty file says so."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from mediation_desk.documents import service
from mediation_desk.documents.flow import plain_text
from mediation_desk.documents.house import house, questions
from mediation_desk.shared.assets import read_text, rules, use_rules_in
from mediation_desk.shared.errors import InputError
from mediation_desk.shared.track import Track
from tests.documents.dispute import case
from tests.documents.proved import proved

Change = Callable[[str, str], None]


@pytest.fixture
def change(tmp_path: Path) -> Iterator[Change]:
    """Replace words in the centre's own copy of the file."""

    def replace(old: str, new: str) -> None:
        shipped = read_text("rules/papers.toml")
        assert old in shipped
        (tmp_path / "papers.toml").write_text(shipped.replace(old, new, 1), encoding="utf-8")
        use_rules_in(tmp_path)

    yield replace
    use_rules_in(Path("/nowhere"))


def test_each_practice_has_a_mark_and_a_source() -> None:
    found = rules("papers")["paper"]
    assert {one["mark"] for one in found} <= {"[S]", "[K]", "[I]"}
    assert all(one["source"] for one in found)


def test_a_committee_may_leave_its_seal_off_the_record(change: Change) -> None:
    assert "（盖章）\n2026年3月24日" in _text("record")
    change('form = "F-10"\nseal = true', 'form = "F-10"\nseal = false')
    assert "测试人民调解委员会（盖章）" not in _text("record")


def test_the_words_of_the_results_are_the_committees(change: Change) -> None:
    change('"调解不成"', '"未达成协议"')
    assert "□③未达成协议" in _text("record")


def test_the_closing_words_name_the_body_and_the_track() -> None:
    text = plain_text(service.compose(case(track=Track.JUDICIAL), "application")[0])
    assert "测试人民调解委员会已向申请人说明调解的性质" in text
    assert "{" not in text


def test_a_file_without_a_form_says_which_file_is_wrong(change: Change) -> None:
    change('form = "F-08"', 'form = "F-99"')
    with pytest.raises(InputError, match=r"papers\.toml"):
        service.compose(proved(), "investigation")


def test_every_question_has_boxes() -> None:
    assert all(len(one.answers) >= 2 for one in questions())
    assert house("满意度").seal is False


def _text(form: str) -> str:
    return plain_text(service.compose(case(), form)[0])
