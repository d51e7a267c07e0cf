"""What the imports of rosters and registers share on the command line: options, columns, counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from mediation_desk.cli.given import given
from mediation_desk.shared.errors import InputError

if TYPE_CHECKING:
    from mediation_desk.interchange.sheets.staging import StagedSheet

S = TypeVar("S", bound="StagedSheet[Any]")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the command line says of the file and of what is to be done with it."""

    file: Path
    sheet: str
    columns: tuple[str, ...]
    fills: tuple[str, ...]
    everything: bool
    dry_run: bool
    as_json: bool


def sheet_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The file and how to read it; the command is given them as one `Wanted`."""
    names = [item.name for item in fields(Wanted)]

    @wraps(command)
    def collected(*arguments: Any, **options: Any) -> Any:
        wanted = Wanted(**{name: options.pop(name) for name in names})
        return command(*arguments, wanted, **options)

    decorated: Callable[..., Any] = collected
    for decorate in reversed(
        (
            click.argument("file", type=click.Path(path_type=Path)),
            click.option("--sheet", default="", metavar="NAME", help="工作表（默认取最像的一张）"),
            click.option(
                "--column", "columns", multiple=True, metavar="表头=栏目", help="改正一列的含义，可写几次"
            ),
            click.option(
                "--set", "fills", multiple=True, metavar="栏目=值", help="这一栏的空格都填这个值，可写几次"
            ),
            click.option("--all", "everything", is_flag=True, help="有一行不对就都不收"),
            click.option("--dry-run", is_flag=True, help="只看结果，不收入"),
            click.option("--json", "as_json", is_flag=True, help="输出 JSON"),
        )
    ):
        decorated = decorate(decorated)
    return decorated


def content(file: Path) -> bytes:
    """What the file holds. Raises ``InputError`` for what no import takes."""
    from mediation_desk.interchange.sheets.package import LARGEST_FILE

    return given(file, LARGEST_FILE)


def as_told(staged: S, wanted: Wanted) -> S:
    """With the columns and the fillings of the command line. Raises ``InputError`` for unknown ones."""
    for title, name in _pairs(wanted.columns).items():
        titles = staged.plan.heading.titles
        if title not in titles:
            raise InputError(f"文件里没有“{title}”这一列。")
        staged = staged.with_mapping(titles.index(title), _field(staged, name) if name else "")
    for name, value in _pairs(wanted.fills).items():
        staged = staged.with_fill(_field(staged, name), value)
    return staged


def head(staged: StagedSheet[Any]) -> None:
    """What is to be said about the whole file."""
    for note in staged.notes:
        click.echo(note)
    if staged.strange:
        click.echo(f"没有读的列：{'、'.join(staged.strange)}")


def counts(staged: StagedSheet[Any]) -> None:
    """How many rows are ready, wrong and skipped."""
    from mediation_desk.interchange.sheets.rows import State

    unit = staged.plan.table.unit
    click.echo("，".join(f"{state.value}{staged.count(state)}{unit}" for state in State))


def plan_as_data(staged: StagedSheet[Any]) -> dict[str, object]:
    """File, sheet, columns, counts and repetitions."""
    from mediation_desk.interchange.sheets.rows import State

    plan = staged.plan
    return {
        "file": plan.table.file,
        "sheet": plan.table.sheet,
        "heading_row": plan.heading.row,
        "columns": {plan.heading.titles[place]: field for place, field in plan.mapping.items()},
        "not_read": list(staged.strange),
        "ready": staged.count(State.READY),
        "wrong": staged.count(State.WRONG),
        "skipped": staged.count(State.SKIPPED),
        "duplicates": [
            {"row": row.number, "choice": row.choice, "reason": row.twin_sentence}
            for row in staged.rows
            if row.twin
        ],
    }


def _pairs(given: tuple[str, ...]) -> Mapping[str, str]:
    pairs = {}
    for one in given:
        name, found, value = one.replace("＝", "=").partition("=")
        if not found:
            raise InputError(f"“{one}”应写成 名称=值。")
        pairs[name.strip()] = value.strip()
    return pairs


def _field(staged: StagedSheet[Any], name: str) -> str:
    from mediation_desk.interchange.sheets.matching import field_of_title

    field = field_of_title(staged.columns, name)
    if not field:
        raise InputError(f"没有“{name}”这一栏。")
    return field
