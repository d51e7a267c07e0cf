"""``stats freeze``, ``diff``, ``book``, ``corrections``: periods are reported, compared, corrected."""

from __future__ import annotations

import json

import click

from mediation_desk.cli.opening import opened
from mediation_desk.cli.telling import tell
from mediation_desk.shared.dates import cn_period
from mediation_desk.statistics.periods import parse_period
from mediation_desk.statistics.submitting.hiding import outside_told
from mediation_desk.statistics.submitting.model import Booked, CellChange, Difference, Submission
from mediation_desk.statistics.submitting.plain import plain

_PERIOD = click.option(
    "--period", "words", metavar="PERIOD", required=True, help="2026、2026H1、2026Q3、2026-09 或 日期..日期"
)
_JSON = click.option("--json", "as_json", is_flag=True, help="输出 JSON")


@click.command()
@_PERIOD
@click.option("--note", default="", help="报送说明")
@click.option("--override", default="", metavar="REASON", help="表内核对不符仍要报送的理由")
@click.option("--supersedes", type=int, metavar="NO", help="更正报送：代替第几次报送")
@click.option("--reason", default="", help="更正报送、补报的理由")
@click.pass_context
def freeze(
    context: click.Context, words: str, note: str, override: str, supersedes: int | None, reason: str
) -> None:
    """报送一个统计期间：各表的数和后面的案件从此不变。"""
    period = parse_period(words)
    with opened(context) as desk:
        replaced = None
        if supersedes is not None:
            same = (one for one in desk.submissions.listed(desk.actor) if one.period == period)
            replaced = next((one.id for one in same if one.no == supersedes), -1)
        made = desk.submissions.submit(
            desk.actor, period, note=note, override=override, reason=reason, supersedes=replaced
        )
    click.echo(_head(made))


@click.command()
@_PERIOD
@_JSON
@click.pass_context
def diff(context: click.Context, words: str, as_json: bool) -> None:
    """报送数和现在的数比较：哪些数变了、因哪些案件、改了什么。"""
    period = parse_period(words)
    with opened(context) as desk:
        submission = desk.submissions.latest(desk.actor, period)
        found = desk.submissions.difference(desk.actor, submission)
        year = desk.submissions.year(desk.actor, period.last)
    if as_json:
        told = _public(found) | {"year": [plain(one) for one in year]}
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
        return
    click.echo(_head(submission))
    if found.rules_changed:
        click.echo("统计口径在报送之后改过，以下按报送时的口径比较。")
    if found.facts_changed:
        click.echo("来源、地区的认定规则在报送之后改过，没有改动的案件也可能变化。")
    if not found.cells and not found.cases:
        click.echo("报送之后没有变化。")
    for cell in found.cells:
        state = "" if cell.pending else "（已登记更正）"
        figures = f"报送{cell.submitted}\t现在{cell.now}\t差{_signed(cell)}"
        members = f"\t{cell.members}" if cell.members else ""
        tell(f"{cell.caption}\t{cell.row}\t{cell.name}（{cell.unit}）\t{figures}{state}{members}")
    for one in found.cases:
        state = "待登记" if one.pending else f"已登记为更正{'、'.join(map(str, one.booked))}"
        facts = "，".join(f"{fact.name}{fact.before}→{fact.after}" for fact in one.facts)
        tell(f"案件 {one.case_key}\t{one.kind}\t{state}\t{facts}")
        for event in one.events:  # what happened and who did it; the words of a case stay in the case
            tell(f"\t{event.at.astimezone():%Y-%m-%d %H:%M}\t{event.account}\t{event.step}")
    if found.outside:
        click.echo(f"{outside_told(found.outside)}。")
    for broken in year:
        click.echo(f"{broken.rule}：{broken.message}", err=True)


@click.command()
@click.option("--period", "words", metavar="PERIOD", help="只看一个期间")
@_JSON
@click.pass_context
def corrections(context: click.Context, words: str | None, as_json: bool) -> None:
    """已登记的更正：谁、何时、为什么，改了哪些数。"""
    with opened(context) as desk:
        submission = desk.submissions.latest(desk.actor, parse_period(words)) if words else None
        found = desk.submissions.corrections(desk.actor, submission)
        periods = {one.id: one for one in desk.submissions.listed(desk.actor)}
    if as_json:
        click.echo(json.dumps([_correction(one) for one in found], ensure_ascii=False, indent=1))
        return
    for one in found:
        period = periods[one.submission].period
        tell(f"{cn_period(period.first, period.last)}\t{_told(one)}")


@click.command()
@_PERIOD
@click.option("--reason", required=True, help="更正的理由")
@click.option("--case", "keys", multiple=True, metavar="KEY", help="只登记这些案件的变化（默认全部）")
@click.pass_context
def book(context: click.Context, words: str, reason: str, keys: tuple[str, ...]) -> None:
    """把报送之后的变化登记为更正，登记后不能再改。"""
    with opened(context) as desk:
        submission = desk.submissions.latest(desk.actor, parse_period(words))
        made = desk.submissions.book_correction(desk.actor, submission, reason, keys)
    tell(_told(made))


FREEZING = (freeze, diff, corrections, book)
"""Commands of the group ``stats``."""


def _head(one: Submission) -> str:
    period = cn_period(one.period.first, one.period.last)
    when = f"{one.at.astimezone():%Y-%m-%d %H:%M}"
    return (
        f"{period}\t第{one.no}次报送\t{one.display_name}\t{when}\t案件{one.cases}件\t校验值{one.sha256[:16]}"
    )


def _told(one: Booked) -> str:
    when = f"{one.at.astimezone():%Y-%m-%d %H:%M}"
    return f"更正{one.no}\t{one.display_name}\t{when}\t{one.reason}\t案件{'、'.join(one.keys)}"


def _signed(cell: CellChange) -> str:
    return "—" if cell.difference is None else f"{cell.difference:+}"


def _public(found: Difference) -> dict[str, object]:
    """A difference without the words of the cases: what they say may name people (LR-21)."""
    told: dict[str, object] = plain(found)
    told["cases"] = [_case(one) for one in plain(found.cases)]
    told["corrections"] = [_correction(one) for one in found.corrections]
    return told


def _correction(one: Booked) -> dict[str, object]:
    told: dict[str, object] = plain(one)
    del told["deltas"]
    told["cases"] = [_case(case) for case in plain(one.cases)]
    return told


def _case(told: dict[str, object]) -> dict[str, object]:
    events = told["events"]
    assert isinstance(events, list)  # noqa: S101  # as the record is declared
    without = [{key: value for key, value in event.items() if key != "sentence"} for event in events]
    return {**told, "events": without}
