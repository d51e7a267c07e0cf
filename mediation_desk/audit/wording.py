"""What acts are called, and the kinds a reviewer chooses among."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Kind(StrEnum):
    """Groups of acts, by the words before the dot or the whole name."""

    SIGN_IN = "登录"
    VIEW = "查看"
    SEARCH = "搜索"
    CHANGE = "变更"
    PRINT = "打印"
    EXPORT = "导出"
    SYSTEM = "系统"


_EXACT: Mapping[str, tuple[Kind, str]] = {
    "case.view": (Kind.VIEW, "查看案件"),
    "case.view.own": (Kind.VIEW, "查看本人或亲属的案件"),
    "person.names.show": (Kind.VIEW, "显示姓名"),
    "person.number.show": (Kind.VIEW, "显示证件号码、电话"),
    "person.recall": (Kind.VIEW, "调出来过的人"),
    "person.export": (Kind.EXPORT, "导出一个人的全部信息"),
    "person.request": (Kind.CHANGE, "登记个人信息请求"),
    "person.request.view": (Kind.VIEW, "查看个人信息请求"),
    "person.request.answer": (Kind.CHANGE, "答复个人信息请求"),
    "case.search": (Kind.SEARCH, "搜索"),
    "case.list": (Kind.SEARCH, "搜索案件列表"),
    "visit.view": (Kind.VIEW, "查看咨询"),
    "expert.view": (Kind.VIEW, "查看调解员资料"),
    "audit.read": (Kind.VIEW, "查阅审计日志"),
    "audit.check": (Kind.SYSTEM, "核对审计日志"),
    "audit.print": (Kind.PRINT, "打印审计日志"),
    "audit.close": (Kind.PRINT, "打印日结单"),
    "audit.words.destroyed": (Kind.SYSTEM, "销毁个人内容"),
    "document.print": (Kind.PRINT, "打印文书"),
    "document.seal": (Kind.PRINT, "电子签章"),
    "paper.print": (Kind.PRINT, "打印清单"),
    "paper.export": (Kind.EXPORT, "导出清单"),
    "case.export": (Kind.EXPORT, "导出案件"),
    "case.登记": (Kind.CHANGE, "登记"),
    "case.导入": (Kind.CHANGE, "导入"),
    "expert.export": (Kind.EXPORT, "导出专家库"),
    "list.export": (Kind.EXPORT, "导出列表"),
    "expert.import": (Kind.CHANGE, "导入专家库"),
    "expert.import.undo": (Kind.CHANGE, "撤回导入专家库"),
    "ledger.import": (Kind.CHANGE, "导入台账"),
    "ledger.import.undo": (Kind.CHANGE, "撤回导入台账"),
    "statistics.submit": (Kind.CHANGE, "上报统计"),
    "statistics.correct": (Kind.CHANGE, "更正上报"),
    "visit.咨询": (Kind.CHANGE, "登记咨询"),
    "booking.override": (Kind.CHANGE, "允许时间重叠"),
    "window.pin": (Kind.SYSTEM, "设定离开口令"),
    "window.leave": (Kind.SIGN_IN, "离开自助屏"),
    "window.refused": (Kind.SIGN_IN, "离开口令不对"),
    "practice.fill": (Kind.SYSTEM, "放入示范数据"),
}
_AREAS: Mapping[str, tuple[Kind, str]] = {
    "account": (Kind.SIGN_IN, "账号"),
    "desk": (Kind.SIGN_IN, "程序"),
    "case": (Kind.CHANGE, ""),
    "expert": (Kind.CHANGE, "专家"),
    "board": (Kind.CHANGE, "调解板"),
    "record": (Kind.CHANGE, "笔录"),
    "choice": (Kind.CHANGE, "选择调解员"),
    "disclosure": (Kind.CHANGE, "披露"),
    "template": (Kind.SYSTEM, "模板"),
    "subsidy": (Kind.CHANGE, "补贴"),
    "work": (Kind.CHANGE, "工作记录"),
    "remote": (Kind.SYSTEM, "视频服务器"),
}


def act_title(action: str) -> str:
    """The act in the words of the desk; an act nobody named yet by its own name."""
    if action in _EXACT:
        return _EXACT[action][1]
    area, _, what = action.partition(".")
    known = _AREAS.get(area, (Kind.SYSTEM, area))[1]
    return f"{known}：{what}" if known and what else what or known


_PAPERS: Mapping[str, str] = {
    "roster": "调解员名册",
    "notice_cards": "公示卡",
    "worklist": "任务清单",
    "consultation": "咨询登记表",
    "labels": "脊背标签",
    "appraisal": "到期鉴定清单",
    "oral_register": "口头协议登记簿",
    "deadline_slip": "期限提醒单",
    "deadline_list": "期限清单",
    "deadlines.ics": "期限日历",
    "sessions.ics": "日程日历",
    "session.ics": "调解会日历",
    "day_sheet": "日程表",
    "invitation": "远程调解邀请",
    "invitation.ics": "远程调解日历",
    "subsidy_worksheet": "补贴核算单",
    "subsidy_list": "补贴发放表",
    "subsidy_list.xlsx": "补贴发放表（表格）",
    "subsidy_list.docx": "补贴发放表（文档）",
}
_DETAILS: Mapping[str, str] = {
    "sha256": "文件指纹",
    "version": "案件版本",
    "state": "状态",
    "no": "序号",
    "session": "第几次调解会",
    "template": "模板",
    "slot": "用于",
    "request": "第几号请求",
    "elsewhere": "范围以外的案件",
    "pool_no": "调解员编号",
    "certificate": "证书",
    "where": "哪里",
    "what": "内容",
    "month": "月份",
    "visit": "咨询登记号",
    "visits": "咨询几次",
    "day": "日期",
    "entries": "记录",
    "findings": "不对的",
    "basis": "依据",
    "account": "账号",
    "kind": "操作",
    "case": "案件",
}


def paper_title(form: str) -> str:
    """A paper that belongs to no case in the words of the desk."""
    return _PAPERS.get(form, form)


def detail_word(name: str) -> str:
    """A detail of an entry in the words of the desk."""
    return _DETAILS.get(name, name)


def kind_of(action: str) -> Kind:
    """The group an act belongs to."""
    if action in _EXACT:
        return _EXACT[action][0]
    return _AREAS.get(action.partition(".")[0], (Kind.SYSTEM, ""))[0]


def asked_of(kind: Kind) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """For a query: acts of this kind, areas of this kind, and acts of those areas that are of another kind."""
    acts = frozenset(act for act, (one, _title) in _EXACT.items() if one is kind)
    areas = frozenset(area for area, (one, _title) in _AREAS.items() if one is kind)
    return acts, areas, frozenset(_EXACT) - acts
