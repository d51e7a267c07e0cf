"""``TemplateService``: templates come in checked, get a version, are used, are given up for an earlier one."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from mediation_desk.access.actor import PROGRAM, Actor
from mediation_desk.access.permissions import Permission
from mediation_desk.audit.trail import Trail
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.paper_templates import BUILT_IN, Slot, Use, Version
from mediation_desk.documents.content import Template
from mediation_desk.documents.registry import form
from mediation_desk.documents.templates.checking import Findings, check, require_good
from mediation_desk.documents.templates.ports import TemplateStorage
from mediation_desk.shared.clock import Clock
from mediation_desk.shared.errors import InputError
from mediation_desk.shared.record import record
from mediation_desk.shared.text import canonical
from mediation_desk.shared.track import Track

LONGEST_NAME, LONGEST_NOTE = 120, 500


@record
class SlotState:
    """A slot with everything ever uploaded for it, newest first, and what is used now (None: built in)."""

    slot: Slot
    versions: tuple[Version, ...]
    used: Version | None
    seen: int


class TemplateService:
    """Everybody who reads cases may look; only who keeps templates may change what is used."""

    def __init__(self, storage: TemplateStorage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock

    def check(self, actor: Actor, data: bytes, name: str) -> Findings:
        """Look through a file. Raises ``InputError`` for one that is no harmless .docx."""
        actor.require_any(Permission.CASE_READ, Permission.TEMPLATE_KEEP)
        return check(data, name)

    def add(self, actor: Actor, slot: Slot, data: bytes, name: str, note: str = "") -> Version:
        """Keep a file as a new version; it is not used yet. Raises ``InputError`` with everything that is wrong."""
        actor.require(Permission.TEMPLATE_KEEP)
        _require_known(slot)
        require_good(check(data, name))
        version = Version(
            id=0,
            slot=slot,
            no=0,
            name=canonical(name, "文件名", multiline=False, longest=LONGEST_NAME),
            note=canonical(note.strip(), "说明", longest=LONGEST_NOTE),
            by=actor.display_name,
            at=self._clock(),
            size=len(data),
            sha256=hashlib.sha256(data).hexdigest(),
        )
        with self._storage.write(actor) as work:
            kept = work.templates.add(version, data)
            self._note(work.audit, actor, "template.add", kept.slot, kept.id)
        return kept

    def slots(self, actor: Actor) -> tuple[SlotState, ...]:
        """Every slot that has a version."""
        actor.require_any(Permission.CASE_READ, Permission.TEMPLATE_KEEP)
        with self._storage.read(actor) as work:
            versions, uses = work.templates.versions(), _by_slot(work.templates.uses())
        found = dict.fromkeys(version.slot for version in reversed(versions))
        return tuple(_state(slot, versions, uses) for slot in found)

    def state(self, actor: Actor, slot: Slot) -> SlotState:
        """One slot."""
        actor.require_any(Permission.CASE_READ, Permission.TEMPLATE_KEEP)
        with self._storage.read(actor) as work:
            return _state(slot, work.templates.versions(slot), _by_slot(work.templates.uses()))

    def use(self, actor: Actor, slot: Slot, template: int | None, seen: int | None = None) -> Use:
        """Use this version, or with None our own layout, from now on.

        ``seen`` is the counter of the slot as it was looked at: raises ``ConflictError`` when somebody else decided
        since. Raises ``InputError`` for a version of another slot.
        """
        actor.require(Permission.TEMPLATE_KEEP)
        _require_known(slot)
        with self._storage.write(actor) as work:
            if template is not None:
                version = work.templates.version(template)
                if version is None or version.slot != slot:
                    raise InputError("这种文书没有这一版模板。", field="template")
            known = _by_slot(work.templates.uses()).get(slot)
            counted = (known.version if known else 0) if seen is None else seen
            decided = work.templates.use(slot, template, self._clock(), actor.display_name, counted)
            self._note(work.audit, actor, "template.use", slot, template or BUILT_IN)
        return decided

    def content(self, actor: Actor, template: int) -> bytes:
        """The .docx of a version. Raises ``InputError`` when there is none."""
        actor.require_any(Permission.CASE_READ, Permission.TEMPLATE_KEEP)
        with self._storage.read(actor) as work:
            return _content(work.templates.content(template))

    def starter(self, actor: Actor, form_key: str, track: str = "") -> bytes:
        """A template to begin with: our own form with its fields in place."""
        actor.require_any(Permission.CASE_READ, Permission.TEMPLATE_KEEP)
        from mediation_desk.documents.templates.starters import starter  # loads the renderer

        return starter(form_key, Track(track) if track else Track.PEOPLES)

    def field_table(self, actor: Actor) -> bytes:
        """Every field with its meaning, as a .docx to copy from."""
        actor.require_any(Permission.CASE_READ, Permission.TEMPLATE_KEEP)
        from mediation_desk.documents.templates.starters import field_table

        return field_table()

    def chosen(self, file: CaseFile, form_key: str, template: int | None = None) -> Template | None:
        """What a paper of this form is made with now, None for our own layout.

        The nearest decision counts: track and body, then the track, then the body, then all. ``template`` asks
        for a certain version instead, ``BUILT_IN`` for our own layout. Callers have checked who asks.
        """
        if template == BUILT_IN:
            return None
        with self._storage.read(PROGRAM) as work:
            number = template or _nearest(_by_slot(work.templates.uses()), file, form_key)
            return (
                None if number is None else Template(id=number, docx=_content(work.templates.content(number)))
            )

    def _note(self, audit: Trail, actor: Actor, action: str, slot: Slot, template: int) -> None:
        details: dict[str, object] = {"form": slot.form, "track": slot.track, "template": template}
        audit.write(at=self._clock(), account=actor.account, action=action, details=details)


def slots_for(file: CaseFile, form_key: str) -> tuple[Slot, ...]:
    """Where a decision about this paper may stand, the nearest first."""
    track, body = file.track.value, file.organisation.name
    return (
        Slot(form=form_key, track=track, body=body),
        Slot(form=form_key, track=track),
        Slot(form=form_key, body=body),
        Slot(form=form_key),
    )


def _nearest(uses: Mapping[Slot, Use], file: CaseFile, form_key: str) -> int | None:
    decided = (uses[slot] for slot in slots_for(file, form_key) if slot in uses and uses[slot].version)
    return next((use.template for use in decided), None)


def _by_slot(uses: tuple[Use, ...]) -> dict[Slot, Use]:
    return {use.slot: use for use in uses}


def _state(slot: Slot, versions: tuple[Version, ...], uses: Mapping[Slot, Use]) -> SlotState:
    mine, use = tuple(one for one in versions if one.slot == slot), uses.get(slot)
    used = next((one for one in mine if use is not None and one.id == use.template), None)
    return SlotState(slot=slot, versions=mine, used=used, seen=use.version if use else 0)


def _content(docx: bytes | None) -> bytes:
    if docx is None:
        raise InputError("没有这一版模板。", field="template")
    return docx


def _require_known(slot: Slot) -> None:
    form(slot.form)
    if slot.track and slot.track not in [track.value for track in Track]:
        raise InputError(f"没有“{slot.track}”这一种调解。", field="track")
