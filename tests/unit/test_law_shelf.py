"""The law shelf: articles found by words and by number, cited the way papers cite them."""

from __future__ import annotations

from pathlib import Path

import pytest

from mediation_desk.agreements.laws import LawShelf, read_book
from mediation_desk.agreements.library import entries

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "laws"


@pytest.mark.parametrize(
    "words", ["人民调解法 33", "人民调解法 第33条", "《人民调解法》 第三十三条", "司法确认 三十日"]
)
def test_an_article_is_found_by_number_and_by_words(words: str) -> None:
    found = LawShelf().search(words)
    assert [one.citation for one in found.articles] == ["《人民调解法》第三十三条"]


def test_round_numbers_and_numbers_of_the_teens_are_written_as_laws_write_them() -> None:
    text = "# 某法\n第十条 甲。\n第十九条 乙。\n第二十条 丙。\n第一百一十条 丁。\n第一千二百一十三条 戊。\n"
    book = read_book(text, "某法")
    assert book is not None
    shelf = LawShelf()
    shelf._shipped = (book,)
    for number, letter in ((10, "甲"), (19, "乙"), (20, "丙"), (110, "丁"), (1213, "戊")):
        assert [one.text for one in shelf.search(str(number)).articles] == [f"{letter}。"]


def test_the_centres_own_file_goes_first_and_is_read_again_when_it_changes(tmp_path: Path) -> None:
    shelf = LawShelf(tmp_path)
    own = tmp_path / "本法.md"
    own.write_text("# 中华人民共和国人民调解法\n\n第九百条 新的条文。\n", "utf-8")
    assert [one.citation for one in shelf.search("900").articles] == ["《人民调解法》第九百条"]
    assert not shelf.search("人民调解法 33").articles, "the shipped one of the same title gives way"
    own.write_text("# 中华人民共和国人民调解法\n\n第九百零一条 又新的条文，更长。\n", "utf-8")
    assert shelf.search("901").total == 1
    assert shelf.search("900").total == 0


def test_what_cannot_be_read_is_named_and_the_rest_stays(tmp_path: Path) -> None:
    (tmp_path / "坏.md").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "空.md").write_text("# 没有条文\n", "utf-8")
    shelf = LawShelf(tmp_path)
    assert shelf.books()
    assert len(shelf.troubles) == 2
    assert "坏.md" in shelf.troubles[0]


def test_every_article_the_library_cites_is_on_the_shelf() -> None:
    shelf = LawShelf()
    cited = {one for entry in entries() for one in entry.articles}
    missing = {one for one in cited if shelf.article(one) is None}
    assert missing <= {"《劳动合同法》第四十六条"}, "a law whose text the program does not ship"


@pytest.mark.skipif(not SHARED.is_dir(), reason="the law collection is not beside this checkout")
def test_a_whole_collection_is_read(tmp_path: Path) -> None:
    shelf = LawShelf(SHARED)
    assert not shelf.troubles
    assert len([book for book in shelf.books() if book.own]) == len(list(SHARED.glob("*.md")))
    assert shelf.search("劳动合同法 46").articles[0].text
    assert shelf.search("民间借贷 四倍").total >= 0
