"""Sealed files: every change is noticed (R6, short form), and without the key there is nothing to read."""

from __future__ import annotations

import io
import random

import pytest

from benchmarks.reliability.sealed_files import flipped, noticed
from mediation_desk.shared.sealed_file import CHUNK, HEADER, Broken, Sealer, Unsealed, seal, unseal

KEY = random.Random(1).randbytes(32)
PIECE = CHUNK + 16


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK])
def test_what_was_sealed_comes_back_and_says_nothing_meanwhile(size: int) -> None:
    data = random.Random(size).randbytes(size)
    sealed = seal(data, KEY)
    assert unseal(sealed, KEY) == data
    assert len(sealed) == HEADER + size + 16 * max(1, -(-size // CHUNK))
    assert size < 2 or data[:20] not in sealed
    assert seal(data, KEY) != sealed, "nobody sees that two files are the same"


def test_pieces_of_any_size_make_the_same_file_and_it_is_read_from_any_place() -> None:
    data, target = random.Random(2).randbytes(3 * CHUNK + 5), io.BytesIO()
    sealer, chance, at = Sealer(target, KEY), random.Random(3), 0
    while at < len(data):
        step = chance.randrange(1, 2 * CHUNK)
        sealer.write(data[at : at + step])
        at += step
    sealer.finish()
    opened = io.BufferedReader(Unsealed(target, KEY))
    for place in (3 * CHUNK - 7, 0, len(data) - 3):
        opened.seek(place)
        assert opened.read(40) == data[place : place + 40]


def test_every_flipped_bit_is_noticed() -> None:
    assert noticed(200) == 200
    plain = random.Random(4).randbytes(5000)
    assert flipped(plain, 77) != plain, "the control: without a seal nothing would tell"


def _three() -> tuple[bytes, bytes, list[bytes]]:
    sealed = seal(random.Random(5).randbytes(3 * CHUNK), KEY)
    body = sealed[HEADER:]
    return sealed, sealed[:HEADER], [body[at : at + PIECE] for at in range(0, len(body), PIECE)]


def test_chunks_cut_off_swapped_left_out_doubled_or_of_another_file_are_refused() -> None:
    sealed, head, (one, two, three) = _three()
    _, other_head, (strange, _two, last) = _three()
    assert other_head != head
    for spoilt in (
        [one, two], [one], [], [one, three], [two, three], [two, one, three], [one, one, two, three],
        [one, two, three, three], [one, two, three, strange], [strange, two, three], [one, two, last],
        [one, two, three, b"x"], [one, two, three[:-1]], [one, two, b"x" * 7],
    ):  # fmt: skip
        with pytest.raises(Broken):
            unseal(head + b"".join(spoilt), KEY)
    with pytest.raises(Broken):
        Unsealed(io.BytesIO(sealed[:-PIECE]), KEY)  # told before anything of it is used
    for short in (b"", sealed[:7], sealed[:HEADER], b"TJTSEAL\x02" + sealed[8:]):
        with pytest.raises(Broken):
            unseal(short, KEY)


def test_another_key_and_another_label_open_nothing_and_say_so() -> None:
    sealed = seal("张三的身份证".encode(), KEY, b"scan-1")
    for key, label in ((bytes(32), b"scan-1"), (KEY, b"scan-2"), (KEY, b"")):
        with pytest.raises(Broken, match="密钥不对，或者文件被改动"):
            unseal(sealed, key, label)
