"""三调汇总: people's, administrative and judicial mediation side by side (domain.md §3.6)."""

from __future__ import annotations

from datetime import date

from mediation_desk.shared.track import Track
from mediation_desk.statistics.definitions.counting import question
from mediation_desk.statistics.model import Column, Period, StatRow, StatTable
from mediation_desk.statistics.ports import StatisticsReader
from mediation_desk.statistics.tally import Tally, total

CODE, TITLE = "tracks", "人民调解、行政调解、司法调解汇总表"

_ENDED = "期间内结案"


def _cases(code: str, name: str, definition: str, source: str = "三调汇总", group: str = "") -> Column:
    return Column(code=code, name=name, unit="件", definition=definition, source=source, group=group)


COLUMNS = (
    _cases("concluded", "办结", f"{_ENDED}的已受理案件，不论达成协议与否；不含不予受理", "表二第1栏"),
    _cases("success", "调解成功", "其中达成协议的，书面、口头都计，部分达成也计", "表二第3栏"),
    Column(
        code="success_rate",
        name="成功率",
        unit="%",
        definition="调解成功除以办结；没有办结案件时为空",
        source="表内核对",
        in_file=False,
    ),
    Column(
        code="persons",
        name="涉及人数",
        unit="人",
        definition="办结案件的当事人之和，群体按成员人数计；监护人、代理人不计",
        source="表二第2栏",
    ),
    Column(
        code="agreed_yuan",
        name="协议金额（元）",
        unit="元",
        definition="协议应付金额之和，不是请求金额",
        source="表二第5栏、表内核对",
        on_sheet=False,
    ),
    Column(
        code="agreed_wan",
        name="协议金额",
        unit="万元",
        definition="协议应付金额之和，由元换算，四舍五入到两位小数；合计由元的合计换算",
        source="表二第5栏、表内核对",
    ),
    _cases("written", "书面协议", "调解成功案件中有书面协议的", "表二第39栏", "协议形式"),
    _cases("oral", "口头协议", "调解成功案件中达成口头协议的", "表二第38栏", "协议形式"),
    _cases("performed", "履行完毕", "至截止日协议已全部履行的", "§3.3"),
    _cases("confirm_applied", "申请", "至截止日已申请司法确认的", "§3.3", "司法确认"),
    _cases("confirm_valid", "确认有效", "至截止日法院裁定调解协议有效的", "§3.3", "司法确认"),
    _cases("difficult", "疑难复杂", "办结案件中标为疑难复杂的", "表二第4栏"),
    _cases("registered", "登记", "期间内登记的案件，不论何时结案", group="收案"),
    _cases("accepted", "受理", "期间内受理的案件，不论何时结案", group="收案"),
    _cases("not_accepted", "不予受理", "期间内决定不予受理的案件，不计入办结", group="收案"),
    _cases("failed", "调解不成", f"{_ENDED}，未达成协议", group="未成功"),
    _cases("terminated", "终止", f"{_ENDED}，调解终止", group="未成功"),
    _cases("withdrawn", "撤回", f"{_ENDED}，当事人撤回申请", group="未成功"),
)


def fill(reader: StatisticsReader, period: Period, as_of: date) -> StatTable:
    """One line per track and the sum."""
    ended, arrived = reader.ended_by_track(question(period, as_of)), reader.arrived(period)
    tallies = {track: total((ended.get(track, Tally()), arrived.get(track, Tally()))) for track in Track}
    rows = [StatRow(label=track.value, values=tally.values(COLUMNS)) for track, tally in tallies.items()]
    rows.append(StatRow(label="合计", values=total(tallies.values()).values(COLUMNS), is_total=True))
    return StatTable(
        code=CODE,
        title=TITLE,
        row_key="track",
        row_title="调解种类",
        columns=COLUMNS,
        rows=tuple(rows),
        period=period,
        as_of=as_of,
    )
