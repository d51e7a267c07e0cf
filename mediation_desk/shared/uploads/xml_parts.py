"""Reads an XML part of a DOCX as a stream: no declarations, no entities, nothing that fetches or runs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any
from xml.parsers import expat

from mediation_desk.shared.quarantine.refusal import Refused

_RUNS = re.compile(r"(?i)\b(ddeauto|dde|includetext|includepicture|import|link|database|macrobutton)\b")
_WEB = re.compile(r"(?i)(https?://|mailto:)")
_LONGEST_FIELD = 20_000


class _Reader:
    def __init__(self, part: str, limits: Mapping[str, Any]) -> None:
        self.parser = expat.ParserCreate()
        self.parser.StartDoctypeDeclHandler = self._declared
        self.parser.EntityDeclHandler = self._declared
        self.parser.StartElementHandler = self._began
        self.parser.EndElementHandler = self._ended
        self.parser.CharacterDataHandler = self._read
        self.parser.buffer_text = True
        self._of_relations = part.endswith(".rels")
        self._of_types = part == "[Content_Types].xml"
        self._depth = self._elements = self._paragraphs = 0
        self._limits = limits
        self._in_field = False
        self._field = ""

    def _declared(self, *_: Any) -> None:
        raise Refused("DOCX里有文档类型声明或者实体")

    def _began(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self._elements += 1
        if self._depth > self._limits["depth"] or self._elements > self._limits["elements"]:
            raise Refused("DOCX的内部结构过深或者过于庞大")
        if self._of_relations and name.endswith("Relationship"):
            _check_relation(attributes)
        if self._of_types and "macroenabled" in attributes.get("ContentType", "").lower():
            raise Refused("DOCX里有宏")
        local = name.rpartition(":")[2]
        self._paragraphs += local == "p"
        if self._paragraphs > self._limits["paragraphs"]:
            raise Refused(f"DOCX的内容过于庞大，最多{self._limits['paragraphs']}段")
        if local in ("object", "control", "altChunk", "OLEObject"):
            raise Refused("DOCX里嵌着别的文件或者对象")
        if local == "fldSimple":
            _check_field(next((text for key, text in attributes.items() if key.endswith("instr")), ""))
        elif local == "fldChar":
            self._field = ""
        self._in_field = local == "instrText"

    def _ended(self, _name: str) -> None:
        self._depth -= 1
        self._in_field = False

    def _read(self, text: str) -> None:
        if self._in_field:  # a field's order may be split over many runs
            self._field = (self._field + text)[-_LONGEST_FIELD:]
            _check_field(self._field)


def check_xml(pieces: Iterable[bytes], part: str, limits: Mapping[str, Any]) -> None:
    """Read it to its end. Raises ``Refused``."""
    reader = _Reader(part, limits)
    try:
        for piece in pieces:
            reader.parser.Parse(piece, False)
        reader.parser.Parse(b"", True)
    except (expat.ExpatError, LookupError):
        raise Refused("DOCX损坏或者不完整，请用文字处理软件打开后另存一份") from None


def _check_relation(attributes: Mapping[str, str]) -> None:
    sort = attributes.get("Type", "").rpartition("/")[2].lower()
    if attributes.get("TargetMode", "").lower() == "external":
        if sort != "hyperlink" or not _WEB.match(attributes.get("Target", "")):
            raise Refused("DOCX引用了外面的文件或者网址")
    elif ".." in attributes.get("Target", "").replace("\\", "/").split("/")[1:]:
        raise Refused("DOCX里有部件的名称指向别处")
    if sort in ("vbaproject", "keymapcustomizations", "attachedtoolbars"):
        raise Refused("DOCX里有宏")
    if sort in ("afchunk", "oleobject", "package", "control", "attachedtemplate", "subdocument", "frame"):
        raise Refused("DOCX里嵌着别的文件或者对象")


def _check_field(order: str) -> None:
    if _RUNS.search(order):
        raise Refused("DOCX里有读取外面内容的域")
