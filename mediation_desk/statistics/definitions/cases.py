"""表二 人民调解案件情况统计表: the people's mediation committees' cases (domain.md §3.3)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

from mediation_desk.cases.vocabulary import BodyType, Category, SourceStat
from mediation_desk.statistics.definitions.counting import question
from mediation_desk.statistics.model import Column, Period, StatRow, StatTable
from mediation_desk.statistics.ports import Part, StatisticsReader
from mediation_desk.statistics.tally import Tally, total

CODE, TITLE = "cases", "人民调解案件情况统计表"

_BODIES = (
    (BodyType.VILLAGE, "村调委会"),
    (BodyType.RESIDENTS, "居调委会"),
    (BodyType.TOWNSHIP, "乡镇调委会"),
    (BodyType.STREET, "街道调委会"),
    (BodyType.ENTERPRISE, "企事业单位调委会"),
    (BodyType.SOCIAL, "社会团体和其他组织调委会"),
)
_REFERRED = (
    ("referred_court", "法院"),
    ("referred_procuratorate", "检察院"),
    ("referred_police", "公安机关"),
    ("referred_petitions", "信访部门"),
    ("referred_other", "其他部门"),
)
_DANGERS = (
    ("suicide", "防止民间纠纷引起自杀"),
    ("criminal", "防止民间纠纷转化为刑事案件"),
    ("mass_petition", "防止群体性上访"),
    ("mass_fight", "防止群体性械斗"),
)
_SOURCE_CODES = {f"{SourceStat.REFERRED}（{name}）": code for code, name in _REFERRED}
_SOURCE_CODES |= {SourceStat.OWN_MOTION.value: "own_motion", SourceStat.APPLICATION.value: "application"}
_BY = {"source": "按案件来源分", "body": "按调解组织分", "kind": "按纠纷类型分"}


def _body_code(kind: BodyType) -> str:
    """Both kinds of 社会团体和其他组织 stand in column 11."""
    return f"body_{(BodyType.SOCIAL if kind is BodyType.PROFESSIONAL else kind).name.lower()}"


def _kind_code(kind: Category) -> str:
    return f"kind_{kind.name.lower()}"


def _cases(
    number: int | str, code: str, name: str, definition: str, group: str = "", source: str = "统计表填报程序"
) -> Column:
    return Column(
        code=code,
        name=name,
        unit="件",
        definition=definition,
        source=source,
        group=group,
        number=str(number),
    )


_MAIN = (
    _cases(
        1,
        "concluded",
        "调解案件总数",
        "期间内结案的已受理案件：达成、部分达成、不成、终止、撤回",
        source="统计表填报程序，待向当地核对",
    ),
    Column(
        code="persons",
        name="涉及当事人数",
        unit="人",
        definition="各方当事人之和，群体按成员人数计",
        source="统计表填报程序",
        number="2",
    ),
    _cases(
        3,
        "success",
        "调解成功",
        "达成协议的，书面、口头都计，部分达成也计",
        source="统计表填报程序，待向当地核对",
    ),
    _cases(4, "difficult", "疑难复杂案件", "标为疑难复杂的，标准由当地规定"),
    Column(
        code="agreed_yuan",
        name="协议涉及金额（元）",
        unit="元",
        definition="协议应付金额之和，不是请求金额",
        source="表内核对",
        on_sheet=False,
    ),
    Column(
        code="agreed_wan",
        name="协议涉及金额",
        unit="万元",
        definition="协议应付金额之和，由元换算，四舍五入到两位小数；合计由元的合计换算",
        source="统计表填报程序、表内核对",
        number="5",
    ),
)
_HOSTS = tuple(
    _cases(number, _body_code(kind), name, f"由{name}调解的", _BY["body"])
    for number, (kind, name) in enumerate(_BODIES, start=6)
)
_SOURCES = (
    _cases(12, "own_motion", "主动调解", "网格上报、排查发现等，调委会主动调解的", _BY["source"]),
    _cases(13, "application", "依申请调解", "当事人申请的", _BY["source"]),
    _cases(14, "referred", "接受委托移送调解", "以下五栏之和", _BY["source"], "表内核对"),
    *(
        _cases(number, code, f"其中：{name}", f"由{name}委托、委派、移送的", _BY["source"])
        for number, (code, name) in enumerate(_REFERRED, start=15)
    ),
)
_KINDS = tuple(
    _cases(number, _kind_code(kind), kind.value, "每案只归一类", _BY["kind"], "统计表填报程序")
    for number, kind in enumerate(Category, start=20)
)
_AFTER = (
    _cases(38, "oral", "口头协议", "调解成功案件中达成口头协议的", "协议形式"),
    _cases(39, "written", "书面协议", "调解成功案件中有书面协议的", "协议形式"),
    _cases(40, "performed", "履行", "至截止日协议已全部履行的", "协议履行和司法确认", "待向当地核对"),
    _cases(
        41,
        "confirm_applied",
        "申请司法确认",
        "至截止日已申请司法确认的",
        "协议履行和司法确认",
        "待向当地核对",
    ),
    _cases(
        42,
        "confirm_valid",
        "确认有效",
        "至截止日法院裁定调解协议有效的",
        "协议履行和司法确认",
        "待向当地核对",
    ),
    _cases(
        43,
        "confirm_refused",
        "不予确认",
        "至截止日法院裁定驳回申请或者不予受理的",
        "协议履行和司法确认",
        "待向当地核对",
    ),
)
_PREVENTED = tuple(
    Column(
        code=f"prevented_{danger}_{what}",
        name=f"{name}（{unit}）",
        unit=unit,
        definition="有具体、现实的危险而被制止的，件数与人数同时填写",
        source="统计表填报程序",
        group="防止矛盾激化",
    )
    for danger, name in _DANGERS
    for what, unit in (("cases", "件"), ("persons", "人"))
)
COLUMNS = (*_MAIN, *_HOSTS, *_SOURCES, *_KINDS, *_AFTER, *_PREVENTED)


def fill(reader: StatisticsReader, period: Period, as_of: date) -> StatTable:
    """One line per committee, those without cases included, and the sum."""
    asked = question(period, as_of)
    ended, split = reader.ended_by_committee(asked), _split(reader.parts(asked))
    names = dict.fromkeys((*reader.committees(), *ended))
    tallies = {name: total((ended.get(name, Tally()), split.get(name, Tally()))) for name in names}
    rows = [StatRow(label=name, values=tally.values(COLUMNS)) for name, tally in tallies.items()]
    rows.append(StatRow(label="合计", values=total(tallies.values()).values(COLUMNS), is_total=True))
    return StatTable(
        code=CODE,
        title=TITLE,
        row_key="body",
        row_title="填报单位",
        columns=COLUMNS,
        rows=tuple(rows),
        period=period,
        as_of=as_of,
    )


def _split(parts: Iterable[Part]) -> Mapping[str, Tally]:
    """Columns 6-37 by committee; a referring office the sheet does not name counts as 其他部门."""
    counted: dict[str, Counter[str]] = {}
    for part in parts:
        source = _SOURCE_CODES.get(part.source, "referred_other")
        codes = [_body_code(part.body_type), _kind_code(part.category), source]
        if source.startswith("referred_"):
            codes.append("referred")
        counts = counted.setdefault(part.body, Counter())
        for code in codes:
            counts[code] += part.cases
    return {body: Tally(counts=counts) for body, counts in counted.items()}
