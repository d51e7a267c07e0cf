"""Whether a file may be opened as a workbook at all: its kind, its size, and how large it unpacks."""

from __future__ import annotations

import io
import zipfile
import zlib

from mediation_desk.shared.errors import InputError

LARGEST_FILE = 20 * 1024 * 1024
LARGEST_TEXT, LARGEST_WHOLE = 50 * 1024 * 1024, 150 * 1024 * 1024
MOST_PARTS = 5_000
_OLE, _ZIP = b"\xd0\xcf\x11\xe0", b"PK\x03\x04"
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".emf", ".wmf", ".tif", ".tiff")


def require_likely(data: bytes) -> None:
    """Raise ``InputError`` for what can be told without opening it: too large, of another kind."""
    if len(data) > LARGEST_FILE:
        raise InputError(f"文件超过{LARGEST_FILE // 1024 // 1024}兆，不像一份登记表，没有读。")
    if data.startswith(_OLE):
        raise InputError("这是旧格式（.xls）或者加了密码的工作簿，请在Excel里另存为不加密的.xlsx再导入。")
    if not data.startswith(_ZIP):
        raise damaged()


def require_workbook(data: bytes) -> None:
    """Raise ``InputError`` with one sentence unless ``data`` is a workbook of sensible size. Runs in the worker.

    What the entries claim to unpack to is what the library will get: reading stops there.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            _require_sensible(package)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as error:
        raise damaged() from error


def damaged() -> InputError:
    """For everything the library cannot make sense of."""
    return InputError("文件不是完好的.xlsx工作簿，请在Excel里打开、另存后再试。")


def _require_sensible(package: zipfile.ZipFile) -> None:
    parts = package.infolist()
    texts = [part for part in parts if not part.filename.lower().endswith(_PICTURES)]
    unpacked, whole = (sum(part.file_size for part in some) for some in (texts, parts))
    if len(parts) > MOST_PARTS or unpacked > LARGEST_TEXT or whole > LARGEST_WHOLE:
        raise InputError(f"工作簿展开后超过{LARGEST_TEXT // 1024 // 1024}兆，不像一份登记表，没有读。")
    if any(part.flag_bits & 1 for part in parts):
        raise InputError("工作簿加了密码，请去掉密码再导入。")
    for part in texts:
        with package.open(part) as stream:
            if b"<!DOCTYPE" in stream.read(2048).upper():
                raise InputError("工作簿里有不该有的定义（DOCTYPE），没有读。")
