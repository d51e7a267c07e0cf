"""Open the storage of one program start: place, engine, schema."""

from __future__ import annotations

from pathlib import Path

from db.engine import open_engine
from db.errors import MISSING, UNOPENABLE, translated
from db.migrate import upgrade
from db.outcome import forget_units
from db.unit_of_work import Storage
from mediation_desk.settings import Settings
from mediation_desk.shared.errors import StorageError


def open_storage(settings: Settings, *, create: bool = True) -> Storage:
    """The database of ``settings``, created (unless ``create`` is false) or upgraded where needed.

    A data folder is created with it, the folder of a database named by address is not. Raises StorageError
    for whatever stands in the way: missing, foreign, newer, read-only, full, unreachable.
    """
    if settings.database is not None:
        _require_place(settings, settings.database, create)
    with translated():
        engine = open_engine(settings)
        try:
            upgrade(engine, settings.backups, practice=settings.practice)
            with engine.begin() as connection:
                forget_units(connection)
        except BaseException:
            engine.dispose()
            raise
    return Storage(engine)


def _require_place(settings: Settings, database: Path, create: bool) -> None:
    if not database.exists() and not create:
        raise StorageError(MISSING.format(file=database))
    if settings.own_folder:
        settings.prepare()
    elif not database.parent.is_dir():
        raise StorageError(UNOPENABLE)
