"""``Sealing``: a paper of a case written as an archive file and sealed with the centre's certificate, on record."""

from __future__ import annotations

import hashlib
from pathlib import Path

from mediation_desk.access.actor import Actor
from mediation_desk.access.permissions import Permission
from mediation_desk.cases.service import CaseService
from mediation_desk.cases.signing.places import no_electronic
from mediation_desk.cases.summary import PrintedPaper
from mediation_desk.documents.printing import Printing
from mediation_desk.documents.registry import form
from mediation_desk.documents.sealing.pdfa import to_pdfa
from mediation_desk.documents.service import page_count, render
from mediation_desk.shared.assets import built
from mediation_desk.shared.clock import Clock
from mediation_desk.shared.errors import InputError, RuleError
from mediation_desk.shared.files import atomic_write

_ALL = "*"
_SHOWN_TITLE = "（数字印鉴）"


class Sealing:
    """Seals papers; password and key live as long as the call."""

    def __init__(self, cases: CaseService, printing: Printing, clock: Clock) -> None:
        self._cases = cases
        self._printing = printing
        self._clock = clock

    def refusal(self, actor: Actor, key: str, form_key: str) -> str:
        """Why this paper may not be sealed digitally; "" when it may. The screen shows it in place of the button."""
        actor.require(Permission.CASE_READ)
        forms = built("sealing", lambda data: tuple(str(one) for one in data["forms"]))
        if _ALL not in forms and form_key not in forms:
            return "本中心的设置里，这种文书不加数字印鉴（rules/sealing.toml）"
        return no_electronic(self._cases.file(actor, key))

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
        from mediation_desk.documents.sealing.seal import open_certificate, seal  # takes seconds to load

        now = self._clock()
        certificate = open_certificate(pkcs12, password, now)
        file, papers = self._printing.papers(actor, key, form_key)
        if not -len(papers) <= part < len(papers):
            raise InputError(f"该文书只有{len(papers)}份。", field="part")
        paper = papers[part]
        title = form(form_key).titles[file.track]
        plain = to_pdfa(render(paper, "pdf"))
        sealed = seal(plain, certificate, reason=reason or title, place=place, now=now)
        atomic_write(out, sealed)
        noted = PrintedPaper(
            at=now,
            account=actor.display_name,
            form=form_key,
            title=f"{title}{_SHOWN_TITLE}",
            file_name=out.name,
            pages=page_count(sealed),
            sha256=hashlib.sha256(sealed).hexdigest(),
            no=paper.mark.no if paper.mark else 1,
            version=paper.mark.version if paper.mark else "",
        )
        self._cases.note_papers(actor, file.case_key, [noted], certificate=certificate.name)
        return out
