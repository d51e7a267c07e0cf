"""Templates to begin with: our own form as a .docx with its fields in place; and the table of fields to copy from."""

from __future__ import annotations

from collections.abc import Callable

from mediation_desk.documents.content import (
    Block,
    Column,
    DayLine,
    Heading,
    Label,
    Number,
    Paper,
    Profile,
    SealPlace,
    SignatureArea,
    SignaturePlace,
    Table,
    Title,
    paragraph,
)
from mediation_desk.documents.forms import rights
from mediation_desk.documents.forms.signing import SIGN_HERE
from mediation_desk.documents.house import house
from mediation_desk.documents.registry import form
from mediation_desk.documents.render.docx import render_docx
from mediation_desk.documents.templates.fields import Entry, catalogue, lists
from mediation_desk.shared.track import Track

_HEAD: tuple[Block, ...] = (Title(text="{文书标题}"), Number(text="{编号行}"))
_SIGN = SignatureArea(places=(SignaturePlace(by="{签名处.谁}", act="{签名处.怎样签}"),))
_SEAL = SealPlace(body="{调解组织}", day="{文书日期}")


def starter(form_key: str, track: Track = Track.PEOPLES) -> bytes:
    """The form as a template. Raises ``InputError`` for an unknown form."""
    wanted = form(form_key)
    blocks = _BUILT.get(form_key, _plain)(track)
    heading = Heading(form=wanted.code, title=f"{wanted.titles[track]}（模板）", number="{编号}")
    profile = Profile.LARGE if form_key == "agreement" else Profile.SMALL
    return render_docx(Paper(heading=heading, blocks=blocks, profile=profile))


def field_table() -> bytes:
    """字段表: every field with its meaning and an example, to copy from."""
    blocks: list[Block] = [
        Title(text="模板字段表"),
        paragraph("在模板里照样写花括号和字段名。左边一列可以直接复制。单独的字段哪里都能写；"),
        paragraph("列表的字段写在表格的一行里，或者单独一段里，有几项就印几行；一行里只能放一种列表。"),
        Label(text="单独的字段"),
        _table([entry for entry in catalogue() if not entry.of]),
    ]
    for one in lists():
        blocks.append(Label(text=f"列表：{one.name}"))
        blocks.append(paragraph(f"{one.meaning}。", keep=True))
        blocks.append(_table([entry for entry in catalogue() if entry.of == one.name]))
    heading = Heading(form="字段表", title="模板字段表")
    return render_docx(Paper(heading=heading, blocks=tuple(blocks), profile=Profile.DENSE))


def _table(entries: list[Entry]) -> Table:
    columns = (
        Column(title="字段", weight=30, centred=False),
        Column(title="意思", weight=40, centred=False),
        Column(title="例子", weight=30, centred=False),
    )
    rows = tuple((entry.written, entry.meaning, entry.sample) for entry in entries)
    return Table(columns=columns, rows=rows)


def _agreement(_track: Track) -> tuple[Block, ...]:
    return (
        *_HEAD,
        paragraph("{当事人.全部情况}"),
        Label(text="纠纷主要事实、争议事项："),
        paragraph("{纠纷经过}"),
        paragraph("{请求事项}"),
        Label(text="经调解，当事人自愿达成如下协议："),
        paragraph("{条款.序号}、{条款.全文}"),
        Label(text="履行方式、时限、地点："),
        paragraph("当事人按照上述各项约定的方式、时限和地点履行；分期履行的，以各期列明的日期和金额为准。"),
        paragraph("{协议效力}"),
        paragraph("{协议份数}", keep=True),
        Label(text=SIGN_HERE),
        _SIGN,
        _SEAL,
    )


def _acceptance(_track: Track) -> tuple[Block, ...]:
    return (
        *_HEAD,
        paragraph("{受理情况}"),
        paragraph("{纠纷类型}", label="纠纷类型："),
        paragraph("{来源选项}", label="案件来源："),
        Label(text="纠纷简要情况："),
        paragraph("{纠纷经过}"),
        paragraph("{调解期限}", label="调解期限："),
        paragraph("此表由{调解组织称谓}填写。", label="备注：", keep=True),
        _SIGN,
        _SEAL,
    )


def _rights(track: Track) -> tuple[Block, ...]:
    return (*_HEAD, *rights.told(track), paragraph(house("F-05").closing, keep=True), _SIGN, _SEAL)


def _plain(_track: Track) -> tuple[Block, ...]:
    return (*_HEAD, paragraph("{文书正文}"), _SIGN, Number(text="{盖章处}"), DayLine(day="{文书日期}"))


_BUILT: dict[str, Callable[[Track], tuple[Block, ...]]] = {
    "agreement": _agreement,
    "acceptance": _acceptance,
    "rights": _rights,
}
