"""What an agreement says about breach, and what follows from it: acceleration and the penalty to the day."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from mediation_desk.agreements.model import Clause, ClauseKind, Performance
from mediation_desk.agreements.performance import due_day
from mediation_desk.agreements.settling import Share, total
from mediation_desk.shared.dates import cn_date
from mediation_desk.shared.money import figures, round_fen
from mediation_desk.shared.record import record

DAYS_A_YEAR = 365


class Per(StrEnum):
    """What the rate of a penalty counts by."""

    YEAR = "年"
    DAY = "日"


@record
class Penalty:
    """违约金 or 逾期利息 on what is overdue: ``rate`` as a fraction (0.12 a year, 0.0002 a day)."""

    clause: int
    rate: Decimal
    per: Per

    @property
    def text(self) -> str:
        """``年利率12%``, ``每日0.02%``."""
        percent = f"{(self.rate * 100).normalize():f}%"
        return f"年利率{percent}" if self.per is Per.YEAR else f"每日{percent}"


@record
class AccelerationRule:
    """Everything left falls due once a part is more than ``grace_days`` days late; ``clause`` says so."""

    clause: int
    grace_days: int = 0


@record
class DefaultTerms:
    """The rules in force; ``from_text``: read from the words of the clause, to be checked by eye."""

    acceleration: AccelerationRule | None = None
    penalty: Penalty | None = None
    from_text: bool = False


@record
class Acceleration:
    """Acceleration that has happened: the part that was late, the day all became due, and how much is owed in all.

    ``moved`` are the open rows that fall due earlier by it, in yuan ``outstanding`` with those late before;
    ``recorded`` says whether it stands in the file or only follows from the rule.
    """

    rule: AccelerationRule
    late_clause: int
    late_instalment: int | None
    base_due_on: date
    accelerated_on: date
    moved: tuple[Performance, ...]
    outstanding: Decimal
    recorded: bool

    @property
    def sentence(self) -> str:
        """``第4条：第2条第3期逾期超过10日，自2026年8月26日起剩余款项全部到期，合计92,500.00元``."""
        part = f"第{self.late_instalment}期" if self.late_instalment else ""
        over = f"逾期超过{self.rule.grace_days}日" if self.rule.grace_days else "逾期"
        return (
            f"第{self.rule.clause}条：第{self.late_clause}条{part}（应于{cn_date(self.base_due_on)}前付）{over}，"
            f"自{cn_date(self.accelerated_on)}起剩余款项全部到期，合计{figures(self.outstanding)}元"
        )


@record
class Charge:
    """Penalty on one sum paid late or still open: from the day after it was due to ``last``, both counted."""

    clause: int
    instalment: int | None
    payer: str | None
    payee: str | None
    principal: Decimal
    due_on: date
    last: date
    days: int
    amount: Decimal
    penalty: Penalty

    @property
    def formula(self) -> str:
        """``17,500.00元×12%÷365×77日＝443.01元``."""
        percent = f"{(self.penalty.rate * 100).normalize():f}%"
        year = f"÷{DAYS_A_YEAR}" if self.penalty.per is Per.YEAR else ""
        return f"{figures(self.principal)}元×{percent}{year}×{self.days}日＝{figures(self.amount)}元"


_NUMERAL = "零一二三四五六七八九"
_NUMBER = r"([0-9.]+|[一二三四五六七八九十]+)"
_ACCELERATES = re.compile(r"(全部|剩余|其余|未付)[^。；]{0,12}(到期|一并主张|一次性)")
_GRACE = re.compile(rf"逾期(超过|满|达到|达)?{_NUMBER}(日|天)")
_YEARLY = re.compile(r"年(?:利率|化|息)?[^0-9。；]{0,4}([0-9.]+)[%％]")
_DAILY = re.compile(rf"(?:每日|日)[^。；]{{0,6}}?(万分之|千分之){_NUMBER}")


def terms_in_words(clauses: Iterable[Clause]) -> DefaultTerms:
    """What the words of the 违约 clauses say in the usual phrases; nothing where they say it otherwise."""
    acceleration: AccelerationRule | None = None
    penalty: Penalty | None = None
    for clause in clauses:
        if clause.kind is ClauseKind.DEFAULT:
            if acceleration is None and _ACCELERATES.search(clause.text):
                acceleration = AccelerationRule(clause=clause.no, grace_days=_grace(clause.text))
            penalty = penalty or _penalty(clause)
    return DefaultTerms(acceleration=acceleration, penalty=penalty, from_text=True)


def acceleration_of(
    found: Sequence[Share], clauses: Iterable[Clause], rule: AccelerationRule | None, day: date
) -> Acceleration | None:
    """The acceleration as it stands on ``day``: the one on file, else what the rule says; None without one.

    It reaches the instalments of the clause that was broken; monthly payments and other clauses stay as they are.
    """
    if rule is None:
        return None
    on_file = min((one.row.accelerated_on for one in found if one.row.accelerated_on), default=None)
    owed = [share.row for share in found if share.settled_on is None]
    parts = {clause.no for clause in clauses if len(clause.instalments) > 1}
    late = [row for row in owed if row.clause in parts and (day - row.due_on).days > rule.grace_days]
    if on_file is not None:  # what was late then may have been paid since
        broken = [one for one in found if one.row.clause in parts and one.row.due_on < on_file]
        late = [one.row for one in broken if one.settled_on is None or one.settled_on >= on_file] or late
    if not late:
        return None
    base = min(late, key=lambda row: (row.due_on, row.clause))
    of_clause = [row for row in owed if row.clause == base.clause]
    accelerated_on = on_file or base.due_on + timedelta(days=rule.grace_days + 1)
    moved = tuple(row for row in of_clause if row.due_on > accelerated_on)
    if not moved:
        return None
    return Acceleration(
        rule=rule,
        late_clause=base.clause,
        late_instalment=base.instalment,
        base_due_on=base.due_on,
        accelerated_on=accelerated_on,
        moved=moved,
        outstanding=total(of_clause),
        recorded=on_file is not None,
    )


def charges(found: Iterable[Share], penalty: Penalty | None, day: date) -> tuple[Charge, ...]:
    """The penalty on every sum paid late or open on ``day``; what was forgiven bears none."""
    return tuple(_charges(found, penalty, day)) if penalty is not None else ()


def _charges(found: Iterable[Share], penalty: Penalty, day: date) -> Iterator[Charge]:
    for share in found:
        row = share.row
        last = min(row.done_on or day, day)
        days = (last - due_day(row)).days
        if share.waiver is None and row.amount is not None and days > 0 and row.payee is not None:
            by_year = Decimal(DAYS_A_YEAR) if penalty.per is Per.YEAR else Decimal(1)
            yield Charge(
                clause=row.clause,
                instalment=row.instalment,
                payer=row.payer,
                payee=row.payee,
                principal=row.amount,
                due_on=due_day(row),
                last=last,
                days=days,
                amount=round_fen(row.amount * penalty.rate * days / by_year),
                penalty=penalty,
            )


def _grace(text: str) -> int:
    """Days of grace; ``满十日`` accelerates on the tenth day, ``超过十日`` on the eleventh."""
    said = _GRACE.search(text)
    if said is None:
        return 0
    days = int(_number(said[2]))
    return days if said[1] in ("超过", None) else max(days - 1, 0)


def _penalty(clause: Clause) -> Penalty | None:
    daily, yearly = _DAILY.search(clause.text), _YEARLY.search(clause.text)
    if daily is not None:
        part = Decimal(10000) if daily[1] == "万分之" else Decimal(1000)
        return Penalty(clause=clause.no, rate=_number(daily[2]) / part, per=Per.DAY)
    if yearly is not None:
        return Penalty(clause=clause.no, rate=Decimal(yearly[1]) / 100, per=Per.YEAR)
    return None


def _number(words: str) -> Decimal:
    """``10``, ``0.5``, ``十``, ``十五``, ``三十``."""
    if words[0].isdigit():
        return Decimal(words.rstrip("."))
    tens, ten, ones = words.rpartition("十")
    value = (_digit(tens) if tens else 1) * 10 if ten else 0
    return Decimal(value + (_digit(ones) if ones else 0))


def _digit(word: str) -> int:
    return _NUMERAL.index(word[-1])
