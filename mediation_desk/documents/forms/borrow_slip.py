"""卷宗借阅单: one for each loan, with a place for the borrower's hand and for the return."""

from __future__ import annotations

from mediation_desk.cases.archiving.model import Loan
from mediation_desk.cases.model import CaseFile
from mediation_desk.documents.content import (
    Card,
    Column,
    Heading,
    Number,
    Paper,
    Profile,
    Table,
    Title,
    paragraph,
)
from mediation_desk.documents.form import Form, Stage
from mediation_desk.documents.forms.background import NOTHING, Background
from mediation_desk.documents.forms.slips import case_code
from mediation_desk.shared.dates import BLANK_DATE, cn_date
from mediation_desk.shared.track import Track

TITLE = "卷宗借阅单"
TITLES = dict.fromkeys(Track, TITLE)
_COLUMNS = (
    Column(title="", weight=18),
    Column(title="情况", weight=88, centred=False),
    Column(title="签名、日期", weight=50),
)
_DUTIES = "借阅人不得拆卷、涂改、圈划、转借、复制，不得泄露当事人的隐私；用完按期归还，由管理人当面核对。"


def applies(file: CaseFile) -> str | None:
    """Why there is nothing to print, or None."""
    return None if file.beside.loans else "本案的卷宗没有借出过，不能打印借阅单。"


def compose(file: CaseFile, _background: Background = NOTHING) -> tuple[Paper, ...]:
    """A slip for every loan, the oldest first."""
    return tuple(_slip(file, loan) for loan in file.beside.loans)


def _slip(file: CaseFile, loan: Loan) -> Paper:
    volume = file.archive.volume_no if file.archive else file.case_key
    rows = (
        ("卷号", volume),
        ("页数", f"{file.archive.pages}页" if file.archive and file.archive.pages else ""),
        ("架号", file.beside.shelf.place if file.beside.shelf else ""),
        ("查阅限制", (file.archive.access or "") if file.archive else ""),
        ("归还期限", cn_date(loan.due_on)),
    )
    lent = f"{loan.lent_by}　{cn_date(loan.on)}"
    back = f"{loan.received_by}　{cn_date(loan.returned_on)}" if loan.returned_on else BLANK_DATE
    blocks = (
        Title(text=TITLE),
        Number(text=f"第{loan.no}次借阅"),
        Card(picture=case_code(file), name=file.title, rows=tuple(row for row in rows if row[1])),
        Table(
            columns=_COLUMNS,
            rows=(
                ("借阅人", "，".join(part for part in (loan.who, loan.unit) if part), BLANK_DATE),
                ("事由", loan.why, ""),
                ("批准", "", loan.approved_by or BLANK_DATE),
                ("借出", "管理人", lent),
                ("归还", loan.condition, back),
            ),
            tall=True,
            hands=((loan.who,), (), ("批准人",), ("管理人",), ("管理人",)),
        ),
        paragraph(_DUTIES, indent=False),
    )
    heading = Heading(
        form="借阅单", title=TITLE, number=volume, dated=loan.on, part=f"第{loan.no}次" if loan.no > 1 else ""
    )
    return Paper(heading=heading, blocks=blocks, profile=Profile.DENSE)


FORM = Form(
    key="borrow_slip", code="借阅单", stage=Stage.FILE, titles=TITLES, applies=applies, compose=compose
)
