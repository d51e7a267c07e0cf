"""Open the storage of one program start: place, engine, schema."""

from __future__ import annotations

from pathlib import Path

from db.alone import enter, leave
from db.engine import open_engine, open_vault
from db.errors import MISSING, UNOPENABLE, translated
from db.migrate import upgrade
from db.outcome import forget_units
from db.places import require_good_place
from db.unit_of_work import Storage
from db.vault import Vault
from mediation_desk.settings import Settings
from mediation_desk.shared.assets import use_rules_in
from mediation_desk.shared.errors import StorageError


def open_storage(settings: Settings, *, create: bool = True) -> Storage:
    """The database of ``settings``, created (unless ``create`` is false) or upgraded where needed.

    An encrypted one is opened, and only then created or upgraded, when somebody signs in (see ``Storage.unlock``).
    From now on the centre's own rules hold. A data folder is created with it, the folder of a database named by
    address is not. Raises StorageError for whatever stands in the way: missing, foreign, newer, read-only, full,
    unreachable, on a network drive or in a sync folder, taken alone by another program.
    """
    use_rules_in(settings.folder / "rules")
    database = settings.database
    if database is not None:
        _require_place(settings, database, create)
    storage = _opened(settings)
    storage.on_close = lambda: leave(database)
    return storage


def _opened(settings: Settings) -> Storage:
    if settings.database is not None and (not settings.practice or settings.keys.exists()):
        return _open_real(Vault(settings.database, settings.keys), settings.backups)
    with translated():
        engine = open_engine(settings)
        enter(settings.database)  # only now: no lock is put beside a stranger's file
        try:
            upgrade(engine, settings.backups, practice=settings.practice)
            with engine.begin() as connection:
                forget_units(connection)
        except BaseException:
            engine.dispose()
            leave(settings.database)
            raise
    return Storage(engine)


def _open_real(vault: Vault, backups: Path) -> Storage:
    """A real centre on the embedded database; one from before encryption is still clear, and so is its door."""
    vault.require_pair()
    with translated():
        engine = open_vault(vault)

        def prepare() -> None:
            upgrade(engine, backups, key=vault.key)

        enter(vault.file)
        storage = Storage(engine, vault, prepare)
        try:
            if vault.sealed:
                storage.make_door()
            else:
                prepare()
            return storage if vault.sealed or not storage.practice else Storage(engine)
        except BaseException:
            storage.close()
            leave(vault.file)
            raise


def _require_place(settings: Settings, database: Path, create: bool) -> None:
    if not create and not database.exists() and not settings.keys.exists():
        raise StorageError(MISSING.format(file=database))
    if not settings.practice:
        require_good_place(database.parent)
    if settings.own_folder:
        settings.prepare()
    elif not database.parent.is_dir():
        raise StorageError(UNOPENABLE)
