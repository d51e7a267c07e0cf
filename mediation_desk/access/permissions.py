"""Every permission of the desk, ``area:thing:action``."""

from __future__ import annotations

from enum import StrEnum


class Permission(StrEnum):
    """Checked as the first line of a service method; actions on screen name the same one."""

    ACCOUNT_MANAGE = "system:account:manage"
    ARCHIVE_KEEP = "archive:volume:keep"
    AUDIT_READ = "system:audit:read"
    CASE_BIN = "case:file:bin"
    CASE_CORRECT = "case:file:correct"
    CASE_READ = "case:file:read"
    CASE_REGISTER = "case:file:register"
    CASE_DECIDE = "case:file:decide"
    CASE_LOCK = "case:file:lock"
    CASE_MEDIATE = "case:file:mediate"
    CASE_CLOSE = "case:file:close"
    CASE_IMPORT = "case:file:import"
    CASE_EXPORT = "case:file:export"
    CASE_EXTEND = "case:period:extend"
    CHOICE_HOLD = "expert:choice:hold"
    DESTRUCTION_APPROVE = "archive:destruction:approve"
    DESTRUCTION_PREPARE = "archive:destruction:prepare"
    DOCUMENT_PRINT = "document:paper:print"
    DOCUMENT_SEAL = "document:paper:seal"
    EXPERT_ENGAGE = "expert:card:engage"
    EXPERT_EXPORT = "expert:card:export"
    EXPERT_READ = "expert:card:read"
    LOCKED_READ = "case:locked:read"
    ORDER_ANSWER = "case:order:answer"
    ORDER_GIVE = "case:order:give"
    PERSON_EXPORT = "case:person:export"
    PERSON_KEEP = "case:person:keep"
    PERSON_UNMASK = "case:person:unmask"
    SESSION_RECORD = "case:session:record"
    STATISTICS_READ = "statistics:table:read"
    SUBSIDY_APPROVE = "subsidy:list:approve"
    SUBSIDY_PREPARE = "subsidy:list:prepare"
    STATISTICS_SUBMIT = "statistics:period:submit"
    SYSTEM_MANAGE = "system:desk:manage"
    TEMPLATE_KEEP = "document:template:keep"
    WORK_KEEP = "statistics:work:keep"


TITLES = {
    Permission.ACCOUNT_MANAGE: "管理账号",
    Permission.ARCHIVE_KEEP: "管理卷宗",
    Permission.AUDIT_READ: "查看审计记录",
    Permission.CASE_BIN: "把案件移入、移出回收站",
    Permission.CASE_CORRECT: "更正案件",
    Permission.CASE_READ: "查看案件",
    Permission.CASE_REGISTER: "登记案件",
    Permission.CASE_DECIDE: "决定受理、分流、指派",
    Permission.CASE_LOCK: "限制查看案件",
    Permission.CASE_MEDIATE: "调解案件",
    Permission.CASE_CLOSE: "结案、归档",
    Permission.CASE_IMPORT: "导入案件",
    Permission.CASE_EXPORT: "导出案件",
    Permission.CASE_EXTEND: "延长调解期限",
    Permission.CHOICE_HOLD: "主持选择调解员",
    Permission.DESTRUCTION_APPROVE: "批准销毁",
    Permission.DESTRUCTION_PREPARE: "编制销毁清册",
    Permission.DOCUMENT_PRINT: "打印文书",
    Permission.DOCUMENT_SEAL: "加数字印鉴",
    Permission.EXPERT_ENGAGE: "聘任、修改调解员",
    Permission.EXPERT_EXPORT: "导出调解员名册",
    Permission.EXPERT_READ: "查看调解员名册",
    Permission.LOCKED_READ: "看限制查看的案件",
    Permission.ORDER_ANSWER: "反馈交办事项",
    Permission.ORDER_GIVE: "交办、督办",
    Permission.PERSON_EXPORT: "导出一个人的全部信息",
    Permission.PERSON_KEEP: "登记个人信息的同意、向外提供和请求",
    Permission.PERSON_UNMASK: "显示全名、完整的证件号码和电话",
    Permission.SESSION_RECORD: "记录调解会",
    Permission.STATISTICS_READ: "查看统计",
    Permission.SUBSIDY_APPROVE: "审批补贴清单",
    Permission.SUBSIDY_PREPARE: "编制补贴清单",
    Permission.STATISTICS_SUBMIT: "报送统计",
    Permission.SYSTEM_MANAGE: "管理系统和备份",
    Permission.TEMPLATE_KEEP: "管理文书模板",
    Permission.WORK_KEEP: "登记日常工作",
}
"""Each in the words of refusals and tool tips."""
