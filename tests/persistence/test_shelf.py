"""Files on a server stand where every counter finds them, whole or not at all; a folder keeps the same promises."""

from __future__ import annotations

import io
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from db.backups.dumps import opened
from db.dumping import restore_dump, write_dump
from db.engine import open_engine
from db.shelf import shelf_of
from db.unit_of_work import Storage
from mediation_desk.cases.destroying.files import remove_files
from mediation_desk.cases.destroying.ports import Places
from mediation_desk.documents.scanning.thumbnails import Thumbnails
from mediation_desk.shared.errors import DeskError, InputError, StorageError
from mediation_desk.shared.file_store import PIECE, FileStore
from mediation_desk.shared.operation import operation
from mediation_desk.shared.resealing import reseal, seal_clear_files
from mediation_desk.shared.shelf import FolderShelf, Shelf
from tests.conftest import postgres_database

KEY, OTHER = random.Random(1).randbytes(32), random.Random(2).randbytes(32)
WORDS = "张三，11010119900307758X".encode() * 60_000  # more than one piece


@pytest.fixture
def shelf(storage: Storage, tmp_path: Path) -> Shelf:
    return shelf_of(storage) or FolderShelf(tmp_path / "attachments")


@pytest.fixture
def served(cluster: str, postgres_template: str) -> Iterator[Storage]:
    """A centre on a server."""
    for url in postgres_database(cluster, postgres_template):
        storage = Storage(open_engine(url))
        yield storage
        storage.close()


def counter(storage: Storage, folder: Path, key: bytes | None = KEY) -> FileStore:
    return FileStore(folder / "attachments", lambda: key, shared=shelf_of(storage))


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE + 17])
def test_what_stands_there_is_read_from_any_place_on(shelf: Shelf, tmp_path: Path, size: int) -> None:
    data, chance = random.Random(size).randbytes(size), random.Random(3)
    (tmp_path / "attachments").mkdir()
    made = tmp_path / "attachments" / "made"
    made.write_bytes(data)
    shelf.give(made, "ab1.sealed")
    assert shelf.names() == ("ab1.sealed",)
    with shelf.open("ab1.sealed") as stream:
        assert stream.read() == data
        assert stream.seek(0, io.SEEK_END) == size
        for _turn in range(40):
            begin, length = chance.randint(0, size), chance.choice((1, 7, PIECE + 16))
            stream.seek(begin)
            assert stream.read(length) == data[begin : begin + length]
    assert shelf.remove("ab1.sealed")
    assert not shelf.remove("ab1.sealed")
    assert not shelf.holds("ab1.sealed")
    with pytest.raises(FileNotFoundError):
        shelf.open("ab1.sealed")


def test_what_one_counter_takes_in_the_other_reads(served: Storage, tmp_path: Path) -> None:
    here, there = (counter(served, tmp_path / name) for name in "ab")
    kept = here.put_bytes(WORDS)
    assert there.is_whole(kept.sha256)
    assert there.read(kept.sha256) == WORDS
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [], "neither keeps one for itself"
    assert not counter(served, tmp_path, OTHER).holds(kept.sha256)
    assert there.put_bytes(WORDS) == kept
    (name,) = served_names(served)
    assert WORDS[:40] not in taken_off(served, name)


def test_files_a_counter_had_before_are_still_read(served: Storage, tmp_path: Path) -> None:
    kept = FileStore(tmp_path / "attachments", lambda: KEY).put_bytes(WORDS)
    assert counter(served, tmp_path).read(kept.sha256) == WORDS


def test_cut_off_in_the_midst_nothing_stands_there(served: Storage, tmp_path: Path) -> None:
    store = counter(served, tmp_path)
    seen = list[str]()

    def cut(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        seen.append(statement)
        if sum("INSERT INTO file_pieces" in one for one in seen) == 2:
            raise OSError(5, "the wire")

    engine: Engine = served.engine
    event.listen(engine, "before_cursor_execute", cut)
    with pytest.raises((OSError, DeskError)):
        store.put_bytes(WORDS)
    event.remove(engine, "before_cursor_execute", cut)
    assert served_names(served) == ()
    assert store.put_bytes(WORDS).size == len(WORDS)
    assert len(served_names(served)) == 1


def test_a_file_is_no_part_of_the_act_that_brings_it(served: Storage, tmp_path: Path) -> None:
    """An act that is tried again after a lost answer may bring its file again."""
    store = counter(served, tmp_path)
    with operation("the act"):
        for _try in range(2):
            store.put_bytes(WORDS)
            with served.write() as work:
                assert work.once("the act") is (_try == 0)


def test_another_key_and_destruction_reach_the_server(served: Storage, tmp_path: Path) -> None:
    clear = counter(served, tmp_path, None).put_bytes(b"of before")
    store = counter(served, tmp_path)
    kept = store.put_bytes(WORDS)
    assert seal_clear_files(store) == 1
    assert reseal(store, KEY, OTHER) == ()
    after = counter(served, tmp_path, OTHER)
    assert all(after.is_whole(one.sha256) for one in (clear, kept))
    assert not store.holds(kept.sha256)

    places = Places(files=after, thumbnails=tmp_path / "t", papers=tmp_path / "p", backups=tmp_path / "b")
    assert remove_files(places, [f"content:{kept.sha256}"]) == 1
    assert remove_files(places, [f"content:{kept.sha256}"]) == 0
    with pytest.raises(InputError, match="不在文件库里"):
        after.read(kept.sha256)
    assert after.holds(clear.sha256)


def test_pictures_of_what_another_counter_destroyed_go(served: Storage, tmp_path: Path) -> None:
    here, there = (counter(served, tmp_path / name) for name in "ab")
    gone, kept = (here.put_bytes(data).sha256 for data in (WORDS, b"stays"))
    small = Thumbnails(tmp_path / "b" / "thumbnails", there)
    for sha256 in (gone, kept):
        small.keep(sha256, 0, 320, b"picture")
    here.remove(here.name(gone))
    small.drop_gone()
    assert small.get(gone, 0, 320) is None
    assert small.get(kept, 0, 320) == b"picture"


def test_a_copy_of_the_server_has_them(served: Storage, cluster: str, tmp_path: Path) -> None:
    kept = counter(served, tmp_path, None).put_bytes(WORDS)
    copy = write_dump(served.engine, tmp_path / "backups", None)
    with opened(copy, None) as (manifest, _dump):
        assert manifest.attachments == 1, "of two pieces"
    for url in postgres_database(cluster, "template0"):
        again = Storage(open_engine(url))
        restore_dump(again.engine, copy, None)
        assert counter(again, tmp_path / "new", None).read(kept.sha256) == WORDS
        again.close()


def test_a_server_that_is_away_is_no_damaged_file(served: Storage, tmp_path: Path) -> None:
    store = counter(served, tmp_path)
    kept = store.put_bytes(WORDS)

    def away(*_given: object) -> None:
        raise StorageError("away")

    event.listen(served.engine, "before_cursor_execute", away)
    with pytest.raises(StorageError):
        store.is_whole(kept.sha256)
    event.remove(served.engine, "before_cursor_execute", away)
    assert store.is_whole(kept.sha256)


def served_names(storage: Storage) -> tuple[str, ...]:
    shelf = shelf_of(storage)
    assert shelf is not None
    return shelf.names()


def taken_off(storage: Storage, name: str) -> bytes:
    shelf = shelf_of(storage)
    assert shelf is not None
    with shelf.open(name) as stream:
        return stream.read()
