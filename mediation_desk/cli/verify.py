"""``verify`` and ``case seal``: whether a paper is what was printed, and the centre's digital seal on one."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from mediation_desk.cli.opening import opened
from mediation_desk.shared.errors import InputError

PATH = click.Path(path_type=Path)
_BAD = 3


@click.command()
@click.argument("file", required=False, type=PATH)
@click.option("--number", metavar="NO", default="", help="纸上的协议编号，如 （2026）安和人调字第31号")
@click.option("--code", metavar="CODE", default="", help="纸上的校验码，如 ABCD-EFGH-JKLM")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON")
@click.pass_context
def verify(context: click.Context, file: Path | None, number: str, code: str, as_json: bool) -> int:
    """核对一份文书有没有改动：PDF、DOCX 文件，或者纸上的编号和校验码。不需要网络。

    退出码：0 没有改动；3 有改动、已被取代或者不是本中心的；2 文件读不出来或者校验码写错了。
    """
    if (file is None) == (not (number or code)) or (file is None and not (number and code)):
        raise InputError("请写一个文件，或者 --number 和 --code 两样都写。", field="file")
    with opened(context) as desk:
        found = (
            desk.verifying.typed(desk.actor, number, code)
            if file is None
            else desk.verifying.path(desk.actor, file)
        )
    if as_json:
        import json

        from mediation_desk.interchange.plain import plain

        click.echo(json.dumps(plain(found), ensure_ascii=False, indent=1))
    else:
        click.echo(found.sentence)
        for note in found.notes:
            click.echo(f"  {note}")
        if found.case_key:
            click.echo(f"  案件代码：{found.case_key}")
    return 0 if found.good else _BAD


@click.command()
@click.argument("key")
@click.option("--form", default="agreement", show_default=True, metavar="FORM", help="agreement、reply、…")
@click.option("--cert", "certificate", required=True, metavar="FILE", type=PATH, help="证书（.pfx、.p12）")
@click.option("--out", required=True, metavar="FILE", type=PATH, help="写到哪里，不覆盖已有的文件")
@click.option("--reason", default="", metavar="TEXT", help="签名的事由，默认为文书的名称")
@click.option("--place", default="", metavar="TEXT", help="签名的地点")
@click.option("--password-stdin", is_flag=True, help="从标准输入读证书密码（默认在屏幕上问）")
@click.pass_context
def seal(
    context: click.Context,
    key: str,
    form: str,
    certificate: Path,
    out: Path,
    reason: str,
    place: str,
    password_stdin: bool,
) -> None:
    """给一份文书加数字印鉴（PAdES），存成归档格式（PDF/A）。证书密码每次都问，不保存。"""
    from mediation_desk.documents.sealing.service import read_certificate

    data = read_certificate(certificate)
    with opened(context) as desk:
        desk.sealing.demand_allowed(desk.actor, key, form)  # before anybody types a password
        password = (
            sys.stdin.readline().rstrip("\r\n")
            if password_stdin
            else click.prompt("证书密码", hide_input=True, default="", show_default=False, err=True)
        )
        written = desk.sealing.seal(desk.actor, key, form, data, password, out, reason=reason, place=place)
    click.echo(str(written))
