"""What lies under an entry of the volume: printed papers, scans in their place, files of evidence, slip sheets."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from mediation_desk.cases.attachment import Attachment
from mediation_desk.cases.model import CaseFile, Evidence
from mediation_desk.cases.scan import Scan, ScanKind
from mediation_desk.documents.form import Form
from mediation_desk.documents.registry import form
from mediation_desk.documents.volume.conditions import CONDITIONS, ON_DEMAND, Given
from mediation_desk.documents.volume.rules import EntryRule
from mediation_desk.shared.record import record

_PAGES = (".pdf", ".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp", ".webp")


Drawer = tuple[EntryRule, tuple[Form, ...]]
"""An entry and the forms that belong into it."""


@record
class Filling:
    """What fills one entry. ``forms`` are those the case can print now; ``scans`` in the order they lie.

    ``attachments`` are files of evidence that have pages; ``elsewhere`` evidence without a single page here.
    """

    forms: tuple[Form, ...] = ()
    scans: tuple[Scan, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    elsewhere: tuple[Evidence, ...] = ()

    @property
    def has_pages(self) -> bool:
        """Whether there is anything but slips."""
        return bool(self.forms or self.scans or self.attachments)


def forms_of(rule: EntryRule) -> tuple[Form, ...]:
    """Every form that may lie here, in all its variants."""
    return tuple(form(key) for group in rule.forms for key in group)


def ready_forms(
    file: CaseFile, rule: EntryRule, scans: Sequence[Scan], printed: Collection[str]
) -> tuple[Form, ...]:
    """What the case can print for this entry: of the variants of a paper the one printed or scanned, else the first.

    ``printed`` are keys of forms printed so far. An entry that is only due when something of it was printed or
    scanned holds just that; so does one with scans of the paper itself: no unsigned twin is bound beside them.
    """
    used = {*printed, *(scan.form for scan in scans)}
    just_used = rule.when == ON_DEMAND or (not rule.both and any(not scan.form for scan in scans))
    ready = []
    for group in rule.forms:
        able = [one for one in map(form, group) if one.applies(file) is None]
        taken = [one for one in able if one.key in used]
        if not taken and not just_used:
            taken = able
        ready += taken[:1]
    return tuple(ready)


def shared_out(file: CaseFile, drawers: Sequence[Drawer]) -> dict[str, tuple[Scan, ...]]:
    """Every standing scan under exactly one entry, by key of the entry, in the order they lie; 待归类 under none."""
    shares: dict[str, list[Scan]] = {}
    for scan in sorted(file.beside.scans, key=_order):
        if scan.stands and scan.kind is not ScanKind.UNSORTED:
            place = _place(file, scan, drawers)
            shares.setdefault(place, []).append(scan)
    return {key: tuple(scans) for key, scans in shares.items()}


def unsorted_pages(file: CaseFile) -> int:
    """How many pages of scans nobody has said yet what they show; they are in no volume."""
    waiting = (scan for scan in file.beside.scans if scan.stands and scan.kind is ScanKind.UNSORTED)
    return sum(scan.pages for scan in waiting)


def _order(scan: Scan) -> tuple[int, str, int, int, int]:
    return (scan.paper_no, scan.evidence_ref, scan.page, scan.place, scan.no)


def _place(file: CaseFile, scan: Scan, drawers: Sequence[Drawer]) -> str:
    """By its form, by its title among entries of its kind, by its title alone, by its kind, else the last resort."""
    if scan.kind is ScanKind.FORM and scan.form:
        homes = [rule for rule, printed in drawers if any(one.key == scan.form for one in printed)]
        due = [rule for rule in homes if CONDITIONS[rule.when].holds(Given(file=file))]
        if homes:
            return (due or homes)[0].key
    rules = [rule for rule, _printed in drawers]
    of_kind = [rule for rule in rules if scan.kind in rule.scans]
    for among in (of_kind, rules if scan.kind in (ScanKind.FORM, ScanKind.OTHER) else ()):
        found = next((rule for rule in among if any(word in scan.title for word in rule.words)), None)
        if found is not None:
            return found.key
    whole = [rule for rule in of_kind if not rule.words or scan.kind is not ScanKind.COURT]
    return (whole or of_kind or [rules[-1]])[0].key


def evidence_files(file: CaseFile) -> tuple[Attachment, ...]:
    """Files behind evidence that can be turned into pages; sound and film lie elsewhere."""
    known = {item.ref: place for place, item in enumerate(file.evidence)}
    found = (one for one in file.beside.attachments if one.name.lower().endswith(_PAGES))
    return tuple(sorted(found, key=lambda one: (known.get(one.evidence_ref, len(known)), one.name)))


def evidence_elsewhere(
    file: CaseFile, scans: Iterable[Scan], attachments: Iterable[Attachment]
) -> tuple[Evidence, ...]:
    """Evidence of which no page is in the volume: it lies in the bag."""
    here = {scan.evidence_ref for scan in scans} | {one.evidence_ref for one in attachments}
    return tuple(item for item in file.evidence if item.ref not in here)
