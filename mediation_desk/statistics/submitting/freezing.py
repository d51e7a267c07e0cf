"""Reporting a period: facts are copied, tables are filled from the copy, and all of it is sealed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from mediation_desk.shared.assets import rules
from mediation_desk.shared.errors import InputError, RuleError
from mediation_desk.statistics.figures import Derived, book, definitions, facts_by
from mediation_desk.statistics.model import Period
from mediation_desk.statistics.organisations.table import CODE
from mediation_desk.statistics.periods import fiscal_year_of
from mediation_desk.statistics.ports import Filter, Progress, Question
from mediation_desk.statistics.submitting.members import counted, kept_organisations
from mediation_desk.statistics.submitting.model import Kept, Submission
from mediation_desk.statistics.submitting.plain import plain
from mediation_desk.statistics.submitting.ports import SubmissionWork
from mediation_desk.statistics.submitting.reporting import broken_checks
from mediation_desk.statistics.submitting.sealing import sealed
from mediation_desk.statistics.tables import tables
from mediation_desk.statistics.tabling import filled

_AT_ONCE = 20_000
_VERSIONS = ("figures", "tables", "statistics", "sources", "units", "organisation_figures")


def freeze(
    work: SubmissionWork,
    made: Submission,
    codes: Collection[str],
    among: Filter,
    progress: Progress | None,
) -> Submission:
    """Keep the tables ``codes`` for good under the head ``made``; gives it back sealed.

    Raises ``RuleError`` for broken checks without a written reason, ``InputError`` when stopped.
    """
    wanted = tuple(rule for code, rule in tables().listed.items() if code in codes)
    year = fiscal_year_of(min(made.period.last, made.as_of))
    span = Period(first=min(year.first, made.period.first), last=made.period.last)
    base = book().base(column.code for rule in wanted for column in rule.columns)
    asked = Question(period=made.period, as_of=made.as_of, among=among, submission=made.id)
    last, number = work.submissions.last_case(), 0
    for first in range(0, last + 1, _AT_ONCE):
        number += work.submissions.copy(base, asked, span, range(first, first + _AT_ONCE))
        if progress is not None and not progress(min(first + _AT_ONCE, last), last):
            raise InputError("已停止，没有报送。")
    made_tables = tuple(filled(work, rule, asked) for rule in wanted)
    staff = counted(work, made.period, made.as_of, made.unit) if CODE in codes else None
    if staff is not None:
        made_tables = (*made_tables, staff.table)
    broken = tuple(sentence for table in made_tables for sentence in broken_checks(table))
    if broken and not made.override:
        words = "表内核对不符，不能报送；确需报送的，写明理由。" + "；".join(broken)
        raise RuleError(words, rule=broken[0].split("（")[0])
    kept = Kept(
        tables=made_tables,
        rules=wanted,
        counted={one.code: one for one in base},
        derived={
            column.code: one
            for rule in wanted
            for column in rule.columns
            if isinstance(one := book().find(column.code), Derived)
        },
        definitions=definitions(),
        facts_by=facts_by(),
        versions={name: str(rules(name).get("version", "")) for name in _VERSIONS},
        broken=broken,
        among=among,
        organisations=kept_organisations(staff) if staff is not None else None,
    )
    content = plain(kept)
    done = replace(made, cases=number)
    done = replace(done, sha256=sealed(done, content, work.submissions.rows_digest(made.id)))
    work.submissions.add(done, content)
    work.audit.write(
        at=done.at,
        account=done.account,
        action="statistics.submit",
        details={
            "submission": done.id,
            "from": done.period.first.isoformat(),
            "to": done.period.last.isoformat(),
            "no": done.no,
            "cases": number,
            "override": done.override,
            "sha256": done.sha256,
        },
    )
    return done
