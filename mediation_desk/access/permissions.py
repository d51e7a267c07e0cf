"""Every permission of the desk, ``area:thing:action``."""

from __future__ import annotations

from enum import StrEnum


class Permission(StrEnum):
    """Checked as the first line of a service method; actions on screen name the same one."""

    ARCHIVE_KEEP = "archive:volume:keep"
    CASE_BIN = "case:file:bin"
    CASE_CORRECT = "case:file:correct"
    CASE_READ = "case:file:read"
    CASE_REGISTER = "case:file:register"
    CASE_DECIDE = "case:file:decide"
    CASE_MEDIATE = "case:file:mediate"
    CASE_CLOSE = "case:file:close"
    CASE_IMPORT = "case:file:import"
    CASE_EXPORT = "case:file:export"
    CHOICE_HOLD = "expert:choice:hold"
    DOCUMENT_PRINT = "document:paper:print"
    DOCUMENT_SEAL = "document:paper:seal"
    EXPERT_ENGAGE = "expert:card:engage"
    EXPERT_EXPORT = "expert:card:export"
    EXPERT_READ = "expert:card:read"
    ORDER_ANSWER = "case:order:answer"
    ORDER_GIVE = "case:order:give"
    STATISTICS_READ = "statistics:table:read"
    SUBSIDY_APPROVE = "subsidy:list:approve"
    SUBSIDY_PREPARE = "subsidy:list:prepare"
    STATISTICS_SUBMIT = "statistics:period:submit"
    SYSTEM_MANAGE = "system:desk:manage"
    TEMPLATE_KEEP = "document:template:keep"
    WORK_KEEP = "statistics:work:keep"
