"""保管期限: which class a volume gets and until when it is kept; nothing of it is stored (decision 3, §2.4)."""

from __future__ import annotations

from datetime import date

from mediation_desk.cases.archiving.model import Appraisal, Verdict
from mediation_desk.cases.archiving.rules import archive_rules
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.vocabulary import Retention
from mediation_desk.shared.dates import cn_date
from mediation_desk.shared.record import record


@record
class Proposed:
    """A class and the reason a clerk is shown."""

    retention: Retention
    why: str


@record
class Kept:
    """Until when a volume is kept and how that is counted; ``ends_on`` None is for ever."""

    ends_on: date | None
    why: str

    def ended(self, on: date) -> bool:
        """Whether the period is over on that day."""
        return self.ends_on is not None and self.ends_on < on


def proposed(file: CaseFile) -> Proposed:
    """The class for this case; the longest where no rule fits."""
    for rule in archive_rules().proposals:
        if rule.fits(file):
            return Proposed(retention=rule.retention, why=rule.why)
    return Proposed(retention=Retention.PERMANENT, why="没有符合的规定，按最长的保管")


def restriction(file: CaseFile, on: date) -> str:
    """Who may not simply read the volume, in words; "" where nothing is proposed."""
    return next((rule.access for rule in archive_rules().restrictions if rule.fits(file, on)), "")


def end_of(retention: Retention, archived_on: date) -> date | None:
    """Last day of the period, counted from the year after archiving; None for ever."""
    years = archive_rules().kept(retention).years
    return date(archived_on.year + years, 12, 31) if years else None


def kept(file: CaseFile) -> Kept | None:
    """The period of this volume, a longer one after an appraisal; None before it is archived."""
    archive = file.archive
    if archive is None or archive.archived_on is None:
        return None
    last = next((one for one in reversed(file.beside.appraisals) if one.verdict is Verdict.KEEP), None)
    if last is not None:
        return Kept(ends_on=last.keep_until, why=_prolonged(last))
    rules = archive_rules()
    name, ends = rules.kept(archive.retention).name, end_of(archive.retention, archive.archived_on)
    if ends is None:
        return Kept(ends_on=None, why=f"{name}（{rules.basis}）")
    begins = f"自归档（{cn_date(archive.archived_on)}）的下一年起算"
    return Kept(ends_on=ends, why=f"{name}，{begins}，到{cn_date(ends)}（{rules.basis}）")


def _prolonged(appraisal: Appraisal) -> str:
    until = f"到{cn_date(appraisal.keep_until)}" if appraisal.keep_until else "永久"
    return f"{cn_date(appraisal.on)}鉴定续存{until}：{appraisal.reason}"
