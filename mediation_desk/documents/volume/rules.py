"""The rule table of the volume (``rules/volume.toml``): its entries in official order, by variant."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.scan import ScanKind
from mediation_desk.cases.vocabulary import BodyType, Category
from mediation_desk.documents.registry import FORMS
from mediation_desk.documents.volume.conditions import CONDITIONS
from mediation_desk.shared.assets import built
from mediation_desk.shared.record import record
from mediation_desk.shared.track import Track


class Variant(StrEnum):
    """Sets of papers; a consumer complaint at an agency has one of its own (§2.5, market)."""

    PEOPLES = "peoples"
    ADMINISTRATIVE = "administrative"
    COMPLAINT = "complaint"
    JUDICIAL = "judicial"


class Need(StrEnum):
    """M/N of the official list."""

    MUST = "必须"
    NEEDED = "按需"


class Part(StrEnum):
    """Where an entry stands: covers and catalogue bear no page numbers; what is sealed is no part of the volume."""

    COVER = "cover"
    CATALOGUE = "catalogue"
    BACK = "back"
    SEALED = "sealed"
    PAPERS = ""


@record
class EntryRule:
    """One entry of the list: its names by variant, when it is due, what fills it, what to do where it is missing.

    ``forms`` are keys of the registry, each group one paper that comes in one of several variants; ``words`` lead
    a scan here by its title; ``files`` says that attachments of evidence lie here, ``both`` that a scan without
    form never takes the place of what is printed, ``sheet`` that what the desk prints is only a sheet to fill in
    or to paste on. ``tab`` and ``form`` name the place of the case page where it is made.
    """

    key: str
    titles: Mapping[Variant, str]
    need: Need
    when: str
    part: Part
    forms: tuple[tuple[str, ...], ...]
    scans: tuple[ScanKind, ...]
    words: tuple[str, ...]
    files: bool
    both: bool
    sheet: bool
    todo: str
    basis: str
    source: str
    mark: str
    tab: str
    form: str


@record
class VolumeRules:
    """All entries in official order; channels whose letter stands instead of an application; complaints."""

    entries: tuple[EntryRule, ...]
    letters: tuple[str, ...]
    complaints: tuple[Category, ...]


def volume_rules() -> VolumeRules:
    """The centre's own table, else the shipped one. ``InputError`` for a faulty one."""
    return built("volume", _read)


def variant_of(file: CaseFile, rules: VolumeRules) -> Variant:
    """Which set of papers this case has."""
    if file.track is Track.JUDICIAL:
        return Variant.JUDICIAL
    if file.track is Track.PEOPLES:
        return Variant.PEOPLES
    agency = file.organisation.type is BodyType.AGENCY
    return (
        Variant.COMPLAINT if agency and file.dispute.category in rules.complaints else Variant.ADMINISTRATIVE
    )


def _read(data: Mapping[str, Any]) -> VolumeRules:
    return VolumeRules(
        entries=tuple(map(_entry, data["entry"])),
        letters=tuple(map(str, data["letter_instead_of_application"])),
        complaints=tuple(map(Category, data["complaint_categories"])),
    )


def _entry(row: Mapping[str, Any]) -> EntryRule:
    if row["when"] not in CONDITIONS:
        raise ValueError(row["when"])
    return EntryRule(
        key=str(row["key"]),
        titles={Variant(variant): str(title) for variant, title in row["titles"].items()},
        need=Need(row["need"]),
        when=str(row["when"]),
        part=Part(row.get("part", "")),
        forms=tuple(map(_variants, row.get("forms", ()))),
        scans=tuple(map(ScanKind, row.get("scans", ()))),
        words=tuple(map(str, row.get("words", ()))),
        files=bool(row.get("files", False)),
        both=bool(row.get("both", False)),
        sheet=bool(row.get("sheet", False)),
        todo=str(row.get("todo", "")),
        basis=str(row["basis"]),
        source=str(row["source"]),
        mark=str(row["mark"]),
        tab=str(row.get("tab", "")),
        form=str(row.get("form", "")),
    )


def _variants(keys: str) -> tuple[str, ...]:
    """``traffic|agreement``: keys of which the first that fits is taken; a key nobody prints is a mistake."""
    variants = tuple(keys.split("|"))
    unknown = set(variants) - {form.key for form in FORMS}
    if unknown:
        raise ValueError(unknown)
    return variants
