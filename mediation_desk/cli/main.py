"""The root command: which data, which verb, and what an error looks like."""

from __future__ import annotations

import logging
from pathlib import Path

import click

from mediation_desk import __version__
from mediation_desk.app import component_versions
from mediation_desk.cli.account import account
from mediation_desk.cli.agreeing import AGREEING
from mediation_desk.cli.audit import audit
from mediation_desk.cli.care import backup, check, restore, salvage
from mediation_desk.cli.case import case
from mediation_desk.cli.case_court import confirm
from mediation_desk.cli.case_notice import notice
from mediation_desk.cli.case_personal import consent, transfer
from mediation_desk.cli.case_signing import facts, sign
from mediation_desk.cli.case_steps import CASE_STEPS
from mediation_desk.cli.case_volume import volume
from mediation_desk.cli.choosing import choose, result, shortlist
from mediation_desk.cli.deadlines import deadlines
from mediation_desk.cli.desk import demo, desk, tour
from mediation_desk.cli.expert import expert
from mediation_desk.cli.ledger import ledger
from mediation_desk.cli.moving import move
from mediation_desk.cli.opening import FULL_NAMES
from mediation_desk.cli.packages import pack, unpack
from mediation_desk.cli.person import person
from mediation_desk.cli.promises import PROMISE_STEPS, obligations
from mediation_desk.cli.rekey import rekey
from mediation_desk.cli.retention import retention
from mediation_desk.cli.routing import orders, route
from mediation_desk.cli.scanning import scan
from mediation_desk.cli.server import server
from mediation_desk.cli.sessions import session
from mediation_desk.cli.signing_in import Login, remember
from mediation_desk.cli.stats import stats
from mediation_desk.cli.stats_report import report
from mediation_desk.cli.subsidy import subsidy
from mediation_desk.cli.telling import tell
from mediation_desk.cli.template import template
from mediation_desk.cli.usage import told
from mediation_desk.cli.verify import seal, verify
from mediation_desk.cli.work import work
from mediation_desk.settings import keep_private, resolve
from mediation_desk.shared.errors import DeskError
from mediation_desk.shared.faults import told_of


def _tell_versions(context: click.Context, _option: click.Parameter, wanted: bool) -> None:
    """The program's version, then a line for everything an advisory may name."""
    if not wanted or context.resilient_parsing:
        return
    click.echo(f"mediation-desk {__version__}")
    for name, version in component_versions().items():
        click.echo(f"{name}: {version}")
    context.exit()


@click.group(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--data", metavar="DIR", type=click.Path(path_type=Path), help="数据文件夹（默认为用户的数据文件夹）"
)
@click.option(
    "--database", metavar="URL", default="", help="数据库地址，如 postgresql+psycopg://用户@主机/库名"
)
@click.option("--practice", is_flag=True, help="演练：单独的一套虚构数据，不用登录，不碰正式的数据")
@click.option("--as", "name", metavar="NAME", default="", help="用哪个账号（口令随后输入）")
@click.option(
    "--password-file", metavar="FILE", type=click.Path(path_type=Path), help="口令所在的文件，只许本人可读"
)
@click.option(
    "--full-names",
    metavar="REASON",
    default="",
    help="列表显示全名，写明理由（须有显示姓名的权限，留有记录）",
)
@click.option(
    "--version",
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=_tell_versions,
    help="显示程序和各组件的版本后退出",
)
@click.pass_context
def root(
    context: click.Context,
    data: Path | None,
    database: str,
    practice: bool,
    name: str,
    password_file: Path | None,
    full_names: str,
) -> None:
    """调解台：接待登记、选择调解员、调解、协议、统计。"""
    invented = practice or context.invoked_subcommand == demo.name
    context.obj = resolve(data, database, practice=invented)
    context.meta[FULL_NAMES] = full_names
    remember(context, Login(name=name, password_file=password_file))
    if context.invoked_subcommand is None:
        context.invoke(desk)


for command in (
    desk,
    demo,
    tour,
    case,
    deadlines,
    obligations,
    orders,
    expert,
    ledger,
    scan,
    stats,
    work,
    subsidy,
    retention,
    person,
    pack,
    unpack,
    backup,
    salvage,
    restore,
    check,
    server,
    move,
    audit,
    verify,
    template,
    account,
    rekey,
):
    root.add_command(command)
for step in (*CASE_STEPS, *AGREEING, *PROMISE_STEPS, sign, facts, confirm):
    case.add_command(step)
for about_one_case in (shortlist, choose, result):
    expert.add_command(about_one_case)
stats.add_command(report)
case.add_command(route)
case.add_command(notice)
case.add_command(consent)
case.add_command(transfer)
case.add_command(session)
case.add_command(seal)
case.add_command(volume)


def run(arguments: list[str] | None = None) -> int:
    """Run one command; returns its exit code: 0 done, 2 input, 3 refused, 4 storage, 1 a bug."""
    keep_private()
    try:
        result = root.main(arguments, prog_name="mediation-desk", standalone_mode=False)
    except DeskError as error:
        tell(error.message, err=True)
        return error.exit_code
    except click.exceptions.Abort:
        click.echo("已停止。", err=True)
        return 2
    except click.ClickException as error:
        tell(f"用法有误：{told(error)}", err=True)
        return 2
    except Exception as error:  # noqa: BLE001  # the one place: a bug ends in one line, its places go to the log
        logging.getLogger("mediation_desk").debug("bug\n%s", "\n".join(told_of(error)))
        click.echo(f"程序出错（{type(error).__name__}），请把这一行报给维护人员：{_where(error)}", err=True)
        return 1
    return result if isinstance(result, int) else 0


def _where(error: BaseException) -> str:
    """File and line of the fault; never its text, which may hold a name."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return ""
    return f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}"
