"""The gate: one name and one password in, the data key out; tries counted before they are judged (S3)."""

from __future__ import annotations

from datetime import datetime

from mediation_desk.access.accounts.cost import FLOOR, Cost, Derive, calibrated, demanded
from mediation_desk.access.accounts.passwords import normal
from mediation_desk.access.accounts.ports import AccountStorage, AccountWork, Keys
from mediation_desk.access.accounts.rules import access_rules
from mediation_desk.access.accounts.tries import Ticker, TooManyTries, Tries, next_try, who
from mediation_desk.access.accounts.wrapping import RECOVERY, Wrap, decoy, unwrap
from mediation_desk.access.actor import PROGRAM
from mediation_desk.shared.clock import Clock
from mediation_desk.shared.errors import PermissionDenied
from mediation_desk.shared.record import record

WRONG = "账号或口令不对，或者账号已经停用。"
WRONG_CODE = "恢复码不对，或者已经用过。"


@record
class Opened:
    """The wrap a password opened, and what was in it."""

    key: bytes
    wrap: Wrap


class Gate:
    """Judges passwords. It never says whether the name or the password was wrong, neither in words nor in time.

    It knows the keys alone: an encrypted database cannot be read yet.
    """

    def __init__(self, storage: AccountStorage, clock: Clock, derive: Derive, ticker: Ticker) -> None:
        self._storage = storage
        self._clock = clock
        self.derive = derive
        self._ticker = ticker

    def opened(self, name: str, secret: str, wrong: str = WRONG) -> Opened:
        """What ``secret`` opens. Raises ``TooManyTries``, and ``PermissionDenied`` saying ``wrong``.

        The try is on record before it is judged: a program that is killed meanwhile, or many at once, gain nothing.
        """
        now = self._clock()
        wrapped, cost = self._counted(name)
        key = unwrap(wrapped or decoy(cost, now), normal(secret), self.derive)
        if key is None or wrapped is None:
            with self._storage.door() as keys:
                keys.refuse(who(name), now)
            if self._storage.is_open:
                with self._storage.write(PROGRAM) as work:
                    record_refusals(work, now)
            raise PermissionDenied(wrong)
        return Opened(key=key, wrap=wrapped)

    def _counted(self, name: str) -> tuple[Wrap | None, Cost]:
        with self._storage.door() as keys:
            before = keys.tries(who(name))
            tries, left = next_try(before, keys.tick() or self._ticker(), access_rules().tries)
            self._count(keys, name, before, tries)
            wrapped, cost = keys.wrap(name), cost_of(keys)
        if left:
            raise TooManyTries(left)
        return wrapped, cost

    @staticmethod
    def _count(keys: Keys, name: str, before: Tries | None, tries: Tries) -> None:
        if tries != before:
            keys.keep_tries(who(name), tries)

    def calibrated(self) -> Cost:
        """What a password is to cost on this machine."""
        return calibrated(self.derive)


def cost_of(keys: Keys) -> Cost:
    """What a password costs in this centre: as much as the recovery code, which is made anew most rarely.

    Raises ``RuleError`` where somebody lowered it below the floor.
    """
    sheet = keys.wrap(RECOVERY)
    return demanded(sheet.cost) if sheet else FLOOR


def record_refusals(work: AccountWork, now: datetime) -> None:
    """Put refused tries on record, those that had to wait too; names only where such an account exists."""
    refusals = work.keys.take_refusals()
    known = {who(one.name): one.name for one in work.accounts.all()} if refusals else {}
    for one in refusals:
        details: dict[str, object] = {"account": known[one.who]} if one.who in known else {}
        if one.at != now:
            details["tried_at"] = one.at.isoformat()
        work.audit.write(at=now, account=PROGRAM.account, action="account.refused", details=details)
