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
    "audit.read": (Kind.VIEW, "查阅审计记录"),
    "audit.check": (Kind.SYSTEM, "核对审计记录"),
    "audit.print": (Kind.PRINT, "打印审计记录"),
    "audit.close": (Kind.PRINT, "打印日结单"),
    "audit.words.destroyed": (Kind.SYSTEM, "销毁个人内容"),
    "document.print": (Kind.PRINT, "打印文书"),
    "document.seal": (Kind.PRINT, "加数字印鉴"),
    "paper.print": (Kind.PRINT, "打印清单"),
    "paper.export": (Kind.EXPORT, "导出清单"),
    "case.export": (Kind.EXPORT, "导出案件"),
    "case.pack": (Kind.EXPORT, "打包案件"),
    "case.并入": (Kind.CHANGE, "并入"),
    "package.look": (Kind.VIEW, "查看数据包"),
    "package.join": (Kind.CHANGE, "并入数据包"),
    "package.settle": (Kind.CHANGE, "核对数据包里两边都改的"),
    "package.trust": (Kind.SYSTEM, "认可数据包的签名"),
    "case.登记": (Kind.CHANGE, "登记"),
    "case.导入": (Kind.CHANGE, "导入"),
    "expert.export": (Kind.EXPORT, "导出专家库"),
    "list.export": (Kind.EXPORT, "导出列表"),
    "expert.import": (Kind.CHANGE, "导入专家库"),
    "expert.import.undo": (Kind.CHANGE, "撤回导入专家库"),
    "ledger.import": (Kind.CHANGE, "导入台账"),
    "ledger.import.undo": (Kind.CHANGE, "撤回导入台账"),
    "statistics.submit": (Kind.CHANGE, "报送统计"),
    "statistics.correct": (Kind.CHANGE, "更正报送"),
    "visit.咨询": (Kind.CHANGE, "登记咨询"),
    "booking.override": (Kind.CHANGE, "允许时间重叠"),
    "window.pin": (Kind.SYSTEM, "设定离开口令"),
    "window.leave": (Kind.SIGN_IN, "离开自助选择屏"),
    "window.refused": (Kind.SIGN_IN, "离开口令不对"),
    "account.added": (Kind.SIGN_IN, "开立账号"),
    "account.changed": (Kind.SIGN_IN, "改账号"),
    "account.entered": (Kind.SIGN_IN, "登录"),
    "account.first": (Kind.SIGN_IN, "建立第一个管理员"),
    "account.left": (Kind.SIGN_IN, "退出登录"),
    "account.locked": (Kind.SIGN_IN, "停用账号"),
    "account.opened": (Kind.SIGN_IN, "启用账号"),
    "account.password": (Kind.SIGN_IN, "改口令"),
    "account.recovered": (Kind.SIGN_IN, "用恢复单打开"),
    "account.refused": (Kind.SIGN_IN, "口令不对"),
    "account.reset": (Kind.SIGN_IN, "重置口令"),
    "account.sheet": (Kind.SIGN_IN, "换恢复单"),
    "account.rekey": (Kind.SYSTEM, "换数据的钥匙"),
    "account.rekey_undone": (Kind.SYSTEM, "换钥匙没有完成"),
    "destruction.prepare": (Kind.SYSTEM, "编制销毁清册"),
    "destruction.approve": (Kind.SYSTEM, "批准销毁清册"),
    "destruction.refuse": (Kind.SYSTEM, "不同意销毁清册"),
    "destruction.begin": (Kind.SYSTEM, "开始执行销毁"),
    "destruction.case": (Kind.SYSTEM, "销毁案件资料"),
    "destruction.done": (Kind.SYSTEM, "销毁清册执行完"),
    "remote.server": (Kind.SYSTEM, "设视频服务器"),
    "remote.secret": (Kind.SYSTEM, "设视频服务器密钥"),
    "template.add": (Kind.SYSTEM, "传入文书模板"),
    "template.use": (Kind.SYSTEM, "启用文书模板"),
    "board.write": (Kind.CHANGE, "议事板：记一行"),
    "board.rewrite": (Kind.CHANGE, "议事板：改一行"),
    "board.strike": (Kind.CHANGE, "议事板：划去一行"),
    "board.restore": (Kind.CHANGE, "议事板：恢复一行"),
    "board.release": (Kind.CHANGE, "议事板：公开单方谈话"),
    "board.accept": (Kind.CHANGE, "议事板：接受方案"),
    "board.withdraw": (Kind.CHANGE, "议事板：撤回方案"),
    "board.open": (Kind.CHANGE, "议事板：开场"),
    "board.attend": (Kind.CHANGE, "议事板：到场"),
    "record.read": (Kind.CHANGE, "记录：核对"),
    "record.answer": (Kind.CHANGE, "记录：当事人的意见"),
    "choice.open": (Kind.CHANGE, "选择调解员：开始一轮"),
    "choice.seal": (Kind.CHANGE, "选择调解员：一方选好"),
    "choice.end": (Kind.CHANGE, "选择调解员：一轮结束"),
    "disclosure.answer": (Kind.CHANGE, "披露：当事人答复"),
    "expert.engage": (Kind.CHANGE, "聘任调解员"),
    "expert.change": (Kind.CHANGE, "改调解员资料"),
    "expert.merge": (Kind.CHANGE, "合并调解员"),
    "expert.photo": (Kind.CHANGE, "换调解员照片"),
    "expert.standing": (Kind.CHANGE, "改聘任状态"),
    "subsidy.prepare": (Kind.CHANGE, "编制补贴清单"),
    "subsidy.approve": (Kind.CHANGE, "批准补贴清单"),
    "subsidy.refuse": (Kind.CHANGE, "不予补贴"),
    "subsidy.paid": (Kind.CHANGE, "登记补贴发放"),
    "subsidy.void": (Kind.CHANGE, "作废补贴"),
    "subsidy.withdraw": (Kind.CHANGE, "撤回补贴清单"),
    "work.add": (Kind.CHANGE, "登记工作记录"),
    "work.void": (Kind.CHANGE, "作废工作记录"),
    "backup.write": (Kind.EXPORT, "备份"),
    "backup.failed": (Kind.EXPORT, "备份没有成功"),
    "backup.place": (Kind.SYSTEM, "改第二备份位置"),
    "backup.drill": (Kind.SYSTEM, "试恢复备份"),
    "centre.move": (Kind.SYSTEM, "开始搬到别的数据库"),
    "centre.moved": (Kind.SYSTEM, "已经搬到别的数据库"),
    "centre.kept": (Kind.SYSTEM, "搬走以后仍在这里使用"),
    "files.sealed": (Kind.SYSTEM, "给原有文件加密"),
    "files.rekeyed": (Kind.SYSTEM, "原有文件换钥匙"),
    "practice.fill": (Kind.SYSTEM, "装入示例中心"),
}
_AREAS: Mapping[str, tuple[Kind, str]] = {
    "account": (Kind.SIGN_IN, "账号"),
    "desk": (Kind.SIGN_IN, "程序"),
    "case": (Kind.CHANGE, ""),
    "expert": (Kind.CHANGE, "专家"),
    "board": (Kind.CHANGE, "议事板"),
    "record": (Kind.CHANGE, "记录"),
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
    "oral_register": "口头协议登记卷",
    "deadline_slip": "期限提示单",
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
    "destruction_list": "档案销毁清册",
    "recovery_sheet": "数据恢复单",
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
    "place": "地址",
    "own_folder": "在数据文件夹里",
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
    "list": "第几号清册",
    "rows": "行数",
    "cases": "案件数",
    "names": "姓名",
    "minutes": "分钟",
    "own": "本人或亲属",
    "unit": "单位",
    "entry": "第几条",
    "public": "公示用",
    "lines": "件数",
    "changed": "改动",
    "roles": "角色",
    "former_roles": "原角色",
    "round": "第几轮",
    "shown": "出示人数",
    "party": "哪一方",
    "kept": "留下照片",
    "for": "用途",
    "from": "从",
    "to": "到",
    "submission": "报送",
    "override": "理由",
    "package": "数据包",
    "private_notes": "单方谈话",
    "new": "新",
    "updated": "更新",
    "waiting": "待看",
    "bad": "坏",
    "untouched": "未动",
    "fingerprint": "指纹",
    "centre": "中心",
}


_VALUES: Mapping[str, str] = {
    "full": "全名",
    "masked": "遮住",
    "box": "搜索框",
    "list": "案件列表",
    "display_name": "姓名",
    "body": "单位",
    "id_no": "身份证号",
    "phone": "手机号",
    "relatives": "近亲属",
}


def paper_title(form: str) -> str:
    """A paper that belongs to no case in the words of the desk."""
    return _PAPERS.get(form, form)


def detail_word(name: str) -> str:
    """A detail of an entry in the words of the desk."""
    return _DETAILS.get(name, name)


def detail_value(value: object) -> str:
    """What a detail says, in the words of the desk."""
    if isinstance(value, list | tuple):
        return "、".join(map(detail_value, value))
    if isinstance(value, bool):
        return "是" if value else "否"
    return _VALUES.get(str(value), _DETAILS.get(str(value), str(value)))


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
