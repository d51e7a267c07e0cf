"""More than a thousand strings somebody could type to break or command a program; the same ones every time."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import product

PLACES = ("{}", "甲{}", "{}乙", "甲 {} 乙")
"""Where in a text the hostile part stands: alone, at the end, at the beginning, in the middle."""

MARKUP = (
    "<b>粗</b>",
    "<img src=/etc/passwd>",
    "<img src='file:///etc/hosts' width=9>",
    "<a href='javascript:alert(1)'>点</a>",
    "<script>alert(1)</script>",
    "<font color='white' size=1>零</font>",
    "<super>2</super>",
    "<para><br/>",
    "</para>",
    "<!-- 无 -->",
    "<![CDATA[x]]>",
    "<?xml version='1.0'?>",
    "&lt;b&gt;",
    "&#60;b&#62;",
    "&nbsp;",
    "<onDraw name=x label=y/>",
    "<w:t>假</w:t>",
    "<w:instrText>INCLUDETEXT c:\\\\x</w:instrText>",
    "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]>&b;",
    "<style>*{display:none}</style>",
    "<table><tr><td>",
    "<body text=white>",
    "[链接](http://example.invalid)",
    "# 标题",
)
TEMPLATES = (
    "{{ 7*7 }}",
    "{% for a in b %}",
    "{% raw %}",
    "{# 注 #}",
    "{{当事人}}",
    "{当事人}",
    "{姓名}",
    "{%p if true %}",
    "{%tr for a in b %}",
    "{{r 粗 }}",
    "{{ self.__init__.__globals__ }}",
    "${jndi:ldap://x}",
    "#{7*7}",
    "<%= 7*7 %>",
    "«姓名»",
    "{}",
    "{0}",
    "{0.__class__}",
    "{name!r:>99}",
    "%s",
    "%n%n%n",
    "%(name)s",
    "%1$s",
    "%%",
    "${HOME}",
    "$(id)",
    "`id`",
)
SHEETS = (
    "=1+1",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://x","点")',
    "=WEBSERVICE(A1)",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "'=1",
    '"=1',
    "#REF!",
    "#N/A",
    "1E9",
    "0001",
    "TRUE",
    "2026-02-30",
    "1/2",
    ';"=1+1"',
    ',"=1+1"',
    'DDE("cmd")',
)
QUERIES = (
    "' OR 1=1 --",
    "'; DROP TABLE cases; --",
    '" OR ""="',
    "\\'; x",
    "%",
    "_",
    "100%_",
    "张 AND 三",
    "NOT 张",
    "NEAR(张 三)",
    '"未完',
    "张*",
    "^张",
    "col: 张",
    "{a b}: 张",
    "(((",
    ")))",
    "张 | 三 & !李",
    "张 <-> 三",
    "'张':*",
    "a:b:c",
    "\\",
    "--",
    "/* */",
    "NULL",
    "∅",
)
CONFIGS = (
    '"""',
    "'''",
    "[a]\nb = 1",
    "x = 1 # y",
    '{"a": [1}',
    '","b":"',
    "\\u0000",
    "\\ud800",
    "\\n",
    "\\",
    "---\n- a",
    "a: &b *b",
    "!!python/object:os.system",
    "]]>",
    "\x1f",
)
PATHS = (
    "../../etc/passwd",
    "..\\..\\windows",
    "/etc/passwd",
    "C:\\Windows\\x.exe",
    "\\\\host\\share",
    "CON",
    "nul.txt",
    "a:b",
    "a?b*c|d",
    "~/.ssh",
    ".",
    "..",
    "x.docx ",
    "x.",
    "file:///etc/passwd",
    "http://example.invalid/?a=b&c",
    "a\nb.pdf",
    "-rf",
    "--as",
)
MNEMONICS = ("A&B", "&文件", "&&", "甲&乙&丙", "&amp;", "A & B", "&", "文件(&F)")
LINES = (
    "一\n二",
    "一\r\n二",
    "一\r二",
    "一\u2028二",
    "一\u2029二",
    "一\x85二",
    "\n2026-01-01 00:00:00 INFO 假的一行",
    "a\tb",
    "\n" * 30,
    "\x0b",
    "\x0c",
)
CONTROLS = tuple(chr(code) for code in (*range(9), *range(14, 32), *range(0x7F, 0x85), *range(0x86, 0xA0)))
SEQUENCES = ("\x1b[31m", "\x1b]0;题\x07", "\x1b[2J", "\x9b31m", "\b\b\b")
INVISIBLE = (
    *"\u200b\u200c\u200d\u2060\ufeff\u00ad\u180e\u034f\u115f\u3164\uffa0\u2061\u2064",
    *"\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c",
    "\U000e0041",
    "\ufff9a\ufffab\ufffb",
)
BROKEN = ("\ud800", "\udfff", "\ud83d", "\udc00\ud800", "\uffff", "\ufffe", "\ufdd0", "\U0001ffff", "\ufffd")
COMPOSED = ("é", "ñ", "が", "각", "Å", "ﬁ", "①", "ộ", "퓛", "\u0344", "豈", "Ω", "ｶﾞ")
ASTRAL = (
    *"\U00020000\U00030000\U0001f600\U0001d400\U0010fffd\ue000\U000f0000",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467",
    "👩🏽‍⚖️",
    "𬱖",
    "㛃䶮",
)
FLOODS = (
    "a" + "\u0301" * 400,
    "张" + "\u0e47" * 200,
    "一" * 3000,
    "x" * 3000,
    "<b>" * 1000,
    "{" * 2000,
    "&" * 2000,
    " " * 2000 + "尾",
    "（" * 1500,
    "\u3000" * 500 + "尾",
    "字" * 200_000,
    "W" * 200_000,
)
SCRIPTS = ("קטן", "مرحبا", "٣", "ไทย", "བོད", "ᠮᠣᠩᠭᠣᠯ", "ئۇيغۇر", "Ƀ", "王·艾力", "𠮷", "İ", "ß", "ǆ")

KINDS: dict[str, tuple[str, ...]] = {
    "markup": MARKUP,
    "template": TEMPLATES,
    "sheet": SHEETS,
    "query": QUERIES,
    "config": CONFIGS,
    "path": PATHS,
    "mnemonic": MNEMONICS,
    "lines": LINES,
    "control": CONTROLS,
    "terminal": SEQUENCES,
    "invisible": INVISIBLE,
    "broken": BROKEN,
    "composed": COMPOSED + tuple(unicodedata.normalize("NFD", one) for one in COMPOSED),
    "astral": ASTRAL,
    "flood": FLOODS,
    "script": SCRIPTS,
}


@cache
def hostile() -> tuple[tuple[str, str], ...]:
    """Kind and text of each; every text once."""
    return tuple({text: (kind, text) for kind, text in _made()}.values())


@cache
def texts() -> tuple[str, ...]:
    """The texts alone."""
    return tuple(text for _kind, text in hostile())


@cache
def keepable(*, one_line: bool = False, longest: int = 500) -> tuple[str, ...]:
    """Those that are not refused: what comes back is what went in."""
    from mediation_desk.shared.errors import InputError
    from mediation_desk.shared.text import canonical

    found = []
    for text in texts():
        try:
            plain = canonical(text, "文字", multiline=not one_line, longest=longest)
        except InputError:
            continue
        if plain == text and plain.strip() == plain:
            found.append(text)
    return tuple(found)


def _made() -> Iterator[tuple[str, str]]:
    for kind, parts in KINDS.items():
        whole = kind == "flood"
        for part, place in product(parts, PLACES[:1] if whole else PLACES):
            yield kind, place.replace("{}", part)
