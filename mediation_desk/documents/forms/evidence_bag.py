"""证物袋: what lies in the envelope of a volume; its code holds the case code and nothing else."""

from __future__ import annotations

from mediation_desk.cases.model import CaseFile, Evidence
from mediation_desk.cases.vocabulary import EvidenceKind
from mediation_desk.documents.content import Card, Column, Heading, Paper, Profile, Table, Title, paragraph
from mediation_desk.documents.form import Form, Stage
from mediation_desk.documents.forms.background import NOTHING, Background
from mediation_desk.documents.forms.slips import case_code
from mediation_desk.documents.forms.substance import case_number
from mediation_desk.shared.dates import BLANK_DATE, cn_date
from mediation_desk.shared.track import Track

TITLE = "证物袋"
TITLES = dict.fromkeys(Track, TITLE)
_THINGS = (EvidenceKind.OBJECT, EvidenceKind.AUDIOVISUAL, EvidenceKind.ELECTRONIC)
_COLUMNS = (
    Column(title="序号", weight=12),
    Column(title="名称", weight=60, centred=False),
    Column(title="种类", weight=24),
    Column(title="件数", weight=14),
    Column(title="收到", weight=32),
    Column(title="退还（签收、日期）", weight=44),
)

_PEN = "_" * 14  # a line to sign on


def applies(file: CaseFile) -> str | None:
    """Why there is nothing to print, or None."""
    return None if _inside(file) else "本案没有登记原件、实物，不需要证物袋。"


def compose(file: CaseFile, _background: Background = NOTHING) -> tuple[Paper, ...]:
    """The label; who brought what stands in the register of evidence, not on the outside of an envelope."""
    inside = _inside(file)
    number = case_number(file)
    rows = (
        ("案号", number or "未编号"),
        ("卷号", file.archive.volume_no if file.archive else ""),
        ("案件代码", file.case_key),
        ("袋内", f"{sum(one.copies for one in inside)}件"),
    )
    blocks = (
        Title(text=TITLE),
        Card(picture=case_code(file), name=file.organisation.name, rows=tuple(row for row in rows if row[1])),
        Table(
            columns=_COLUMNS, rows=tuple(_row(no, one) for no, one in enumerate(inside, start=1)), tall=True
        ),
        paragraph(f"封装人：{_PEN}　核对人：{_PEN}　{BLANK_DATE}", indent=False),
    )
    heading = Heading(form="标签", title=TITLE, number=number or file.case_key)
    return (Paper(heading=heading, blocks=blocks, profile=Profile.DENSE),)


def _inside(file: CaseFile) -> tuple[Evidence, ...]:
    return tuple(one for one in file.evidence if one.original or one.kind in _THINGS)


def _row(no: int, one: Evidence) -> tuple[str, ...]:
    what = one.name if one.original else f"{one.name}（复制件）"
    return str(no), what, one.kind, str(one.copies), cn_date(one.received_on), ""


FORM = Form(
    key="evidence_bag", code="标签", stage=Stage.FILE, titles=TITLES, applies=applies, compose=compose
)
