"""Everything the program gives out, enumerated: papers, commands, tables of the database, words of errors."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import click
from sqlalchemy import select

from db.base import metadata
from db.unit_of_work import Storage
from mediation_desk.app import Desk
from mediation_desk.cases.model import CaseFile
from mediation_desk.cli.main import root, run
from mediation_desk.documents.content import Template
from mediation_desk.documents.form import Form
from mediation_desk.documents.forms.background import NOTHING, Background
from mediation_desk.documents.registry import FORMS
from mediation_desk.documents.service import compose, render
from mediation_desk.shared.text import folded
from tests.documents.reading import docx_text, pdf_text

MARK = "藏锋墨隐"
"""Stands in every private text of a test, and nowhere else."""

HOLDS_PRIVATE_WORDS = frozenset({"board_notes", "private_notes", "drafts"})
"""Tables that keep what is private; every other one must be free of it."""


def leaks(text: str) -> bool:
    """Whether a private word can be read in ``text``."""
    return MARK in folded(text)


def papers(file: CaseFile, forms: tuple[Form, ...] = FORMS) -> Iterator[tuple[str, str]]:
    """Name and whole text of every paper this case can print, as DOCX and as PDF, file properties included."""
    for form in forms:
        if form.applies(file) is not None:
            continue
        for number, paper in enumerate(form.compose(file, NOTHING)):
            name = f"{form.key}-{number}"
            docx, pdf = render(paper, "docx"), render(paper, "pdf")
            yield f"{name}.docx", docx_text(docx) + _inside(docx)
            yield f"{name}.pdf", pdf_text(pdf)
            yield name, repr(paper)


def bound_and_filled(desk: Desk, file: CaseFile) -> Iterator[tuple[str, str]]:
    """The bound volume, and papers of a clerk's templates: our own forms with all their words in fields."""
    from mediation_desk.access.actor import COUNTER

    yield "volume.pdf", pdf_text(desk.volumes.preview(COUNTER, file.case_key).pdf)
    yield "volume list", repr(desk.volumes.checklist(COUNTER, file.case_key))
    for form in ("record", "agreement"):
        filled = Background(template=Template(id=1, docx=desk.templates.starter(COUNTER, form)))
        for paper in compose(file, form, filled):
            yield f"template {form}", pdf_text(render(paper, "pdf")) + _inside(render(paper, "docx"))


def tables(storage: Storage) -> Iterator[tuple[str, str]]:
    """Name and content of every table."""
    with storage.read() as work:
        for name, table in metadata.tables.items():
            rows = work.connection.execute(select(table)).all()
            yield name, "\n".join(map(repr, rows))


