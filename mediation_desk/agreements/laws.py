"""The law shelf: statutes as Markdown, from the centre's own folder and a few articles shipped with the program.

A book is one file: the first ``#`` heading is its title, further headings its parts, and an article begins with a
line ``第三十三条 …``. The centre's own file goes before a shipped one of the same title.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from mediation_desk.shared.assets import asset
from mediation_desk.shared.record import record

LARGEST = 4 * 1024 * 1024
MOST_FOUND = 40
_ARTICLE = re.compile(r"(第[零一二三四五六七八九十百千]+条(?:之[一二三四五六七八九十]+)?)[ \u3000]+(.*)")
_HEADING = re.compile(r"(#+)\s*(.+)")
_NUMBER = re.compile(r"第?([0-9]{1,4})条?(之[一二三四五六七八九十]+)?")
_CHINESE = re.compile(r"第?([零一二三四五六七八九十百千]+)条(之[一二三四五六七八九十]+)?")
_STATE = "中华人民共和国"


@record
class Article:
    """One article; ``number`` as ``第三十三条``, ``part`` the heading it stands under."""

    law: str
    number: str
    text: str
    part: str = ""

    @property
    def citation(self) -> str:
        """``《人民调解法》第三十三条``."""
        return f"《{self.law.removeprefix(_STATE)}》{self.number}"


@record
class Book:
    """One statute; ``own`` when it lies in the centre's folder."""

    title: str
    articles: tuple[Article, ...]
    own: bool = False


@record
class Found:
    """What a search found, and how many there were in all."""

    articles: tuple[Article, ...]
    total: int


class LawShelf:
    """``search("人民调解法 33")``, ``search("违约金 过高")``. Reads files: to be asked on the worker.

    Files are read again when they change. What cannot be read is left out and named in ``troubles``.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._read: dict[Path, tuple[int, int, Book | None]] = {}
        self._shipped: tuple[Book, ...] | None = None
        self.troubles: tuple[str, ...] = ()

    def books(self) -> tuple[Book, ...]:
        """The centre's own statutes, then the shipped ones it does not have."""
        own = tuple(self._own())
        titles = {book.title for book in own}
        return (*own, *(book for book in self._examples() if book.title not in titles))

    def search(self, words: str, most: int = MOST_FOUND) -> Found:
        """Articles with all of the words, in the order of the shelf; a number means an article of that number."""
        wanted = [_wanted(word) for word in words.split()]
        if not wanted:
            return Found(articles=(), total=0)
        hits = [one for book in self.books() for one in book.articles if all(_fits(one, w) for w in wanted)]
        return Found(articles=tuple(hits[:most]), total=len(hits))

    def article(self, citation: str) -> Article | None:
        """The article behind ``《人民调解法》第三十三条``; None when its law is not on the shelf."""
        every = (one for book in self.books() for one in book.articles)
        return next((one for one in every if one.citation == citation), None)

    def _own(self) -> Iterator[Book]:
        troubles = []
        paths = sorted(self._folder.glob("*.md")) if self._folder and self._folder.is_dir() else []
        for path in paths:
            try:
                stat = path.stat()
                known = self._read.get(path)
                if known is None or known[:2] != (stat.st_mtime_ns, stat.st_size):
                    text = path.read_text("utf-8-sig") if stat.st_size <= LARGEST else ""
                    book = read_book(text, path.stem, own=True)
                    self._read[path] = known = (stat.st_mtime_ns, stat.st_size, book)
            except (OSError, UnicodeDecodeError):
                troubles.append(f"“{path.name}”读不出来，请存成UTF-8的文本。")
                continue
            if known[2] is None:
                troubles.append(f"“{path.name}”里没有“第几条”，或者文件太大，没有放上书架。")
            else:
                yield known[2]
        self.troubles = tuple(troubles)

    def _examples(self) -> tuple[Book, ...]:
        if self._shipped is None:
            files = sorted(
                (one for one in asset("laws").iterdir() if one.name.endswith(".md")), key=lambda f: f.name
            )
            read = (read_book(one.read_text(encoding="utf-8"), one.name.removesuffix(".md")) for one in files)
            self._shipped = tuple(book for book in read if book is not None)
        return self._shipped


def read_book(text: str, name: str, *, own: bool = False) -> Book | None:
    """The statute in ``text``; ``name`` is its title where it has none. None for a text without articles."""
    title, part, number = "", "", ""
    found: list[tuple[str, str, list[str]]] = []
    for line in text.splitlines():
        plain = line.strip()
        if heading := _HEADING.fullmatch(plain):
            number = ""
            if not title:
                title = heading[2].strip()
            else:
                part = heading[2].strip()
        elif article := _ARTICLE.match(plain):
            number = article[1]
            found.append((number, part, [article[2]]))
        elif number and plain and not plain.startswith("<!--"):
            found[-1][2].append(plain)
    law = title or name
    articles = tuple(
        Article(law=law, number=number, text="\n".join(lines), part=part) for number, part, lines in found
    )
    return Book(title=law, articles=articles, own=own) if articles else None


def cited(citations: Iterable[str], more: str) -> tuple[str, ...]:
    """``citations`` and one more, each once."""
    return tuple(dict.fromkeys((*citations, more)))


def _wanted(word: str) -> str:
    """A word as it is looked for; numbers become ``第三十三条``."""
    if number := _NUMBER.fullmatch(word):
        return f"第{_chinese(int(number[1]))}条{number[2] or ''}"
    if written := _CHINESE.fullmatch(word):
        return f"第{written[1]}条{written[2] or ''}"
    return word.strip("《》")


def _fits(article: Article, wanted: str) -> bool:
    if _CHINESE.fullmatch(wanted):
        return article.number == wanted
    return wanted in article.text or wanted in article.law or wanted in article.part


def _chinese(number: int) -> str:
    import cn2an  # loaded late, as everywhere

    words: str = cn2an.an2cn(str(number))
    return words.removeprefix("一") if 10 <= number < 20 else words
