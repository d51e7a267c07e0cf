"""Where this start of the program keeps its data: the folder and the database chosen on the command line."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from mediation_desk.shared.errors import InputError, StorageError

DATABASE_NAME = "desk.db"
KEYS_SUFFIX = ".keys"
KEYS_NAME = "desk.keys"
ATTACHMENTS_NAME = "attachments"
ADDRESS_NAME = "server.address"  # in the data folder: where the centre is, when it is on a server
PRACTICE = "practice"  # the folder of the practice centre, and the note in a database that is one
SERVERS = ("postgresql", "postgresql+psycopg", "postgres")


@dataclass(frozen=True, slots=True)
class Settings:
    """One start's places.

    folder: the data folder; papers, backups and logs lie below it.
    database: file of the embedded database, or None where a server is used.
    server: address of the PostgreSQL server, "" where the embedded database is used; may hold a password and
    is therefore kept out of ``repr``.
    own_folder: whether the folder is the desk's own (to be created), not merely where a named file lies.
    practice: whether a practice centre is meant: a database created here is marked as one for good.
    """

    folder: Path
    database: Path | None
    server: str = field(default="", repr=False)
    own_folder: bool = True
    practice: bool = False

    @property
    def papers(self) -> Path:
        """Folder of the printed papers."""
        return self.folder / "papers"

    @property
    def backups(self) -> Path:
        """Folder of the copies made before upgrades and on demand."""
        return self.folder / "backups"

    @property
    def attachments(self) -> Path:
        """Folder of scans and of the files behind evidence."""
        return self.folder / ATTACHMENTS_NAME

    @property
    def thumbnails(self) -> Path:
        """Folder of small pictures of scans; may be emptied at any time."""
        return self.folder / "thumbnails"

    @property
    def written(self) -> tuple[Path, ...]:
        """Every folder the desk itself writes files in."""
        return (self.folder, self.papers, self.backups, self.attachments, self.thumbnails)

    @property
    def keys(self) -> Path:
        """File with the wrapped keys of an encrypted database, beside it."""
        return (self.database or self.folder / DATABASE_NAME).with_suffix(KEYS_SUFFIX)

    @property
    def practising(self) -> Settings:
        """The places of the practice centre that belongs to these: a folder and a file of its own."""
        folder = self.folder / PRACTICE
        return Settings(folder, folder / DATABASE_NAME, practice=True)

    def prepare(self) -> None:
        """Create the data folder, open to its owner only; raise StorageError where that is not possible."""
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            sentence = f"无法建立数据文件夹“{self.folder}”：请检查路径和权限。"
            raise StorageError(sentence) from error


def resolve(data: Path | None = None, database: str = "", *, practice: bool = False) -> Settings:
    """Settings for ``--data DIR`` or ``--database URL``; with neither, the user's own data folder.

    A folder that holds the address of a server (one line, without a password) means the centre there. A practice
    centre without a place of its own lies beside the user's real one, never in it.

    ``database`` may be ``sqlite:///FILE`` or ``postgresql://USER:PASSWORD@HOST/NAME``. Raises InputError for
    both at once and for any other address; the message never repeats the address, it may hold a password.
    """
    if data is not None and database:
        raise InputError("--data 与 --database 只能给出一个。", field="--database")
    if not database:
        folder = (data or _user_folder()).expanduser().absolute()
        if not practice and (address := _address_in(folder)):
            return Settings(folder, None, address)
        own = Settings(folder, folder / DATABASE_NAME, practice=practice)
        return own.practising if practice and data is None else own
    parts = urlsplit(database)
    if parts.scheme == "sqlite" and parts.path.strip("/") and not parts.netloc:
        file = Path(database.removeprefix("sqlite:///")).expanduser().absolute()
        return Settings(file.parent, file, own_folder=False, practice=practice)
    if _is_server(database):
        return Settings(_user_folder(), None, database, practice=practice)
    raise InputError(
        "数据库地址应形如 sqlite:///文件 或 postgresql://用户:口令@主机/库名。", field="--database"
    )


def _is_server(address: str) -> bool:
    parts = urlsplit(address)
    return parts.scheme in SERVERS and bool(parts.path.strip("/"))


def _address_in(folder: Path) -> str:
    file = folder / ADDRESS_NAME
    try:
        address = file.read_text("utf-8-sig").strip()
    except FileNotFoundError:
        return ""
    except (OSError, ValueError):
        address = ""
    if not _is_server(address) or len(address.split()) != 1:
        sentence = (
            f"“{file}”里应当只有一行服务器的地址，如 postgresql://desk_app@主机/库名。请改正，或者把它拿开。"
        )
        raise InputError(sentence, field="--database")
    return address


def keep_private() -> None:
    """From now on every file this process creates is readable by its owner only; called once, at start."""
    os.umask(0o077)


def _user_folder() -> Path:
    import platformdirs

    return platformdirs.user_data_path("mediation-desk", appauthor=False)
