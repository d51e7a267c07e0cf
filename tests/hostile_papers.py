"""Every paper of a case, rendered and read back with tools that know nothing of the desk."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from mediation_desk.cases.model import CaseFile
from mediation_desk.documents import content as model
from mediation_desk.documents import service
from mediation_desk.documents.flow import plain_text
from mediation_desk.documents.forms.background import NOTHING
from mediation_desk.documents.registry import available
from mediation_desk.documents.service import Format
from mediation_desk.shared.errors import InputError
from mediation_desk.shared.text import folded
from tests.documents.reading import docx_text, pdf_text
from tests.interpreted import in_docx, in_pdf

Paper = tuple[str, model.Paper]
_READ: dict[Format, Callable[[bytes], str]] = {"docx": docx_text, "pdf": pdf_text}
_DOES: dict[Format, Callable[[bytes], Iterator[str]]] = {"docx": in_docx, "pdf": in_pdf}


def papers_of(file: CaseFile) -> Iterator[Paper]:
    """Name and content of everything this case can print."""
    for form in available(file):
        for number, paper in enumerate(form.compose(file, NOTHING)):
            yield f"{form.key}-{number}", paper


def faults(paper: Paper, kinds: Iterable[Format] = ("docx", "pdf")) -> Iterator[str]:
    """Where a file says something else than the paper does, or does something; or was refused without a cause."""
    name, content = paper
    said = folded(plain_text(content))
    for kind in kinds:
        try:
            data = service.render(content, kind)
        except InputError as error:
            if "没有字体能打印" not in error.message:
                yield f"{name}.{kind} refused: {error.message}"
            continue
        if _READ[kind](data) != said:
            yield f"{name}.{kind} says something else"
        yield from (f"{name}.{kind}: {what}" for what in _DOES[kind](data))
