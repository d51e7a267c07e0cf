"""How the facts of a case are called where a correction tells what changed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from mediation_desk.shared.dates import cn_date

NOTHING = "（无）"

WORDS = {
    "received_on": "登记日",
    "accepted_on": "受理日",
    "handed_on": "转出日",
    "concluded_on": "结案日",
    "ended_on": "了结日",
    "due_on": "调解期限届满日",
    "effective_on": "协议生效日",
    "performed_on": "履行完毕日",
    "applied_on": "司法确认申请日",
    "valid_on": "确认有效日",
    "refused_on": "驳回或不予受理日",
    "track": "调解种类",
    "body": "调解组织",
    "body_type": "组织类型",
    "category": "纠纷类型",
    "zz": "综治类别",
    "source": "案件来源",
    "channel": "来访方式",
    "area": "地区",
    "difficulty": "难易程度",
    "result": "结果",
    "form": "协议形式",
    "presiding": "主持调解员",
    "people": "涉及人数",
    "claimed_yuan": "请求金额",
    "agreed_yuan": "协议金额",
    "days": "办理天数",
    "sessions": "调解次数",
    "opened": "是否开过调解",
    "court_mode": "委派委托",
    "court_end": "法院结案方式",
    "prevented": "防止激化",
    "visits": "回访评价",
    **{
        f"prevented_{danger}_{code}": f"防止{name}（{unit}）"
        for danger, name in (
            ("suicide", "自杀"),
            ("criminal", "民转刑"),
            ("mass_petition", "群体性上访"),
            ("mass_fight", "群体性械斗"),
        )
        for code, unit in (("cases", "件"), ("persons", "人"))
    },
}


def word(column: str) -> str:
    """The word for a fact; a fact added later is called by its column until it has one."""
    return WORDS.get(column, column)


def shown(value: object) -> str:
    """A fact as people read it."""
    if value is None or value == "":
        return NOTHING
    if isinstance(value, date):
        return cn_date(value)
    if isinstance(value, Decimal):
        return f"{value:,.2f}元"
    return str(value)
