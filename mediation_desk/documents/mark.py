"""The code at the foot of a printed page: it leads a scan back to its paper, and tells nobody else anything."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import replace

from mediation_desk.documents.content import Mark, Paper
from mediation_desk.documents.flow import plain_text
from mediation_desk.documents.letterhead import PLAIN
from mediation_desk.shared.record import record

_KIND = "TJT1"  # 调解台, first grammar of this code
_LENGTH = 10  # characters of the version: 50 bits of the SHA-256


@record
class MarkedPage:
    """What a code says: which paper, and the page of it (from 1; 0 where the code stands for the whole paper)."""

    mark: Mark
    page: int


def version_of(paper: Paper) -> str:
    """Ten letters and digits (A-Z, 2-7) of the hash of what the paper says; the same words, the same version.

    How a body lays out its papers is no word of theirs: another letterhead leaves the version as it is.
    """
    digest = hashlib.sha256(plain_text(replace(paper, letterhead=PLAIN)).encode()).digest()
    return base64.b32encode(digest).decode()[:_LENGTH]


def marked(paper: Paper, case_key: str, form: str, no: int) -> Paper:
    """The paper with its mark; ``no`` counts the papers of the form from 1."""
    return replace(paper, mark=Mark(case_key=case_key, form=form, no=no, version=version_of(paper)))


def code_text(mark: Mark, page: int = 0) -> str:
    """``TJT1/AJ2026000031/agreement/1/K3Q7ZB2M5A/2``."""
    return "/".join((_KIND, mark.case_key, mark.form, str(mark.no), mark.version, str(page)))


def read_code(text: str) -> MarkedPage | None:
    """What :func:`code_text` wrote, or None for any other code."""
    parts = text.split("/")
    if len(parts) != 6 or parts[0] != _KIND or not (parts[3].isdecimal() and parts[5].isdecimal()):
        return None
    _, case_key, form, no, version, page = parts
    return MarkedPage(mark=Mark(case_key=case_key, form=form, no=int(no), version=version), page=int(page))
