"""What a file says of itself, in XMP: one description a schema, as validators of PDF/A expect it."""

from __future__ import annotations

from collections.abc import Mapping
from xml.sax.saxutils import escape

_HEAD = '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_SPACES = {
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
}
_IN_LANGUAGES = frozenset({"dc:title", "dc:description"})


def xmp_packet(told: Mapping[str, str]) -> bytes:
    """The packet for ``{"dc:title": …, "pdfaid:part": "1"}``; empty values are left out."""
    described = "".join(_described(prefix, told) for prefix in _SPACES)
    return (
        f'{_HEAD}\n<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="{_RDF}">\n{described}'
        '</rdf:RDF></x:xmpmeta>\n<?xpacket end="w"?>'
    ).encode()


def _described(prefix: str, told: Mapping[str, str]) -> str:
    lines = [
        _property(name, value) for name, value in told.items() if value and name.startswith(f"{prefix}:")
    ]
    if not lines:
        return ""
    opening = f'<rdf:Description rdf:about="" xmlns:{prefix}="{_SPACES[prefix]}">'
    return f"{opening}{''.join(lines)}</rdf:Description>\n"


def _property(name: str, value: str) -> str:
    text = escape(value)
    if name in _IN_LANGUAGES:
        text = f'<rdf:Alt><rdf:li xml:lang="x-default">{text}</rdf:li></rdf:Alt>'
    return f"<{name}>{text}</{name}>"
