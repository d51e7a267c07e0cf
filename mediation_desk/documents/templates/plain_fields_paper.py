"""Fields of the paper itself, the body and the names of the parties.

Private talk (LR-22) has no field, and none may be added that reads it.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from mediation_desk.documents.content import (
    Block,
    DayLine,
    Fields,
    Number,
    PageBreak,
    Perforation,
    SealPlace,
    SignatureArea,
    Space,
    Table,
    Title,
)
from mediation_desk.documents.flow import Line, PicturedLines, flow
from mediation_desk.documents.form_grid import FormGrid, GridCell
from mediation_desk.documents.forms.people import names
from mediation_desk.documents.forms.signing import body_word
from mediation_desk.documents.forms.substance import case_number
from mediation_desk.documents.templates.field import TO_WRITE, Field, Source
from mediation_desk.parties.model import Side
from mediation_desk.shared.dates import cn_date_or_blank

_AROUND = (Title, Number, SignatureArea, SealPlace, DayLine)


def _body_text(source: Source) -> str | None:
    """What the desk's own paper says between its number and its signatures; None where it holds a photo.

    A row of a table becomes a paragraph, each cell behind the title of its column or the caption before it.
    """
    inner = tuple(block for block in _without_stub(source.paper.blocks) if not isinstance(block, _AROUND))
    said: list[str] = []
    for item in flow(replace(source.paper, blocks=inner)):
        match item:
            case Line():
                said.append(TO_WRITE * 4 if item.rule and not item.text else item.text)
            case Table():
                said += [_row_text(item, row) for row in item.rows]
            case PicturedLines():
                said += [line.text for line in item.lines]
            case FormGrid():
                said += [_grid_text(row.cells) for row in item.rows]
            case Fields():
                said += [f"{''.join(caption.split())}：{value or TO_WRITE}。" for caption, value in item.rows]
            case PageBreak() | Space():
                pass
            case _:
                return None
    return "\n".join(said)


def _without_stub(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The stub is no part of what the notice says; what a party sends back (回执) is."""
    for place, (block, after) in enumerate(pairwise(blocks)):
        if isinstance(block, Perforation) and isinstance(after, FormGrid):
            return blocks[:place]
    return blocks


def _row_text(table: Table, row: tuple[str, ...]) -> str:
    titled = zip(table.columns, row, strict=True)
    return "；".join(f"{column.title}：{cell or TO_WRITE}" for column, cell in titled) + "。"


def _grid_text(cells: tuple[GridCell, ...]) -> str:
    """``案由：邻里纠纷；案号：…``; a caption that has no value beside it stands alone."""
    parts: list[str] = []
    for place, cell in enumerate(cells):
        words = "　".join([*cell.text.split("\n"), cell.foot]).strip("　")
        if not cell.caption:
            parts.append(f"{words or TO_WRITE}；")
        elif place + 1 < len(cells) and not cells[place + 1].caption:
            parts.append(f"{''.join(cell.text.split())}：")
        else:
            parts.append(f"{words}；")
    return "".join(parts).rstrip("；") + "。"


def _number_line(source: Source) -> str:
    return "　".join(block.text for block in source.paper.blocks if isinstance(block, Number))


def _seal_line(source: Source) -> str:
    return "、".join(f"{block.body}（盖章）" for block in source.paper.blocks if isinstance(block, SealPlace))


def _heading_day(source: Source) -> str:
    return cn_date_or_blank(source.paper.heading.dated)


OF_THE_PAPER: tuple[Field, ...] = (
    Field(
        name="文书标题",
        meaning="本文书的名称，随调解种类变",
        sample="人民调解协议书",
        value=lambda s: s.paper.heading.title,
        also=("标题", "文书名称"),
    ),
    Field(
        name="编号",
        meaning="案件和协议的编号；还没有编号的空着",
        sample="（2026）测人调字第31号",
        value=lambda s: case_number(s.file),
        blank="",
        also=("案号", "案件编号", "协议编号", "协议书编号"),
    ),
    Field(
        name="文书编号",
        meaning="本文书自己的编号（通知书的文号）；没有的空着",
        sample="测调不〔2026〕2号",
        value=lambda s: s.paper.heading.number,
        blank="",
        also=("文号", "通知书编号"),
    ),
    Field(
        name="编号行",
        meaning="程序自己的这种文书里，标题下面编号的整行；没有的空着",
        sample="编号：（2026）测人调字第31号（第1次）",
        value=_number_line,
        blank="",
    ),
    Field(
        name="文书日期",
        meaning="落款的日期；还没有定的，留出手写的地方",
        sample="2026年3月24日",
        value=_heading_day,
        also=("落款日期", "日期"),
    ),
    Field(
        name="盖章处",
        meaning="谁在这里盖章；这种文书不盖章的空着",
        sample="测试人民调解委员会（盖章）",
        value=_seal_line,
        blank="",
        also=("落款", "落款单位"),
    ),
    Field(
        name="文书正文",
        meaning="程序自己的同一种文书，从编号以下到签名以上的全部文字；表格一行成一段，里面有照片的没有这一项",
        sample="申请人：孟兰，女……",
        value=_body_text,
        also=("正文", "内容"),
    ),
    Field(name="案件代码", meaning="程序里的代码", sample="AJ2026000031", value=lambda s: s.file.case_key),
    Field(
        name="案件名称",
        meaning="案件的名称",
        sample="测试小区渗水纠纷",
        value=lambda s: s.file.title,
        also=("案名", "案由"),
    ),
    Field(
        name="纠纷类型",
        meaning="统计用的纠纷类型",
        sample="邻里纠纷",
        value=lambda s: s.file.dispute.category,
        also=("纠纷类别", "案件类型"),
    ),
    Field(
        name="调解种类",
        meaning="人民调解、行政调解、司法调解",
        sample="人民调解",
        value=lambda s: s.file.track,
        also=("调解类型",),
    ),
    Field(
        name="中心名称",
        meaning="本中心的名称",
        sample="云川市矛盾纠纷调解中心",
        value=lambda s: s.file.centre,
        also=("本中心",),
    ),
    Field(
        name="调解组织",
        meaning="调解组织的全称，盖章用",
        sample="测试人民调解委员会",
        value=lambda s: s.file.organisation.name,
        also=("调委会", "调解委员会", "组织名称", "单位"),
    ),
    Field(
        name="调解组织地址",
        meaning="调解组织的地址",
        sample="测试路2号",
        value=lambda s: s.file.organisation.address,
        blank=TO_WRITE,
        also=("地址",),
    ),
    Field(
        name="调解组织称谓",
        meaning="句子里怎样称呼调解组织",
        sample="人民调解委员会",
        value=lambda s: body_word(s.file),
    ),
    Field(
        name="各方姓名",
        meaning="全部当事人的姓名或名称，用顿号连",
        sample="孟兰、测试物业有限公司",
        value=lambda s: names(s.file),
        also=("当事人姓名", "当事人", "双方当事人"),
    ),
    Field(
        name="申请人姓名",
        meaning="申请人的姓名或名称",
        sample="孟兰",
        value=lambda s: names(s.file, Side.APPLICANT),
        also=("申请人", "甲方"),
    ),
    Field(
        name="被申请人姓名",
        meaning="被申请人的姓名或名称",
        sample="测试物业有限公司",
        value=lambda s: names(s.file, Side.RESPONDENT),
        also=("被申请人", "乙方"),
    ),
    Field(
        name="第三人姓名",
        meaning="第三人的姓名或名称；没有的空着",
        sample="",
        value=lambda s: names(s.file, Side.THIRD),
        blank="",
        also=("第三人",),
    ),
)
