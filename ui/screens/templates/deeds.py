"""What the screen asks of the services; runs on the worker."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from mediation_desk.cases.paper_templates import Slot, Version
from mediation_desk.documents.templates.checking import Findings
from mediation_desk.shared.errors import InputError
from mediation_desk.shared.files import atomic_write
from mediation_desk.shared.uploads.kinds import UploadKind
from mediation_desk.shared.uploads.limits import upload_limits
from ui.services import Services

Writer = Callable[[Path], Path]
"""Writes a file and tells where it is."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """A file that was looked at; ``version`` where it was good and is kept."""

    name: str
    findings: Findings
    version: Version | None


def take_in(services: Services, slot: Slot, path: Path, note: str) -> Arrived:
    """Look through a file, and keep it when nothing is wrong with it."""
    try:
        with path.open("rb") as stream:
            data = stream.read(upload_limits().size[UploadKind.DOCX] + 1)  # one more is too many for the gate
    except OSError as error:
        raise InputError(f"读不了文件“{path.name}”：{error.strerror}。", field="file") from error
    findings = services.templates.check(services.actor, data, path.name)
    if not findings.good:
        return Arrived(path.name, findings, None)
    return Arrived(path.name, findings, services.templates.add(services.actor, slot, data, path.name, note))


def save_version(services: Services, version: Version, path: Path) -> Path:
    """Write a version where the clerk wants it."""
    atomic_write(path, services.templates.content(services.actor, version.id))
    return path


def save_starter(services: Services, slot: Slot, path: Path) -> Path:
    """Write the form with its fields in place."""
    atomic_write(path, services.templates.starter(services.actor, slot.form, slot.track))
    return path


def save_field_table(services: Services, path: Path) -> Path:
    """Write the table of fields."""
    atomic_write(path, services.templates.field_table(services.actor))
    return path


def tried(services: Services, slot: Slot, version: Version | None, key: str) -> bytes:
    """The paper of a real case with this version."""
    if version is None:
        raise InputError("请先选一版模板。", field="template")
    docx = services.templates.content(services.actor, version.id)
    return services.printing.try_template(services.actor, slot, docx, key)
