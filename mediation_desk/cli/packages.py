"""``pack`` and ``unpack``: cases to another centre, and another centre's cases beside ours."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mediation_desk.cases.steps.personal import NoteTransfer
from mediation_desk.cli.handing_over import handed_over
from mediation_desk.cli.opening import opened
from mediation_desk.cli.signing_in import asked_password, chosen_password
from mediation_desk.cli.telling import tell
from mediation_desk.shared.errors import InputError

if TYPE_CHECKING:
    from mediation_desk.interchange.packages.model import CaseLine, Decisions, Told

PATH = click.Path(path_type=Path)
_WHAT = "整件案件（案件数据包）"
_SIDES = {"ours": "留本处", "theirs": "用对方"}


@click.command()
@click.argument("keys", metavar="CASE...", nargs=-1, required=True)
@click.option("--out", required=True, metavar="FILE", type=PATH, help="写成哪个文件，例如 石桥村.mdpack")
@click.option("--reason", required=True, metavar="TEXT", help="为什么打包，例如“带到石桥村调解”")
@click.option("--own-password", is_flag=True, help="自己定口令（随后输入两次）；不写就由程序生成一个")
@click.option("--key-file", metavar="FILE", type=PATH, help="自己定的口令所在的文件，只许本人可读")
@handed_over
@click.pass_context
def pack(
    context: click.Context,
    keys: tuple[str, ...],
    out: Path,
    reason: str,
    own_password: bool,
    key_file: Path | None,
    with_private_notes: bool,
    to: str,
    ground: str,
) -> None:
    """把案件连同附件装进一个签名、加密的数据包；口令由程序生成，只显示这一次。"""
    with opened(context) as desk:
        password = chosen_password("数据包的口令", key_file) if own_password or key_file else ""
        given = NoteTransfer(to=to, what=_WHAT, ground=ground, on=desk.cases.local_today) if to else None
        packed = desk.packages.pack(
            desk.actor,
            keys,
            out,
            reason=reason,
            password=password,
            with_private_notes=with_private_notes,
            transfer=given,
        )
    click.echo(str(out))
    if packed.code:
        tell(f"口令\t{packed.code}")
        click.echo("口令只显示这一次，请另外告诉对方，不要和文件放在一起。", err=True)
    click.echo(f"共{packed.cases}件案件、{packed.files}个附件。本处的指纹：{packed.fingerprint}", err=True)


@click.command()
@click.argument("file", type=PATH)
@click.option(
    "--dry-run", is_flag=True, help="只看：每件是新、更新、两边都改还是坏，两边各写了什么；什么也不改"
)
@click.option("--key-file", metavar="FILE", type=PATH, help="数据包口令所在的文件，只许本人可读")
@click.option("--trust", default="", metavar="FINGERPRINT", help="打电话核对过的对方指纹，以后认它的签名")
@click.option(
    "--take",
    "takes",
    multiple=True,
    metavar="CASE[/PLACE]=theirs|ours",
    help="两边都改的，整件或者这一处用谁的写法；可以写几个",
)
@click.option(
    "--bring-back",
    multiple=True,
    metavar="CASE",
    help="本处已经结案、归档、移入回收站或者销毁的，也并入；可以写几个",
)
@click.option("--json", "as_json", is_flag=True, help="输出 JSON")
@click.pass_context
def unpack(
    context: click.Context,
    file: Path,
    dry_run: bool,
    key_file: Path | None,
    trust: str,
    takes: tuple[str, ...],
    bring_back: tuple[str, ...],
    as_json: bool,
) -> int:
    """并入一个数据包：一件坏的不影响别的；两边都改的先留本处的写法，对方的写法记在案件里待看。"""
    decisions = _decisions(takes, bring_back)
    with opened(context, create=not dry_run) as desk:
        password = asked_password("数据包的口令", key_file)
        do = desk.packages.look if dry_run else desk.packages.join
        told = do(desk.actor, file, password, decisions, trust=trust)
    if as_json:
        from mediation_desk.interchange.plain import plain

        click.echo(json.dumps(plain(told) | {"counts": told.counts()}, ensure_ascii=False, indent=1))
    else:
        _tell(told, whole=dry_run)
    bad = any(line.standing.value == "坏" for line in told.lines)
    return InputError.exit_code if bad else 0


def _decisions(takes: tuple[str, ...], bring_back: tuple[str, ...]) -> Decisions:
    from mediation_desk.interchange.packages.model import Decisions, Side

    take = {}
    for one in takes:
        place, _, side = one.rpartition("=")
        if not place or side not in _SIDES:
            raise InputError(f"--take “{one}”应写成 案件代码=theirs、案件代码/位置=ours 这样。", field="take")
        take[place] = Side(side)
    return Decisions(take=take, bring_back=frozenset(bring_back))


def _tell(told: Told, *, whole: bool) -> None:
    tell(f"{told.centre}，{told.packed_by}，{told.packed_at}，{told.reason}", err=True)
    for line in told.lines:
        standing = line.outcome or line.standing
        tell(f"{line.key or line.their_key}\t{line.number or '—'}\t{standing}\t{line.title}{_why(line)}")
        for one in line.differences:
            side = _SIDES.get(one.take or "", "待看")
            tell(f"  {line.their_key}{one.place}\t{one.name}\t{side}")
            if whole:
                for caption, words in (("本处", one.ours), ("对方", one.theirs), ("原来", one.before)):
                    tell(f"    {caption}\t{' '.join(words.split()) or '（空）'}")
    tell(f"共{len(told.lines)}件：{told.counts()}。", err=True)


def _why(line: CaseLine) -> str:
    parts = [line.reason] if line.reason else []
    if line.fields:
        parts.append(f"随对方改：{'、'.join(line.fields)}" if not line.reason else "、".join(line.fields))
    return f"\t{'；'.join(parts)}" if parts else ""
