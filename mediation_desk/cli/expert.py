"""``expert``: the pool."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date

import click

from mediation_desk.cli.opening import DAY, opened
from mediation_desk.cli.roster import export, import_, undo_import
from mediation_desk.cli.telling import tell
from mediation_desk.experts.choice.fields import field_words, fitting, generic_words
from mediation_desk.experts.searching import Entry, PoolFilter, narrow
from mediation_desk.shared.errors import InputError


@click.group()
def expert() -> None:
    """专家库。"""


@expert.command("list")
@click.option("--kind", default="", metavar="KIND", help="纠纷类型，如 邻里纠纷，或者擅长领域里的词")
@click.option("--language", default="", metavar="LANGUAGE", help="会这种语言或方言")
@click.option("--free", "free_on", metavar="DATE", type=DAY, help="这一天有空，如 2026-03-05")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON（只含公开栏目）")
@click.pass_context
def list_(context: click.Context, kind: str, language: str, free_on: date | None, as_json: bool) -> None:
    """调解员名单，在办案件少的在前；只显示公开栏目。"""
    with opened(context) as desk:
        entries = desk.experts.register(desk.actor, until=free_on)
    chosen = narrow(_of_kind(entries, kind), PoolFilter(language=language, free_on=free_on))
    if as_json:
        click.echo(json.dumps([_public(entry) for entry in chosen], ensure_ascii=False, indent=1))
        return
    for entry in chosen:
        card = entry.mediator.card
        fields = "、".join(card.specialties)
        tell(f"{card.pool_no}\t{card.name}\t{card.grade or '—'}\t在办{entry.running}件\t{fields}")


for about_rosters in (import_, export, undo_import):
    expert.add_command(about_rosters)


def _of_kind(entries: Iterable[Entry], kind: str) -> Iterable[Entry]:
    """Those whose fields fit the kind of dispute; everybody when none is asked for."""
    if not kind:
        return entries
    try:
        words = field_words(kind) or (kind,)
    except InputError:  # no kind of the list: a word of somebody's fields then
        words = (kind,)
    generic = generic_words()
    return (entry for entry in entries if fitting(entry.mediator.card.specialties, words, (kind,), generic))


def _public(entry: Entry) -> dict[str, object]:
    card = entry.mediator.card
    return {
        "pool_no": card.pool_no,
        "name": card.name,
        "organisation": card.organisation,
        "employment": card.employment.value,
        "grade": card.grade,
        "specialties": list(card.specialties),
        "languages": list(card.languages),
        "years_mediating": card.years_mediating,
        "running": entry.running,
    }
