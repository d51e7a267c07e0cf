"""``expert``: the pool."""

from __future__ import annotations

import json

import click

from mediation_desk.cli.opening import opened


@click.group()
def expert() -> None:
    """专家库。"""


@expert.command("list")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON（只含公开栏目）")
@click.pass_context
def list_(context: click.Context, as_json: bool) -> None:
    """调解员名单，在办案件少的在前；只显示公开栏目。"""
    with opened(context) as desk:
        entries = desk.experts.pool(desk.actor)
    if as_json:
        public = [
            {
                "pool_no": entry.card.pool_no,
                "name": entry.card.name,
                "organisation": entry.card.organisation,
                "employment": entry.card.employment.value,
                "grade": entry.card.grade,
                "specialties": list(entry.card.specialties),
                "languages": list(entry.card.languages),
                "years_mediating": entry.card.years_mediating,
                "running": entry.running,
            }
            for entry in entries
        ]
        click.echo(json.dumps(public, ensure_ascii=False, indent=1))
        return
    for entry in entries:
        card = entry.card
        fields = "、".join(card.specialties)
        click.echo(f"{card.pool_no}\t{card.name}\t{card.grade or '—'}\t在办{entry.running}件\t{fields}")
