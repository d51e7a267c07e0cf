"""``scan file``: files from outside become scans of a case, as on screen."""

from __future__ import annotations

from pathlib import Path

import click

from mediation_desk.cases.scan import Scan, ScanKind
from mediation_desk.cli.opening import opened
from mediation_desk.cli.telling import tell
from mediation_desk.shared.errors import DeskError


@click.group()
def scan() -> None:
    """扫描件：入卷。"""


@scan.command("file")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--case", "key", required=True, metavar="KEY", help="案件代码或者编号")
@click.option(
    "--kind",
    type=click.Choice([kind.value for kind in ScanKind if kind is not ScanKind.FORM]),
    help="没有识别码的页是什么；默认待归类",
)
@click.option("--title", metavar="TEXT", default="", help="卷内目录里叫什么；默认用文件名")
@click.option("--evidence", metavar="REF", default="", help="是哪一件证据，如 E1")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON")
@click.pass_context
def file_(
    context: click.Context,
    files: tuple[Path, ...],
    key: str,
    kind: str | None,
    title: str,
    evidence: str,
    as_json: bool,
) -> int:
    """扫描入卷：PDF、JPEG、PNG、TIFF；页脚有识别码的自动归到那份文书。每个文件一次事务，出错的什么也不留下。"""
    from mediation_desk.documents.scanning.service import Wanted

    chosen = ScanKind(kind) if kind else ScanKind.EVIDENCE if evidence else ScanKind.UNSORTED
    wanted = Wanted(kind=chosen, title=title, evidence_ref=evidence)
    worst, filed, told = 0, list[Scan](), list[str]()
    with opened(context) as desk:
        case_key = desk.cases.file(desk.actor, key).case_key
        for path in files:
            try:
                done = desk.scanning.take(desk.actor, case_key, path, wanted)
            except DeskError as error:
                click.echo(error.message, err=True)
                worst = max(worst, error.exit_code)
                continue
            filed += done.scans
            told += done.told
            if not as_json:
                for one in done.scans:
                    tell(f"{one.no}\t{one.kind}\t{one.title}\t{one.pages}页\t{one.sha256}")
    if as_json:
        _json(filed, told)
    for sentence in told:
        click.echo(sentence, err=True)
    return worst


def _json(filed: list[Scan], told: list[str]) -> None:
    import json

    from mediation_desk.interchange.plain import plain

    data = {"scans": [plain(one) for one in filed], "told": told}
    click.echo(json.dumps(data, ensure_ascii=False, indent=1))
