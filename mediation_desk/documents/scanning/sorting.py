"""Which pages of a file belong together, by the codes at their feet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from mediation_desk.cases.summary import PrintedPaper
from mediation_desk.documents.content import Mark
from mediation_desk.documents.mark import MarkedPage, read_code
from mediation_desk.shared.errors import InputError
from mediation_desk.shared.record import record


class OtherCase(InputError):
    """A page belongs to another case; ``case_key`` is the one its code names."""

    def __init__(self, message: str, case_key: str) -> None:
        super().__init__(message, field="file")
        self.case_key = case_key


@record
class ReadPage:
    """One page of a file: what its code says (None without one), dots per inch (0: not known), degrees turned."""

    code: MarkedPage | None
    dpi: int = 0
    skew: float = 0.0


@record
class Piece:
    """Pages (from 0) that make one scan; ``mark`` of the paper they show, ``numbers`` of its pages that are there."""

    pages: tuple[int, ...]
    mark: Mark | None = None
    numbers: tuple[int, ...] = ()

    @property
    def page(self) -> int:
        """The page of the paper it shows, 0 where it shows several or all."""
        return self.numbers[0] if len(self.pages) == 1 and len(self.numbers) == 1 else 0


def code_on(texts: Sequence[str]) -> MarkedPage | None:
    """What the codes on a page say: None unless they all say the same."""
    read = {found for text in texts if (found := read_code(text)) is not None}
    return read.pop() if len(read) == 1 else None


def other_case(name: str, pages: Iterable[ReadPage], case_key: str) -> OtherCase | None:
    """What is told when a page's code names another case than this."""
    for number, page in enumerate(pages, start=1):
        if page.code is not None and page.code.mark.case_key != case_key:
            other = page.code.mark.case_key
            return OtherCase(
                f"没有导入“{name}”：第{number}页的识别码是案件{other}的，不是本案的；请归到那一案，或者先拿掉这一页。",
                other,
            )
    return None


def pieces(pages: Sequence[ReadPage]) -> tuple[Piece, ...]:
    """A page without a code goes with the page before it; a page that is there already begins another copy."""
    groups: list[list[tuple[int, MarkedPage | None]]] = []
    for place, page in enumerate(pages):
        if groups and _goes_on(groups[-1], page.code):
            groups[-1].append((place, page.code))
        else:
            groups.append([(place, page.code)])
    return tuple(_piece(group) for group in groups)


def told_of(piece: Piece, title: str, printed: Sequence[PrintedPaper]) -> tuple[str, ...]:
    """What somebody should know of a piece found by its code: another wording than the last printed, missing pages."""
    mark = piece.mark
    if mark is None:
        return ()
    same = [one for one in printed if (one.form, one.no) == (mark.form, mark.no)]
    if not same:
        return (f"{title}：本案没有打印过这一份，请核对。",)
    told: list[str] = []
    if same[-1].version not in ("", mark.version):
        known = any(one.version == mark.version for one in same)
        told.append(
            f"{title}：扫描的{'是旧稿' if known else '这一稿没有打印记录'}，最后打印的内容和它不同，请核对。"
        )
    count = next((one.pages for one in reversed(same) if one.version == mark.version and one.pages), None)
    missing = sorted(set(range(1, (count or 0) + 1)) - set(piece.numbers)) if piece.numbers else []
    if missing:
        told.append(f"{title}：共{count}页，这次没有第{'、'.join(map(str, missing))}页。")
    return tuple(told)


def _goes_on(group: list[tuple[int, MarkedPage | None]], code: MarkedPage | None) -> bool:
    if code is None:
        return True
    first = group[0][1]
    if first is None or first.mark != code.mark:
        return False
    return code.page == 0 or all(one is None or one.page != code.page for _, one in group)


def _piece(group: list[tuple[int, MarkedPage | None]]) -> Piece:
    codes = [code for _, code in group if code is not None]
    if not codes:
        return Piece(pages=tuple(place for place, _ in group))
    if len(codes) == len(group) and all(code.page for code in codes):  # fed in backwards: put in order
        group = sorted(group, key=lambda one: one[1].page if one[1] else 0)
    numbers = tuple(code.page for _, code in group if code is not None and code.page)
    return Piece(pages=tuple(place for place, _ in group), mark=codes[0].mark, numbers=numbers)
