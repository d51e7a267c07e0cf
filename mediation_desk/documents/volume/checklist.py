"""``checklist``: what belongs into the volume of a case by now, what is there, what is missing and why."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.summary import PrintedPaper
from mediation_desk.documents.volume.conditions import CONDITIONS, Given
from mediation_desk.documents.volume.filling import (
    Filling,
    evidence_elsewhere,
    evidence_files,
    forms_of,
    ready_forms,
    shared_out,
    unsorted_pages,
)
from mediation_desk.documents.volume.rules import EntryRule, Need, Part, Variant, variant_of, volume_rules
from mediation_desk.shared.record import record


class Standing(StrEnum):
    """How an entry stands."""

    THERE = "有"
    MISSING = "缺"
    NEEDLESS = "不需要"


@record
class Entry:
    """One line of the checklist. ``why`` tells the reason of the state, ``basis`` the rule, ``todo`` what to do.

    ``tab`` and ``form`` name the place of the case page where it is done; ``filling`` is what will be bound.
    """

    key: str
    title: str
    need: Need
    part: Part
    standing: Standing
    why: str
    basis: str
    mark: str
    todo: str = ""
    tab: str = ""
    form: str = ""
    filling: Filling = Filling()

    @property
    def due(self) -> bool:
        """Whether it belongs into the volume."""
        return self.standing is not Standing.NEEDLESS


@record
class Checklist:
    """All entries of the volume in official order, and which set of papers it is.

    ``unsorted`` are pages of scans that wait to be sorted: no part of the volume, and told of.
    """

    variant: Variant
    entries: tuple[Entry, ...]
    unsorted: int = 0

    @property
    def due(self) -> tuple[Entry, ...]:
        """What belongs into the volume, in order."""
        return tuple(entry for entry in self.entries if entry.due)

    @property
    def missing(self) -> tuple[Entry, ...]:
        """What is due and not there."""
        return tuple(entry for entry in self.entries if entry.standing is Standing.MISSING)

    @property
    def titles(self) -> tuple[str, ...]:
        """What the archive writes down as the papers of the volume."""
        return tuple(entry.title for entry in self.due)

    @property
    def must(self) -> tuple[int, int]:
        """How many 必须 are due, and how many of them are there."""
        return self._count(Need.MUST)

    @property
    def needed(self) -> tuple[int, int]:
        """How many 按需 are due, and how many of them are there."""
        return self._count(Need.NEEDED)

    @property
    def finding(self) -> str:
        """What else stands in the way of a complete volume, as a sentence; "" where nothing does."""
        return f"有 {self.unsorted} 页扫描件还没有归类，没有入卷。" if self.unsorted else ""

    def _count(self, need: Need) -> tuple[int, int]:
        due = [entry for entry in self.due if entry.need is need]
        return len(due), sum(entry.standing is Standing.THERE for entry in due)

    @property
    def sentence(self) -> str:
        """``必须 13 项，已有 11；按需 5 项，已有 5。``"""
        (must, have), (needed, present) = self.must, self.needed
        return f"必须 {must} 项，已有 {have}；按需 {needed} 项，已有 {present}。"


def checklist(file: CaseFile, printed: Iterable[PrintedPaper] = ()) -> Checklist:
    """The volume of ``file`` as it stands; ``printed`` are the papers printed from it so far."""
    rules = volume_rules()
    variant = variant_of(file, rules)
    mine = [rule for rule in rules.entries if variant in rule.titles]
    drawers = [(rule, forms_of(rule)) for rule in mine]
    shares = shared_out(file, [drawer for drawer in drawers if drawer[0].part is Part.PAPERS])
    on_record = {paper.form for paper in printed}
    entries = []
    for rule, declared in drawers:
        scans = shares.get(rule.key, ())
        given = Given(
            file=file,
            printed=any(form.key in on_record for form in declared),
            scanned=bool(scans),
            letters=rules.letters,
        )
        filling = Filling(forms=ready_forms(file, rule, scans, on_record), scans=scans)
        if rule.files:
            filling = _with_files(file, filling)
        entries.append(_entry(rule, variant, given, filling, bool(declared)))
    return Checklist(variant=variant, entries=tuple(entries), unsorted=unsorted_pages(file))


def _with_files(file: CaseFile, filling: Filling) -> Filling:
    attachments = evidence_files(file)
    return Filling(
        forms=filling.forms,
        scans=filling.scans,
        attachments=attachments,
        elsewhere=evidence_elsewhere(file, filling.scans, attachments),
    )


def _entry(rule: EntryRule, variant: Variant, given: Given, filling: Filling, printable: bool) -> Entry:
    condition = CONDITIONS[rule.when]
    due = condition.holds(given) or (rule.part is Part.PAPERS and bool(filling.scans))
    title = rule.titles[variant]
    if rule.part is Part.SEALED or not due:
        why = condition.yes if condition.holds(given) else condition.no
        return _line(rule, title, Standing.NEEDLESS, why)
    if rule.part is not Part.PAPERS:
        return _line(rule, title, Standing.THERE, "存成卷宗时做好", filling)
    open_sheet = rule.sheet and not (given.printed or given.scanned)
    if filling.has_pages and not open_sheet:
        return _line(rule, title, Standing.THERE, _what_is_there(filling), filling)
    if filling.elsewhere:
        return _line(rule, title, Standing.THERE, f"{len(filling.elsewhere)}件附证物袋", filling)
    archive = given.file.archive
    if archive is not None and archive.archived_on is not None and title in archive.documents:
        return _line(rule, title, Standing.THERE, "归档时的纸质卷里有，没有扫描件", filling)
    done = printable and not open_sheet
    return _line(rule, title, Standing.MISSING, _why_missing(condition.yes, done), filling)


def _line(rule: EntryRule, title: str, standing: Standing, why: str, filling: Filling | None = None) -> Entry:
    missing = standing is Standing.MISSING
    return Entry(
        key=rule.key,
        title=title,
        need=rule.need,
        part=rule.part,
        standing=standing,
        why=why,
        basis=rule.basis,
        mark=rule.mark,
        todo=rule.todo if missing else "",
        tab=rule.tab,
        form=rule.form,
        filling=filling or Filling(),
    )


def _what_is_there(filling: Filling) -> str:
    words = []
    if filling.scans:
        words.append(f"扫描件{len(filling.scans)}件")
    if filling.attachments:
        words.append(f"证据文件{len(filling.attachments)}件")
    if filling.elsewhere:
        words.append(f"{len(filling.elsewhere)}件附证物袋")
    scanned = {scan.form for scan in filling.scans}
    if any(form.key not in scanned for form in filling.forms):
        words.append("由程序打印" if words else "由程序打印，没有签过的扫描件")
    return "，".join(words)


def _why_missing(yes: str, printable: bool) -> str:
    return f"{yes}，{'还没有写成' if printable else '还没有扫描件'}"
