"""Whether a PDF is whole, open, and nothing but pages. Runs in the worker."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

from mediation_desk.shared.quarantine.refusal import Refused

_DAMAGED = "PDF损坏或者不完整，请重新扫描，或者用阅读器打开后另存一份"
_ACTIONS = {
    "/JavaScript": "脚本",
    "/Launch": "启动程序的动作",
    "/SubmitForm": "往外发送数据的动作",
    "/ImportData": "读取别的文件的动作",
    "/GoToE": "打开附件的动作",
    "/GoToR": "打开别的文件的动作",
    "/Rendition": "播放影音的动作",
    "/RichMedia": "影音",
    "/Movie": "影音",
    "/Sound": "影音",
    "/3D": "三维内容",
}
_KEYS = {"/JS": "脚本", "/XFA": "动态表单", "/EmbeddedFiles": "附件", "/EF": "附件", "/EmbeddedFile": "附件"}
_DEEPEST = 60
_LONGEST_SIDE = 14_400  # PDF's own largest page side, in points


def check_pdf(file: Path | BytesIO, limits: Mapping[str, Any]) -> int:
    """The number of its pages. Raises ``Refused``."""
    import pikepdf

    try:
        with pikepdf.open(file, attempt_recovery=False) as pdf:
            if pdf.is_encrypted:
                raise Refused("PDF加了密，请先去掉密码和权限限制")
            return _checked(pdf, limits)
    except pikepdf.PasswordError:
        raise Refused("PDF有打开密码，请先去掉密码") from None
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError, OverflowError):
        raise Refused(_DAMAGED) from None  # the library's ways of meeting what should not be there


def _checked(pdf: Any, limits: Mapping[str, Any]) -> int:
    count = len(pdf.pages)
    if count == 0:
        raise Refused("PDF里一页也没有")
    if count > limits["most_pages"]:
        raise Refused(f"PDF有{count}页，最多{limits['most_pages']}页")
    if len(pdf.objects) > limits["pdf_objects"]:
        raise Refused("PDF的内部结构过于庞大")
    for thing in pdf.objects:
        _search(thing, 0, limits)
    for no, page in enumerate(pdf.pages, start=1):
        left, low, right, high = (float(side) for side in page.mediabox)
        if not (1 <= abs(right - left) <= _LONGEST_SIDE and 1 <= abs(high - low) <= _LONGEST_SIDE):
            raise Refused(f"PDF第{no}页的纸张大小不对")
    if pdf.check_pdf_syntax():
        raise Refused(_DAMAGED)
    return count


def _search(thing: Any, depth: int, limits: Mapping[str, Any]) -> None:
    """Look through one object and what lies directly in it for anything that acts or hides."""
    import pikepdf

    if depth > _DEEPEST:
        raise Refused("PDF的内部结构嵌套过深")
    if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        for key, value in thing.items():
            _demand_harmless(key, value)
            _inside(value, depth, limits)
        if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == "/Image":
            pixels = int(thing.get("/Width", 0)) * int(thing.get("/Height", 0))
            if not 0 < pixels <= limits["most_pixels"]:
                raise Refused("PDF里有一张图片点数过多")
    elif isinstance(thing, pikepdf.Array):
        for value in thing:
            _inside(value, depth, limits)


def _demand_harmless(key: str, value: Any) -> None:
    import pikepdf

    found = _KEYS.get(key)
    if found is None and key in ("/S", "/Subtype", "/Type") and isinstance(value, pikepdf.Name):
        found = _ACTIONS.get(str(value)) or _KEYS.get(str(value))
    if found is not None:
        raise Refused(f"PDF里有{found}")


def _inside(value: Any, depth: int, limits: Mapping[str, Any]) -> None:
    import pikepdf

    if isinstance(value, pikepdf.Object) and not value.is_indirect:
        _search(value, depth + 1, limits)
