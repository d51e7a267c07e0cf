"""Whether two databases say the same where people read them: figures, papers, the chain of the audit trail."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice

from mediation_desk.access.actor import PROGRAM
from mediation_desk.audit.verifying import verify
from mediation_desk.cases.model import CaseFile
from mediation_desk.documents.content import Paper
from mediation_desk.documents.registry import FORMS
from mediation_desk.documents.service import compose, render
from mediation_desk.interchange.moving.ports import CentreStorage, Copy
from mediation_desk.shared.clock import Clock, local_day
from mediation_desk.shared.errors import StorageError
from mediation_desk.statistics.periods import ALL, parse_period
from mediation_desk.statistics.service import StatisticsService

FIGURES = "统计表“{title}”搬过去以后与原来的不同，没有切换，原来的数据没有改动。"
PAPERS = "案件 {key} 的文书“{form}”搬过去以后与原来的不同，没有切换，原来的数据没有改动。"
CHAIN = "审计记录搬过去以后核对不上：{why}没有切换，原来的数据没有改动。"
_CASES, _RENDERED = 24, 3


def same_figures(copy: Copy, clock: Clock) -> int:
    """Every table of the statistics, over all days and this year; how many. Raises ``StorageError``."""
    sides = [StatisticsService(side, clock) for side in (copy.source, copy.target)]
    periods = (ALL, parse_period(str(local_day(clock()).year)))
    titles = sides[0].titles()
    for code, title in titles.items():
        for period in periods:
            wanted, found = (side.table(PROGRAM, code, period) for side in sides)
            if wanted != found:
                raise StorageError(FIGURES.format(title=title))
    return len(titles) * len(periods)


def same_papers(copy: Copy) -> int:
    """Every paper of some cases word for word, and some of them as printed; how many. Raises ``StorageError``."""
    number = 0
    for key in copy.sample(_CASES):
        wanted, found = (_file(side, key) for side in (copy.source, copy.target))
        for form in FORMS:
            if wanted is None or form.applies(wanted) is not None:
                continue
            if found is None or not _alike(partial(compose, form_key=form.key), wanted, found):
                raise StorageError(PAPERS.format(key=key, form=form.titles[wanted.track]))
            number += 1
    for key in copy.sample(_RENDERED):
        wanted, found = (_file(side, key) for side in (copy.source, copy.target))
        if wanted is not None and found is not None and not _alike(_printed, wanted, found):
            raise StorageError(PAPERS.format(key=key, form="PDF"))
    return number


def same_chain(copy: Copy) -> str:
    """The code of the last entry, which holds the whole chain; a chain that was broken before may be. Raises
    ``StorageError``.
    """
    key = copy.source.audit_key
    with copy.source.read() as ours, copy.target.read() as theirs:
        if ours.audit.standing() != theirs.audit.standing():
            raise StorageError(CHAIN.format(why="链头不一样。"))
        report = verify(theirs.chain, key)
        if not report.sound:
            before = verify(ours.chain, key)
            if before.findings != report.findings:
                raise StorageError(CHAIN.format(why=report.findings[0].sentence))
    return report.head.text if report.head else ""


def _file(side: CentreStorage, key: str) -> CaseFile | None:
    with side.read() as work:
        return work.cases.find(key)


def _alike(said: Callable[[CaseFile], object], wanted: CaseFile, found: CaseFile) -> bool:
    return said(wanted) == said(found)


def _printed(file: CaseFile) -> list[bytes]:
    return [render(paper, "pdf") for paper in islice(_papers(file), 2)]


def _papers(file: CaseFile) -> Iterator[Paper]:
    for form in FORMS:
        if form.applies(file) is None:
            yield from compose(file, form.key)
