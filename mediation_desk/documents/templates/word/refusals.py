"""What a template may not hold: constructs that the paper could not show alike as DOCX and as PDF."""

from __future__ import annotations

from collections.abc import Iterator

from docx.document import Document as Draft
from docx.oxml.ns import nsmap, qn

from mediation_desk.documents.templates.word.opened import Element, Story, spots, stories
from mediation_desk.documents.templates.word.page_fields import unknown_fields
from mediation_desk.documents.templates.word.pictures import picture_in

_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_LINK = 60  # characters of a link that are told
_OFF = ("0", "false", "off")
_KINDS = {
    "文本框或者图形": ("w:pict", "w:txbxContent", f"{_MC}AlternateContent"),
    "嵌入的对象": ("w:object", "w:altChunk", "w:control", "w:subDoc"),
    "修订（请先接受或拒绝全部修订）": (
        "w:ins", "w:del", "w:moveFrom", "w:moveTo", "w:rPrChange", "w:pPrChange", "w:tblPrChange",
        "w:trPrChange", "w:tcPrChange", "w:sectPrChange", "w:cellIns", "w:cellDel",
    ),
    "批注": ("w:commentReference", "w:commentRangeStart"),
    "脚注或者尾注": ("w:footnoteReference", "w:endnoteReference"),
    "公式": (f"{_MATH}oMath", f"{_MATH}oMathPara"),
    "拼音指南": ("w:ruby",),
    "特殊符号（请改用普通的字，例如 □ ■）": ("w:sym",),
    "图文框": ("w:framePr",),
    "竖排文字": ("w:textDirection",),
}  # fmt: skip
_SWITCHES = {
    "隐藏的文字": ("w:vanish",),
    "删除线": ("w:strike", "w:dstrike"),
    "从右到左的段落": ("w:bidi", "w:rtl"),
}


def refusals(draft: Draft) -> tuple[str, ...]:
    """Sentences naming what stands where; none for a document that can be printed."""
    found = [sentence for story in stories(draft) for sentence in (*_in_story(story), *_links(story))]
    return tuple(dict.fromkeys((*found, *_in_pages(draft))))


def _in_story(story: Story) -> Iterator[str]:
    name = story.name or "正文"
    for word, tags in _KINDS.items():
        if _holds(story.root, tags):
            yield f"{name}里有{word}"
    for spot in spots(story):
        if (
            spot.paragraph.find(f".//{qn('w:drawing')}") is not None
            and picture_in(spot.paragraph, story.part) is None
        ):
            yield f"{spot.place}有印不了的图片（只能是 PNG 或 JPEG，嵌入型，独占一段，不超过两千万像素）"
    for word, tags in _SWITCHES.items():
        if any(_on(one) for tag in tags for one in story.root.iter(_tag(tag))):
            yield f"{name}里有{word}"
    if any(_nested(table) for table in story.root.iter(qn("w:tbl"))):
        yield f"{name}的表格里又有表格"
    for spot in spots(story):
        for kind in unknown_fields(spot.paragraph, in_margin=bool(story.name)):
            yield f"{spot.place}有自动更新的域（{kind}），请改成文字"


def _links(story: Story) -> Iterator[str]:
    for relation in story.part.rels.values():
        if relation.is_external:
            target = (
                relation.target_ref
                if len(relation.target_ref) <= _LINK
                else f"{relation.target_ref[:_LINK]}…"
            )
            yield f"{story.name or '正文'}里有指向外面的链接（{target}），请去掉"


def _in_pages(draft: Draft) -> Iterator[str]:
    if len(draft.sections) > 1:
        yield "分成了几节，请合成一节"
    for columns in draft.element.body.iter(qn("w:cols")):
        if (columns.get(qn("w:num")) or "1") != "1":
            yield "分了栏"
    if _on(draft.settings.element.find(qn("w:evenAndOddHeaders"))):
        yield "奇偶页的页眉页脚不同"
    numbered = _numbered_styles(draft)
    for story in stories(draft):
        for spot in spots(story):
            if _numbered(spot.paragraph, numbered):
                yield f"{spot.place}是自动编号，请把编号打成文字"
                return


def _numbered(paragraph: Element, styles: frozenset[str]) -> bool:
    number = paragraph.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:numId')}")
    if number is not None:
        return bool(number.get(qn("w:val")) != "0")
    style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    return style is not None and style.get(qn("w:val")) in styles


def _numbered_styles(draft: Draft) -> frozenset[str]:
    """Styles that number by themselves, those based on them included."""
    base: dict[str, str] = {}
    found: set[str] = set()
    for style in draft.styles.element.iter(qn("w:style")):
        name = style.get(qn("w:styleId")) or ""
        number = style.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:numId')}")
        if number is not None and number.get(qn("w:val")) != "0":
            found.add(name)
        based = style.find(qn("w:basedOn"))
        if based is not None:
            base[name] = based.get(qn("w:val")) or ""
    for name in base:
        seen, at = set(), name
        while at and at not in seen:
            seen.add(at)
            if at in found:
                found.add(name)
                break
            at = base.get(at, "")
    return frozenset(found)


def _holds(root: Element, tags: tuple[str, ...]) -> bool:
    return any(next(root.iter(_tag(tag)), None) is not None for tag in tags)


def _nested(table: Element) -> bool:
    return next(table.iterancestors(qn("w:tc")), None) is not None


def _on(switch: Element) -> bool:
    return switch is not None and switch.get(qn("w:val")) not in _OFF


def _tag(name: str) -> str:
    return name if name.startswith("{") or name.split(":", maxsplit=1)[0] not in nsmap else qn(name)
