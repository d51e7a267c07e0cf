"""The variant of a paper that shows names drawn on a screen, and whether they still belong to its words."""

from __future__ import annotations

from datetime import datetime

from mediation_desk.cases.ink.binding import NOT_RELIABLE, Binding, bound
from mediation_desk.cases.ink.mark import Handwriting
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.steps.handwriting import demand_lawful
from mediation_desk.documents.content import DrawnHand, Paper
from mediation_desk.documents.inking import with_hands
from mediation_desk.shared.dates import cn_date
from mediation_desk.shared.errors import InputError, RuleError
from mediation_desk.shared.file_store import FileStore

_HASH = 12  # characters of the hash that are printed


def signed_variant(file: CaseFile, paper: Paper, files: FileStore) -> Paper:
    """The paper with every name drawn on its present wording. ``RuleError`` where the law or a changed word forbids."""
    demand_lawful(file)
    mark = paper.mark
    if mark is None:
        raise AssertionError("papers of a case are marked")
    stand = [one for one in file.beside.handwritings if not one.void_reason]
    mine = [one for one in stand if (one.form, one.paper_no) == (mark.form, mark.no)]
    if not mine:
        raise InputError("这份文书还没有屏幕手写的签名。", field="form")
    for one in mine:
        checked = check_hand(file, one, mark.version, files)
        if not checked.holds:
            raise RuleError(f"{one.name}的手写签名不能用：{checked.why}。", rule="电子签名法第十三条")
    hands = {one.place: DrawnHand(png=files.read(one.picture), said=_said(one)) for one in mine}
    return with_hands(paper, hands)


def check_hand(file: CaseFile, written: Handwriting, version: str, files: FileStore) -> Binding:
    """Whether strokes, picture, the paper's present ``version`` and hash agree."""
    try:
        strokes, picture = files.read(written.strokes), files.read(written.picture)
    except InputError as error:
        return Binding(holds=False, why=error.message.rstrip("。"))
    return bound(file.case_key, written, version, strokes, picture)


def _said(one: Handwriting) -> str:
    return f"{one.name}，{_moment(one.at)}。{NOT_RELIABLE}。校验码{one.bound[:_HASH]}"


def _moment(at: datetime) -> str:
    local = at.astimezone()
    return f"{cn_date(local.date())}{local:%H:%M}"
