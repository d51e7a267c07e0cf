"""校验码: the version of an agreement's words, short enough to be read over the telephone and typed again.

It is printed at the foot, outside the words it is made from. Two of its twelve characters only prove the other ten, so
that a slip of the pen is told apart from another paper.
"""

from __future__ import annotations

import base64
import hashlib
import re

from mediation_desk.documents.content import Mark, Paper
from mediation_desk.shared.errors import InputError

WORD = "校验码"
CODED = frozenset({"agreement", "oral"})
"""Keys of the forms whose papers carry one."""
IN_TEXT = re.compile(WORD + r"\s*([A-Z2-7]{4}-[A-Z2-7]{4}-[A-Z2-7]{4})")
_ALIKE = str.maketrans("０１018", "OIOIB", "-－—–_ 　\t")
_LENGTH, _PROOF, _GROUP = 12, 2, 4


def check_code(mark: Mark | None) -> str:
    """``ABCD-EFGH-JKLM`` for the papers that carry one, else ""."""
    if mark is None or mark.form not in CODED:
        return ""
    whole = mark.version + _proof(mark.version)
    return "-".join(whole[start : start + _GROUP] for start in range(0, _LENGTH, _GROUP))


def foot_words(paper: Paper) -> str:
    """What stands in small print at the foot: the code of the words, and where the audit trail stood that day."""
    code = check_code(paper.mark)
    if not code:
        return ""
    return f"{WORD} {code}　{paper.anchor}" if paper.anchor else f"{WORD} {code}"


def version_in(code: str) -> str:
    """The version a typed code means; small letters, other dashes and 0 for O are understood.

    Raises ``InputError`` for what cannot be a code of ours, a slip of one character included.
    """
    plain = code.strip().removeprefix(WORD).upper().translate(_ALIKE)
    if not re.fullmatch(f"[A-Z2-7]{{{_LENGTH}}}", plain):
        raise InputError("校验码是12个字母和数字，如 ABCD-EFGH-JKLM，请照纸上的再写一遍。", field="code")
    version, proof = plain[:-_PROOF], plain[-_PROOF:]
    if proof != _proof(version):
        raise InputError("校验码有一位写错了，请照纸上的再核对一遍。", field="code")
    return version


def _proof(version: str) -> str:
    return base64.b32encode(hashlib.sha256(f"{WORD}{version}".encode()).digest()).decode()[:_PROOF]
