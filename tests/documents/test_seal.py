"""The centre's digital seal: what it binds, what breaks it, what it refuses, and that it asks no network."""

from __future__ import annotations

import functools
import io
import socket
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pikepdf
import pytest
from pyhanko.pdf_utils.generic import NumberObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from mediation_desk.documents import service
from mediation_desk.documents.sealing.pdfa import to_pdfa
from mediation_desk.documents.sealing.seal import open_certificate, seal
from mediation_desk.documents.sealing.signatures import signatures
from mediation_desk.documents.sealing.trust import trusted_roots
from mediation_desk.shared.errors import InputError
from tests.documents.archive_validator import judged, needs_validator
from tests.documents.certificate import NAME, PASSWORD, made
from tests.documents.dispute import case
from tests.documents.reading import pdf_text


def _now() -> datetime:
    return datetime.now(UTC)


def _sealed_again(pdf: bytes) -> bytes:
    certificate = open_certificate(made()[0], PASSWORD, _now())
    return seal(pdf, certificate, reason="调解协议书归档", place="云川市", now=_now())


@functools.cache
def _plain() -> bytes:
    return to_pdfa(service.preview_pdf(case(), "agreement"))


@functools.cache
def _sealed() -> bytes:
    return _sealed_again(_plain())


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object, **_kw: object) -> None:
        raise AssertionError("a seal asked the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def test_a_sealed_paper_says_who_sealed_it_and_is_whole() -> None:
    (state,) = signatures(_sealed())
    assert (state.name, state.whole, state.trusted, state.stamped) == (NAME, True, False, False)
    assert state.reason == "调解协议书归档"
    assert state.at is not None
    assert _sealed().startswith(_plain())


def test_it_is_trusted_where_the_centre_trusts_its_root(tmp_path: Path) -> None:
    (tmp_path / "root.pem").write_bytes(made()[1])
    (tmp_path / "damaged.pem").write_bytes(b"-----BEGIN CERTIFICATE-----\nnothing\n")
    (tmp_path / "notes.txt").write_text("x", encoding="utf-8")
    (state,) = signatures(_sealed(), trusted_roots(tmp_path))
    assert state.trusted
    assert trusted_roots(tmp_path / "nowhere") == ()


@pytest.mark.parametrize("place", [0.1, 0.35, 0.6])
def test_one_changed_byte_is_noticed(place: float) -> None:
    data = bytearray(_sealed())
    data[int(len(_plain()) * place)] ^= 1
    found = signatures(bytes(data))
    assert not any(state.whole for state in found)


def test_a_page_turned_behind_the_seal_is_noticed() -> None:
    writer = IncrementalPdfFileWriter(io.BytesIO(_sealed()))
    page = writer.root["/Pages"]["/Kids"][0]
    page["/Rotate"] = NumberObject(90)  # type: ignore[no-untyped-call]
    writer.update_container(page)
    changed = io.BytesIO()
    writer.write(changed)  # type: ignore[no-untyped-call]
    (state,) = signatures(changed.getvalue())
    assert not state.whole


def test_a_second_seal_leaves_the_first_one_whole() -> None:
    twice = _sealed_again(_sealed())
    assert [state.whole for state in signatures(twice)] == [True, True]
    with pytest.raises(InputError, match="没有地方"):
        _sealed_again(twice)


def test_the_seal_shows_words_and_no_round_stamp_and_leaves_the_pages_as_they_were() -> None:
    assert pdf_text(_sealed()) == pdf_text(_plain())
    with pikepdf.open(io.BytesIO(_sealed())) as file:
        (widget,) = file.pages[-1].Annots
        bottom, top = float(widget.Rect[1]), float(widget.Rect[3])
    assert top - bottom < 35
    assert top < 28 * 72 / 25.4


@needs_validator
def test_a_sealed_archive_file_is_still_valid_pdf_a(tmp_path: Path) -> None:
    assert judged({"sealed": _sealed(), "twice": _sealed_again(_sealed())}, tmp_path) == {
        "sealed": "",
        "twice": "",
    }


def test_a_wrong_password_another_file_and_an_old_certificate_are_refused() -> None:
    for data, password, at, said in (
        (made()[0], "错的", _now(), "密码不对"),
        (made()[1], PASSWORD, _now(), "不是证书文件"),
        (b"", PASSWORD, _now(), "不是证书文件"),
    ):
        with pytest.raises(InputError, match=said):
            open_certificate(data, password, at)
    for at in (_now() + timedelta(days=400), _now() - timedelta(days=3)):
        with pytest.raises(InputError, match="有效期"):
            open_certificate(made()[0], PASSWORD, at)


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4 broken", b"PK\x03\x04"])
def test_what_is_no_pdf_is_not_sealed(data: bytes) -> None:
    with pytest.raises(InputError, match="不能加盖"):
        _sealed_again(data)


def test_a_file_without_a_seal_has_none() -> None:
    assert signatures(_plain()) == ()
    assert signatures(b"not a pdf") == ()
