"""``Sealing``: a paper of a case written as an archive file and sealed with the centre's certificate, on record."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from mediation_desk.access.actor import Actor
from mediation_desk.access.permissions import Permission
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.service import CaseService
from mediation_desk.cases.signing.places import no_electronic
from mediation_desk.cases.summary import PrintedPaper
from mediation_desk.documents.content import Paper
from mediation_desk.documents.printing import Printing
from mediation_desk.documents.registry import form
from mediation_desk.documents.sealing.pdfa import to_pdfa
from mediation_desk.documents.service import file_name, folder_for, page_count, render
from mediation_desk.shared.assets import built
from mediation_desk.shared.clock import Clock
from mediation_desk.shared.errors import InputError, RuleError
from mediation_desk.shared.files import all_or_none, atomic_write
from mediation_desk.shared.uploads.whole import read_whole

_ALL = "*"
_SHOWN_TITLE = "（数字印鉴）"
_IN_NAMES = "数字印鉴"
_LARGEST = 1 << 20  # bytes; a certificate with its key has some thousands
_TRIES = 1000


def read_certificate(path: Path) -> bytes:
    """The PKCS#12 file as it lies there. Raises ``InputError`` where it cannot be read or is no certificate's size."""
    return read_whole(path, _LARGEST, field="certificate")


_NOT_HERE = "本中心的设置里，这种文书不加数字印鉴（rules/sealing.toml）"


class Sealing:
    """Seals papers; password and key live as long as the call."""

    def __init__(self, cases: CaseService, printing: Printing, clock: Clock) -> None:
        self._cases = cases
        self._printing = printing
        self._clock = clock

    def refusal(self, actor: Actor, key: str, form_key: str) -> str:
        """Why this paper may not be sealed digitally; "" when it may. The screen shows it in place of the button."""
        return self.refusals(actor, key, (form_key,))[form_key]

    def refusals(self, actor: Actor, key: str, forms: Iterable[str]) -> Mapping[str, str]:
        """The same for several forms of one case."""
        actor.require(Permission.CASE_READ)
        allowed = built("sealing", lambda data: tuple(str(one) for one in data["forms"]))
        lawful = no_electronic(self._cases.file(actor, key))
        return {form: lawful if _ALL in allowed or form in allowed else _NOT_HERE for form in forms}

    def parts(self, actor: Actor, key: str, form_key: str) -> tuple[str, ...]:
        """What the papers of a form are called, to choose the one that is sealed."""
        _file, papers = self._printing.papers(actor, key, form_key)
        return tuple(_called(paper) for paper in papers)

    def demand_allowed(self, actor: Actor, key: str, form_key: str) -> None:
        """Raise ``RuleError`` where this paper may not be sealed digitally, before anybody types a password."""
        actor.require(Permission.DOCUMENT_SEAL)
        refused = self.refusal(actor, key, form_key)
        if refused:
            raise RuleError(f"{refused}。请打印出来盖章。", rule="电子签名法第三条")

    def seal(
        self,
        actor: Actor,
        key: str,
        form_key: str,
        pkcs12: bytes,
        password: str,
        out: Path,
        *,
        part: int = -1,
        reason: str = "",
        place: str = "",
    ) -> Path:
        """Write one paper of the form (the last, unless ``part`` says) to ``out``, as PDF/A and sealed.

        Raises ``RuleError`` where the law excludes electronic signatures (电子签名法 art. 3), ``InputError`` for a
        certificate that does not open or a file that is there already. Nothing is written or noted by halves.
        """
        self.demand_allowed(actor, key, form_key)
        if out.exists():
            raise InputError(f"“{out}”已经有了，请另起一个名字。", field="out")
        file, paper = self._paper(actor, key, form_key, part)
        return self._sealed(actor, file, paper, pkcs12, password, out, (reason, place))

    def seal_into(
        self,
        actor: Actor,
        key: str,
        form_key: str,
        pkcs12: bytes,
        password: str,
        folder: Path,
        *,
        part: int = -1,
        reason: str = "",
        place: str = "",
    ) -> Path:
        """The same into ``folder``, under the name of the paper; a file that is there already keeps its name."""
        self.demand_allowed(actor, key, form_key)
        file, paper = self._paper(actor, key, form_key, part)
        folder_for(folder)
        named = replace(paper, heading=replace(paper.heading, part=f"{paper.heading.part}{_IN_NAMES}"))
        out = _free(folder / file_name(file, named, "pdf"))
        return self._sealed(actor, file, paper, pkcs12, password, out, (reason, place))

    def _paper(self, actor: Actor, key: str, form_key: str, part: int) -> tuple[CaseFile, Paper]:
        file, papers = self._printing.papers(actor, key, form_key)
        if not -len(papers) <= part < len(papers):
            raise InputError(f"该文书只有{len(papers)}份。", field="part")
        return file, papers[part]

    def _sealed(
        self,
        actor: Actor,
        file: CaseFile,
        paper: Paper,
        pkcs12: bytes,
        password: str,
        out: Path,
        said: tuple[str, str],
    ) -> Path:
        from mediation_desk.documents.sealing.seal import open_certificate, seal  # takes seconds to load

        now = self._clock()
        certificate = open_certificate(pkcs12, password, now)
        if paper.mark is None:
            raise AssertionError("papers of a case are marked")
        title = form(paper.mark.form).titles[file.track]
        reason, place = said
        sealed = seal(
            to_pdfa(render(paper, "pdf")), certificate, reason=reason or title, place=place, now=now
        )
        noted = PrintedPaper(
            at=now,
            account=actor.display_name,
            form=paper.mark.form,
            title=f"{title}{_SHOWN_TITLE}",
            file_name=out.name,
            pages=page_count(sealed),
            sha256=hashlib.sha256(sealed).hexdigest(),
            no=paper.mark.no,
            version=paper.mark.version,
            copies=0,
        )
        with all_or_none() as keep:
            keep(out)
            atomic_write(out, sealed)
            self._cases.note_papers(actor, file.case_key, [noted], certificate=certificate.name)
        return out


def _called(paper: Paper) -> str:
    return " ".join(part for part in (paper.heading.title, paper.heading.part) if part)


def _free(path: Path) -> Path:
    """``path``, or the next name with a number that nothing has."""
    names = (path, *(path.with_stem(f"{path.stem}-{number}") for number in range(2, _TRIES)))
    found = next((one for one in names if not one.exists()), None)
    if found is None:
        raise InputError(f"“{path.parent}”里同名的文件太多，请先清理。", field="out")
    return found
