"""A clerk's template in place of our own layout: the one place where a paper becomes a filled template."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from mediation_desk.cases.model import CaseFile
from mediation_desk.documents.content import Filled, Paper, Template, paragraph
from mediation_desk.documents.flow import file_title
from mediation_desk.documents.forms.background import Background
from mediation_desk.documents.templates import fields
from mediation_desk.documents.templates.field import Source
from mediation_desk.documents.templates.foreign import filled, sheet_of
from mediation_desk.documents.templates.layout import words_of
from mediation_desk.shared.errors import RuleError

_MEMBERS = "群体成员."
_NEEDED: Mapping[str, str] = {
    "agreement": "协议书的模板里没有群体成员的名单，而本案有群体当事人：请在模板里加一行“{群体成员.姓名}”和金额，"
    "或者改用内置的格式。"
}


def apply(
    template: Template, form_key: str, file: CaseFile, background: Background, papers: tuple[Paper, ...]
) -> tuple[Paper, ...]:
    """Each paper filled into the template.

    Raises ``RuleError`` naming the fields without content, ``InputError`` for a template that cannot be read.
    """
    wanted = _fields_of(template.docx)
    if file.group_members and form_key in _NEEDED and not any(one.startswith(_MEMBERS) for one in wanted):
        raise RuleError(_NEEDED[form_key], rule="LR-19")
    return tuple(
        _filled(template, wanted, Source(file=file, background=background, paper=paper)) for paper in papers
    )


@lru_cache(maxsize=16)
def _fields_of(docx: bytes) -> tuple[str, ...]:
    """Looked through once: a batch of notices is made with one template."""
    from mediation_desk.documents.templates.checking import check, require_good

    findings = check(docx, "模板.docx")
    require_good(findings)
    return findings.fields


def _filled(template: Template, wanted: tuple[str, ...], source: Source) -> Paper:
    """The paper with the words of the filled template in place of its own blocks: they are what it says."""
    paper = source.paper
    docx = filled(template.docx, fields.values(source, wanted), file_title(paper))
    sheet = sheet_of(docx)
    said = (*sheet.header, *sheet.body, *sheet.footer)
    blocks = tuple(paragraph(words, indent=False) for words in words_of(said) if words.strip())
    return replace(paper, blocks=blocks, filled=Filled(docx=docx, template=template.id))
