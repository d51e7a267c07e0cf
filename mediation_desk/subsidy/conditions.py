"""Whether a clause of a class holds for a case, and in words why or why not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mediation_desk.shared.money import figures
from mediation_desk.shared.record import record
from mediation_desk.subsidy.matter import Matter
from mediation_desk.subsidy.rules import PayClass, Scheme, Wanted

_NUMBERS = "零一二三四五六七八九十"


@record
class Finding:
    """One clause of one class as it was judged: ``why`` says what the case has, or what it lacks."""

    name: str
    no: int
    text: str
    source: str
    holds: bool
    why: str

    @property
    def clause(self) -> str:
        """``重大第三项：疑难复杂，调解会3次以上``."""
        return f"{self.name}第{ordinal(self.no)}项：{self.text}"


def judged(scheme: Scheme, matter: Matter) -> tuple[Finding, ...]:
    """Every clause in the order of the table, up to and with the first that holds."""
    found: list[Finding] = []
    for pay_class in scheme.classes:
        for finding in _of_class(pay_class, matter):
            found.append(finding)
            if finding.holds:
                return tuple(found)
    return tuple(found)


def ordinal(number: int) -> str:
    """``三``, ``十二``."""
    if number <= 10:
        return _NUMBERS[number]
    tens, ones = divmod(number, 10)
    head = "十" if tens == 1 else f"{_NUMBERS[tens]}十"
    return head + (_NUMBERS[ones] if ones else "")


def words_of(wanted: Wanted) -> str:
    """What the clause asks, as a paper says it."""
    if wanted.text:
        return wanted.text
    return "，".join(asked for asked, _holds, _has in _parts(wanted, None))


def _of_class(pay_class: PayClass, matter: Matter) -> Iterator[Finding]:
    for no, wanted in enumerate(pay_class.clauses, start=1):
        parts = tuple(_parts(wanted, matter))
        lacking = [has for _asked, holds, has in parts if not holds]
        shown: Sequence[str] = lacking or [has for _asked, _holds, has in parts]
        yield Finding(
            name=pay_class.name,
            no=no,
            text=words_of(wanted),
            source=wanted.source,
            holds=not lacking,
            why="，".join(shown) or "没有别的条件",
        )


def _parts(wanted: Wanted, matter: Matter | None) -> Iterator[tuple[str, bool, str]]:
    """Each condition: what is asked, whether the case has it, and what the case has."""
    if wanted.persons_from is not None:
        has = matter.people if matter else 0
        yield f"当事人{wanted.persons_from}人以上", has >= wanted.persons_from, f"当事人{has}人"
    if wanted.amount_from is not None:
        agreed = matter.agreed if matter else wanted.amount_from
        asked = f"协议金额{figures(wanted.amount_from)}元以上"
        yield asked, agreed >= wanted.amount_from, f"协议金额{figures(agreed)}元"
    if wanted.claimed_from is not None:
        claimed = matter.claimed if matter else wanted.claimed_from
        asked = f"请求金额{figures(wanted.claimed_from)}元以上"
        yield asked, claimed >= wanted.claimed_from, f"请求金额{figures(claimed)}元"
    if wanted.sessions_from is not None:
        held = matter.sessions if matter else 0
        yield f"开过{wanted.sessions_from}次以上调解会", held >= wanted.sessions_from, f"调解会{held}次"
    if wanted.forms:
        form = matter.form if matter else None
        yield f"{'或者'.join(wanted.forms)}协议", form in wanted.forms, f"{form}协议" if form else "没有协议"
    if wanted.categories:
        kind = matter.category if matter else None
        yield "、".join(wanted.categories), kind in wanted.categories, str(kind)
    if wanted.difficulty is not None:
        level = matter.difficulty if matter else None
        yield f"{wanted.difficulty}案件", level is wanted.difficulty, f"{level}案件"
    yield from _effects(wanted, matter)


def _effects(wanted: Wanted, matter: Matter | None) -> Iterator[tuple[str, bool, str]]:
    if wanted.group is not None:
        is_group = matter.group if matter else False
        words = {True: "群体纠纷", False: "不是群体纠纷"}
        yield words[wanted.group], is_group is wanted.group, words[is_group]
    if wanted.prevented is not None:
        averted = matter.prevented if matter else False
        words = {True: "防止了矛盾激化", False: "没有防止激化的记载"}
        yield words[wanted.prevented], averted is wanted.prevented, words[averted]
