"""The only translation of database exceptions: what the user can do something about becomes a sentence.

Neither values nor the server's DETAIL text ever get into a message: they hold names and identity numbers.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, PendingRollbackError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from db.statement_bug import StatementBug, bug_of
from mediation_desk.shared.errors import AwayError, BookedError, ConflictError, DeskError, StorageError

FULL = "磁盘已满，内容没有保存。请腾出空间后重试，已填写的内容不会丢失。"
READ_ONLY = "数据库所在的磁盘或文件是只读的，内容没有保存。"
BUSY = "数据库正被另一个程序占用，内容没有保存。请稍后重试。"
UNOPENABLE = "打不开数据库：文件或文件夹不存在，或没有权限。"
NO_WAL = "数据库不能放在这个磁盘上（例如网络盘），请改用本机磁盘。"
MISSING = "数据库文件不存在：{file}。"
LOCKED = "数据是加密的，还没有人登录。"
KEYS_MISSING = (
    "“{file}”不是调解台的数据库；如果是加密的数据，那么它旁边的钥匙文件“{keys}”不见了，没有它任何口令都打不开，"
    "请从备份里找回同一天的一对文件。没有对它做任何改动。"
)
FOREIGN = "这个文件不是调解台的数据库（或已加密、已损坏），没有对它做任何改动。"
DAMAGED = "数据库文件已损坏，请停止写入并从最近的备份恢复。"
DISK = "读写磁盘时出错，内容没有保存。请检查磁盘。"
UNREACHABLE = "连接不上数据库服务器，或登录被拒绝：请检查网络、地址、库名、用户名和口令。"
UNPROVEN = (
    "数据库服务器没有证明自己的身份：它的证书不是所设的机构签发的、与主机名不符，或它没有开启加密连接。"
    "没有登录，也没有发送任何内容。请与信息中心核对。"
)
NOT_LISTED = (
    "服务器不让这台电脑用这个账号连接这个库：请数据库管理员在 pg_hba.conf 里加一行并重新加载。没有登录。"
)
REFUSED = "数据库服务器拒绝登录：请检查用户名、口令和权限。"
NO_DATABASE = "服务器上没有这个数据库，请先由管理员建立。"
AWAY = "与数据库服务器的连接断了，没有保存，写好的内容都还在。服务器恢复以后请再试一次。"
SILENT = "数据库服务器一直没有应答，没有保存，写好的内容都还在。服务器恢复以后请再试一次。"
UNCERTAIN = (
    "保存时数据库服务器没有回音，尚不能确认存上没有，写好的内容都还在。"
    "请不要另外重填；服务器恢复以后再试一次，会先查明再办，不会重复也不会遗漏。"
)
OUTDATED = (
    "数据库刚刚由另一台电脑上更新版本的调解台升级过，这个窗口不能再保存。"
    "写好的内容都还在，请升级程序后重新打开。"
)
TAKEN = "另一位工作人员刚刚登记了相同的编号或记录，请刷新后重试。"
COLLISION = "另一位工作人员同时在修改相同的记录，请刷新后重试。"
OVERLAPPING = "这间调解室或者参加人的这段时间刚刚被占用，没有保存。请刷新后另选时间。"
OTHER = "数据库暂时不能完成这一操作，内容没有保存。请重试。"

SQLITE_WORDS = {  # primary result codes, https://sqlite.org/rescode.html
    5: BUSY,
    6: BUSY,
    8: READ_ONLY,
    10: DISK,
    11: DAMAGED,
    13: FULL,
    14: UNOPENABLE,
    23: REFUSED,
    26: FOREIGN,
}
POSTGRES_WORDS = {  # SQLSTATE, whole or its class, https://www.postgresql.org/docs/15/errcodes-appendix.html
    "08": UNREACHABLE,
    "25006": READ_ONLY,
    "28": REFUSED,
    "3D000": NO_DATABASE,
    "42501": REFUSED,
    "53100": FULL,
    "53": OTHER,
    "55P03": BUSY,
    "57": AWAY,
    "58": DISK,
    "XX": DAMAGED,
}
NOT_LISTED_WORDS = ("pg_hba.conf",)
UNPROVEN_WORDS = ("certificate", "server does not support SSL")  # libpq's, before it logs in
AWAY_WORDS = {AWAY, SILENT, UNREACHABLE}
COLLISIONS = {"40001", "40P01"}
UNIQUE = "23505"  # unique_violation; SQLite's driver gives the plain SQLITE_CONSTRAINT and a fixed sentence
SQLITE_UNIQUE = "UNIQUE constraint failed"
OVERLAP = "23P01"  # exclusion_violation
SQLITE_OVERLAP = "no_overlap_bookings"  # what the triggers of db.tables.bookings say


@contextmanager
def translated() -> Iterator[None]:
    """Turn database exceptions of the block into DeskErrors; anything else passes through."""
    try:
        yield
    except SQLAlchemyError as error:
        found = translate(error)
        _silence(error)  # Python keeps it chained to the new one, where a crash report would find it
        raise found from None


def translate(error: SQLAlchemyError) -> DeskError | StatementBug:
    """The DeskError for ``error``; a StatementBug where the program itself is at fault."""
    if isinstance(error, PoolTimeout):
        return StorageError(BUSY)
    if isinstance(error, PendingRollbackError):
        return StorageError(OTHER)  # an error before this one had ended the unit
    if not isinstance(error, DBAPIError):
        return bug_of(error, code_of(getattr(error, "orig", None)))
    code = code_of(error.orig)
    if code == UNIQUE or str(error.orig).startswith(SQLITE_UNIQUE):
        return ConflictError(TAKEN)
    if is_overlap(error):
        return BookedError(OVERLAPPING)
    if code in COLLISIONS:
        return ConflictError(COLLISION)
    sentence = _sentence(error, code)
    if not sentence:
        return bug_of(error, code)
    return AwayError(sentence) if sentence in AWAY_WORDS else StorageError(sentence)


def is_overlap(error: DBAPIError) -> bool:
    """Whether the database refused to take a room or somebody twice."""
    return code_of(error.orig) == OVERLAP or str(error.orig).startswith(SQLITE_OVERLAP)


def code_of(driver_error: BaseException | None) -> int | str:
    """SQLite's result code or PostgreSQL's SQLSTATE; "" where the driver gives none."""
    found = getattr(driver_error, "sqlite_errorcode", None) or getattr(driver_error, "sqlstate", None)
    return found if isinstance(found, int | str) else ""


def _sentence(error: DBAPIError, code: int | str) -> str:
    if isinstance(code, int):
        return SQLITE_WORDS.get(code & 0xFF, "")
    known = POSTGRES_WORDS.get(code) or POSTGRES_WORDS.get(code[:2])
    if known:
        return known
    if not code:
        said = str(error.orig)
        for words, sentence in ((NOT_LISTED_WORDS, NOT_LISTED), (UNPROVEN_WORDS, UNPROVEN)):
            if any(one in said for one in words):
                return sentence
    if type(error.orig).__name__ in ("SilentServer", "ConnectionTimeout"):
        return SILENT
    if error.connection_invalidated:
        return AWAY
    if not code and type(error.orig).__name__ == "OperationalError":
        return UNREACHABLE  # psycopg reports a failed connect without SQLSTATE
    return ""


def _silence(error: SQLAlchemyError) -> None:
    """Take the texts out of ``error`` and of the driver's error inside it."""
    for found in (error, getattr(error, "orig", None)):
        if found is not None:
            found.args = (type(found).__name__,)
