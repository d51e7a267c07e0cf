"""How long a scan takes on its way into a case, page by page, beside decoding and writing the same pages alone."""

from __future__ import annotations

import io
import tempfile
import time
from pathlib import Path

from PIL import Image

from mediation_desk.documents.scanning.batch import Batch
from tests.documents.scanned import jpeg, pdf_of, written_page

PAGES = 10
KINDS = ("photographs", "one PDF")


def run() -> None:
    """Print seconds per page for photographs of 12 megapixels and for a PDF of pictures."""
    with tempfile.TemporaryDirectory() as folder:
        photo = Path(folder) / "a.jpg"
        photo.write_bytes(jpeg(written_page().resize((3000, 4000)).rotate(2, fillcolor="white")))
        stack = Path(folder) / "b.pdf"
        stack.write_bytes(pdf_of([written_page()] * PAGES))
        Batch(photo, Path(folder)).close()  # the worker is there from now on
        for kind, path, pages in ((KINDS[0], photo, 1), (KINDS[1], stack, PAGES)):
            start = time.monotonic()
            Batch(path, Path(folder)).close()
            print(f"{kind}: {(time.monotonic() - start) / pages:.2f} s a page")
        start = time.monotonic()
        with Image.open(photo) as picture:
            picture.convert("L").resize((1800, 2400)).save(io.BytesIO(), "JPEG", quality=80)
        print(f"decoding, shrinking and writing one photograph alone: {time.monotonic() - start:.2f} s")


if __name__ == "__main__":
    run()