def commands(group: click.Group = root, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every command that does something."""
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            if command.invoke_without_command:
                yield (*path, name)
            yield from commands(command, (*path, name))
        else:
            yield (*path, name)


Arguments = Callable[[str, Path], tuple[str, ...]]

NOT_RUN: Mapping[tuple[str, ...], str] = {
    ("desk",): "a window, looked at by the tests of the windows",
    ("demo",): "fills an empty desk",
    ("tour",): "works on a desk of its own",
    **{
        ("account", verb): "tells of accounts only"
        for verb in ("add", "list", "role", "lock", "open", "reset", "password", "recover", "sheet")
    },
    ("rekey",): "tells of accounts only",
    ("person", "export"): "a person's own words for that person: looked at in test_personal",
    **{("person", verb): "tells of requests only" for verb in ("request", "requests", "answer")},
    ("backup",): "a copy of the whole database, for who may read it",
    ("restore",): "the same back",
    **{("server", verb): "tells of the server only" for verb in ("setup", "check", "upgrade", "wipe")},
    ("salvage",): "the same back, out of a damaged one",
    ("move",): "the whole database to another, for who may do that; tells counts only",
    ("case", "import"): "brings in",
    ("case", "seal"): "writes what print writes, and asks for a password",
    ("case", "new"): "brings in",
    ("ledger", "import"): "brings in",
    ("template", "add"): "brings in",
    ("template", "use"): "tells of no case",
    ("ledger", "undo"): "takes out",
    ("expert", "import"): "brings in",
    ("expert", "undo-import"): "takes out",
    ("scan", "file"): "brings in",
    ("pack",): "sealed; what is in it is looked at in test_packages",
    ("unpack",): "brings in",
    ("stats", "freeze"): "tells of no case",
    ("work", "add"): "tells of no case",
    ("work", "list"): "tells of no case",
    ("work", "void"): "tells of no case",
    ("retention", "prepare"): "tells of volumes only",
    ("retention", "approve"): "tells of volumes only",
    ("retention", "apply"): "tells keys of cases only",
    ("stats", "book"): "tells keys of cases only",
}

MARCH = ("--month", "2026-03")

READING: Mapping[tuple[str, ...], Arguments] = {
    ("case", "export"): lambda key, out: (key,),
    ("case", "list"): lambda key, out: ("--json", "--search", MARK),
    ("case", "search"): lambda key, out: (MARK, "--json"),
    ("case", "show"): lambda key, out: (key, "--json"),
    ("case", "print"): lambda key, out: (key, "--form", "record", "--out", str(out)),
    ("case", "volume"): lambda key, out: (key, "--check", "--json"),
    ("deadlines",): lambda key, out: ("--json", "--ics", str(out / "d.ics"), "--slip", str(out)),
    ("obligations",): lambda key, out: ("--json",),
    ("retention", "list"): lambda key, out: ("--json",),
    ("orders",): lambda key, out: ("--json", "--period", "quarter"),
    ("expert", "list"): lambda key, out: ("--json",),
    ("expert", "export"): lambda key, out: (str(out / "pool.xlsx"),),
    ("expert", "shortlist"): lambda key, out: (key, "--json"),
    ("expert", "result"): lambda key, out: (key, "--json"),
    ("stats",): lambda key, out: (
        "--from", "2026-01-01", "--to", "2026-12-31",
        "--table", "cases", "--format", "docx", "--out", str(out / "s.docx"),
    ),
    ("stats", "cell"): lambda key, out: ("cases", "合计", "1", "--period", "all", "--json"),
    ("stats", "report"): lambda key, out: ("--period", "2026", "--out", str(out / "r.docx")),
    ("stats", "mediator"): lambda key, out: ("M01", "--json"),
    ("subsidy", "worksheet"): lambda key, out: (key, "--json"),
    ("subsidy", "list"): lambda key, out: (*MARCH, "--format", "pdf", "--out", str(out / "l.pdf")),
    ("stats", "warning"): lambda key, out: ("--level", "blue"),
    ("stats", "repeats"): lambda key, out: ("--json",),
    ("stats", "diff"): lambda key, out: ("--period", "2026Q1", "--json"),
    ("stats", "corrections"): lambda key, out: ("--json",),
    ("check",): lambda key, out: ("--audit", "--json"),
    ("audit", "list"): lambda key, out: ("--case", key, "--json"),
    ("audit", "close"): lambda key, out: ("--out", str(out)),
    ("verify",): lambda key, out: ("--number", key, "--code", "AAAA-AAAA-AAAA", "--json"),
    ("template", "list"): lambda key, out: ("--json",),
    ("template", "starter"): lambda key, out: ("--form", "record", "--out", str(out / "t.docx")),
    ("template", "check"): lambda key, out: (os.devnull,),
}  # fmt: skip
"""Commands that print or write, with the most they can be asked for."""

MOVING: Mapping[tuple[str, ...], Arguments] = {
    ("case", "accept"): lambda key, out: (key,),
    ("case", "refuse"): lambda key, out: (key, "--cause", "不属于受理范围", "--reason", "无"),
    ("case", "withdraw"): lambda key, out: (key, "--by", "A1", "--reason", "无"),
    ("case", "terminate"): lambda key, out: (key, "--cause", "无法联系", "--reason", "无"),
    ("case", "close"): lambda key, out: (key, "--evaluation", "好"),
    ("case", "bin"): lambda key, out: (key, "--reason", "重复"),
    ("case", "restore"): lambda key, out: (key,),
    ("case", "lock"): lambda key, out: (key, "--reason", "涉及隐私"),
    ("case", "open-to"): lambda key, out: (key, "--add", "窗口", "--reason", "协助"),
    ("case", "unlock"): lambda key, out: (key, "--reason", "不用锁了"),
    ("case", "suspend"): lambda key, out: (key, "--reason", "鉴定"),
    ("case", "resume"): lambda key, out: (key,),
    ("case", "extend"): lambda key, out: (key, "--days", "5", "--reason", "还要谈", "--all-consent"),
    ("case", "notice"): lambda key, out: (key, "--kind", "受理"),
    ("case", "consent"): lambda key, out: (key, "--of", "all"),
    ("case", "transfer"): lambda key, out: (key, "--to", "法院", "--what", "协议书", "--ground", "同意"),
    ("case", "route"): lambda key, out: (key, "--kind", "协办", "--to", "司法所", "--reason", "协助"),
    ("case", "session"): lambda key, out: (key, "--json", os.devnull),
    ("case", "agree"): lambda key, out: (key, "--json", os.devnull),
    ("case", "sign"): lambda key, out: (key, "--ref", "all"),
    ("case", "facts"): lambda key, out: (key, "--fact", "雨水倒灌", "--by", "all"),
    ("case", "confirm"): lambda key, out: (key, "--will", "all", "--how", "当面"),
    ("case", "perform"): lambda key, out: (key, "--clause", "1", "--on", "2026-03-20"),
    ("case", "waive"): lambda key, out: (key, "--clause", "1", "--by", "A1", "--reason", "无"),
    ("case", "urge"): lambda key, out: (key, "--of", "B1"),
    ("case", "accelerate"): lambda key, out: (key,),
    ("expert", "choose"): lambda key, out: (key, "--party", "A1", "--rank", "M01"),
    ("subsidy", "prepare"): lambda key, out: (*MARCH, "--json"),
    ("subsidy", "approve"): lambda key, out: (*MARCH, "--json"),
    ("subsidy", "paid"): lambda key, out: (*MARCH, "--json"),
    ("subsidy", "withdraw"): lambda key, out: (*MARCH, "--reason", "重做", "--json"),
    ("subsidy", "refuse"): lambda key, out: (key, "--reason", "放弃"),
    ("subsidy", "void"): lambda key, out: (key, "--reason", "再算"),
}  # fmt: skip
"""Commands that change a case, run on it whether they are let through or refused: both speak."""


def said(where: tuple[str, ...], command: tuple[str, ...], arguments: tuple[str, ...], out: Path) -> str:
    """Everything one command prints and writes."""
    out.mkdir(parents=True, exist_ok=True)
    spoken = io.StringIO()
    with redirect_stdout(spoken), redirect_stderr(spoken):
        run([*where, *command, *arguments])
    return "\n".join([spoken.getvalue(), *map(written, sorted(out.rglob("*")))])


def written(path: Path) -> str:
    """The words of a file that was written."""
    if path.is_dir():
        return path.name
    data = path.read_bytes()
    if path.suffix == ".pdf":
        return pdf_text(data)
    return path.name + (_inside(data) if zipfile.is_zipfile(path) else data.decode("utf-8", "replace"))


def read_by(desk: Desk, file: CaseFile) -> Iterator[tuple[str, str]]:
    """What the services tell a clerk, who does not mediate."""
    from mediation_desk.access.actor import Actor
    from mediation_desk.access.roles import Role
    from mediation_desk.cases.summary import CaseQuery

    clerk, key = Actor(account="b", display_name="登记员", roles=(Role.CLERK,)), file.case_key
    yield "drafts", repr(desk.cases.drafts(clerk))
    yield "history", repr(desk.cases.history(clerk, key))
    yield "printed", repr(desk.cases.papers(clerk, key))
    yield "today", repr(desk.cases.today(clerk))
    yield "list", repr(desk.cases.summaries(clerk, CaseQuery()))
    yield "shared lines", repr(desk.boards.shared(clerk, key))
    yield "offers", repr(desk.boards.offers(clerk, key))
    yield "facts", repr(desk.minutes.undisputed(clerk, key))
    for words in (MARK, "藏锋", MARK[:3], "cang feng mo yin", "cfmy"):
        yield f"search {words}", repr(desk.finding.look(clerk, words).hits)
        yield f"list {words}", repr(desk.cases.summaries(clerk, CaseQuery(search=words)))


def _inside(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return "\n".join(package.read(name).decode("utf-8", "replace") for name in package.namelist())
