"""The gate: one name and one password in, the data key out; tries counted before they are judged (S3)."""

from __future__ import annotations

from mediation_desk.access.accounts.cost import FLOOR, Cost, Derive, calibrated, demanded
from mediation_desk.access.accounts.model import Account
from mediation_desk.access.accounts.passwords import normal
from mediation_desk.access.accounts.ports import AccountStorage, AccountWork, Notes
from mediation_desk.access.accounts.rules import access_rules
from mediation_desk.access.accounts.tries import Ticker, TooManyTries, Tries, next_try, who
from mediation_desk.access.accounts.wrapping import RECOVERY, Wrap, decoy, unwrap
from mediation_desk.access.actor import PROGRAM
from mediation_desk.shared.clock import Clock
from mediation_desk.shared.errors import PermissionDenied
from mediation_desk.shared.record import record

COST = "access.cost"
WRONG = "账号或口令不对，或者账号已经停用。"
WRONG_CODE = "恢复码不对，或者已经用过。"


@record
class Opened:
    """The wrap a password opened, what was in it, and whose it is (None: the recovery code's)."""

    key: bytes
    wrap: Wrap
    account: Account | None


class Gate:
    """Judges passwords. It never says whether the name or the password was wrong, neither in words nor in time."""

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
        account, wrapped, cost = self._counted(name)
        key = unwrap(wrapped or decoy(cost, now), normal(secret), self.derive)
        if key is None or wrapped is None:
            known = {"account": account.name} if account else {}
            with self._storage.write(PROGRAM) as work:
                work.audit.write(at=now, account=PROGRAM.account, action="account.refused", details={**known})
            raise PermissionDenied(wrong)
        return Opened(key=key, wrap=wrapped, account=account)

    def _counted(self, name: str) -> tuple[Account | None, Wrap | None, Cost]:
        with self._storage.write(PROGRAM) as work:
            before = work.accounts.tries(who(name))
            tries, left = next_try(before, work.accounts.tick() or self._ticker(), access_rules().tries)
            self._count(work, name, before, tries)
            account = work.accounts.find(name) if name != RECOVERY else None
            may = name == RECOVERY or (account is not None and account.active)
            wrapped = work.accounts.wrap(name) if may else None
            cost = read_cost(work.notes)
        if left:
            raise TooManyTries(left)
        return account, wrapped, cost

    @staticmethod
    def _count(work: AccountWork, name: str, before: Tries | None, tries: Tries) -> None:
        if tries != before:
            work.accounts.keep_tries(who(name), tries)

    def calibrated(self) -> Cost:
        """What a password is to cost on this machine."""
        return calibrated(self.derive)


def read_cost(notes: Notes) -> Cost:
    """What a password costs in this centre. Raises ``RuleError`` where somebody lowered it below the floor."""
    kept = notes.get(COST)
    return demanded(Cost(**kept)) if kept else FLOOR


def keep_cost(notes: Notes, cost: Cost) -> None:
    """Remember what a password is to cost."""
    kept = {"memory_kib": cost.memory_kib, "passes": cost.passes, "lanes": cost.lanes}
    notes.put(COST, kept)
