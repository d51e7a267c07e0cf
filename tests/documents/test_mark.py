"""The code at the foot of a page: the same words give the same version, and it is read back."""

from __future__ import annotations

from dataclasses import replace

from mediation_desk.documents import service
from mediation_desk.documents.mark import code_text, read_code
from tests.documents.dispute import case


def test_the_code_of_a_page_is_read_back() -> None:
    (paper,) = service.compose(case(), "agreement")
    mark = paper.mark
    assert mark is not None
    found = read_code(code_text(mark, 2))
    assert found is not None
    assert (found.mark, found.page) == (mark, 2)


def test_a_word_more_is_another_version() -> None:
    (paper,) = service.compose(case(), "agreement")
    (again,) = service.compose(case(), "agreement")
    (other,) = service.compose(replace(case(), facts=case().facts + "又一句。"), "agreement")
    assert paper.mark == again.mark
    assert paper.mark != other.mark


def test_papers_of_one_form_are_counted() -> None:
    papers = service.compose(case(), "record")
    assert [paper.mark.no for paper in papers if paper.mark] == list(range(1, len(papers) + 1))


def test_any_other_code_is_not_ours() -> None:
    for text in ("", "https://example.invalid/a/b/c", "TJT1/a/b/x/v/1", "TJT1/a/b/1/v", "TJT2/a/b/1/v/1"):
        assert read_code(text) is None
