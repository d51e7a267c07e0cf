"""Versions of the templates of a centre: each upload is one, none is ever changed or taken away."""

from __future__ import annotations

from datetime import datetime

from mediation_desk.shared.record import record

BUILT_IN = 0
"""Stands for our own layout where the number of a version is asked for."""


@record
class Slot:
    """What a template is for: a form, of one track or of all (""), of one body or of all ("")."""

    form: str
    track: str = ""
    body: str = ""


@record
class Version:
    """One upload: the ``no``-th of its slot; ``id`` is what a printed paper remembers."""

    id: int
    slot: Slot
    no: int
    name: str
    note: str
    by: str
    at: datetime
    size: int
    sha256: str


@record
class Use:
    """Which version a slot uses now; ``template`` None is our own layout. ``version`` counts the changes."""

    slot: Slot
    template: int | None
    at: datetime
    by: str
    version: int = 0
