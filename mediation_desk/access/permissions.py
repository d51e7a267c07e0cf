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
    PERSON_UNMASK = "case:person:unmask"
    SESSION_RECORD = "case:session:record"
    STATISTICS_READ = "statistics:table:read"
    SUBSIDY_APPROVE = "subsidy:list:approve"
    SUBSIDY_PREPARE = "subsidy:list:prepare"
    STATISTICS_SUBMIT = "statistics:period:submit"
    SYSTEM_MANAGE = "system:desk:manage"
    TEMPLATE_KEEP = "document:template:keep"
    WORK_KEEP = "statistics:work:keep"
