"""Open the storage of one program start: place, engine, schema."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

from db.alone import enter, exclusive, leave
from db.engine import open_engine
from db.errors import MISSING, UNOPENABLE, translated
from db.migrate import HEAD, check_version, upgrade
from db.places import require_good_place
from db.unit_of_work import Storage
from mediation_desk.settings import Settings
from mediation_desk.shared.assets import use_rules_in
from mediation_desk.shared.errors import StorageError


def open_storage(settings: Settings, *, create: bool = True) -> Storage:
    """The database of ``settings``, created (unless ``create`` is false) or upgraded where needed.

    From now on the centre's own rules hold. A data folder is created with it, the folder of a database named by
    address is not. Raises StorageError for whatever stands in the way: missing, foreign, newer, read-only, full,
    unreachable, on a network drive or in a sync folder, taken alone by another program.
    """
    use_rules_in(settings.folder / "rules")
    database = settings.database
    if database is not None:
        _require_place(settings, database, create)
    with translated():
        engine = open_engine(settings)
        enter(database)
        try:
            older = check_version(engine) not in (None, HEAD)
            with exclusive(settings) if older else nullcontext():
                upgrade(engine, settings.backups, practice=settings.practice)
        except BaseException:
            engine.dispose()
            leave(database)
            raise
    return Storage(engine, lambda: leave(database))


def _require_place(settings: Settings, database: Path, create: bool) -> None:
    if not database.exists() and not create:
        raise StorageError(MISSING.format(file=database))
    if not settings.practice:
        require_good_place(database.parent)
    if settings.own_folder:
        settings.prepare()
    elif not database.parent.is_dir():
        raise StorageError(UNOPENABLE)
