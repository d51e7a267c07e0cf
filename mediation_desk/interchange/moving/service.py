"""``Mover``: the steps of a move in the order in which a kill between any two leaves one centre, and says which."""

from __future__ import annotations

from collections.abc import Callable

from mediation_desk.access.actor import Actor
from mediation_desk.access.permissions import Permission
from mediation_desk.interchange.moving.comparing import same_chain, same_figures, same_papers
from mediation_desk.interchange.moving.files import carry, take_along
from mediation_desk.interchange.moving.ports import CentreStorage, Copy, OpenDestination
from mediation_desk.settings import Settings
from mediation_desk.shared.clock import Clock
from mediation_desk.shared.errors import RuleError, StorageError
from mediation_desk.shared.file_store import FileStore
from mediation_desk.shared.record import record
from mediation_desk.shared.watching import Watch

BEGIN, MOVED, KEPT = "centre.move", "centre.moved", "centre.kept"
IN_USE = "搬的时候还有人在用原来的中心，没有切换。请所有窗口退出以后，再执行一次 move。"
ALREADY = (
    "这个中心已经搬到“{place}”。那里打得开，就到那里办理；那里打不开、要再搬一次，先执行 move --keep-using。"
)
UNCERTAIN = (
    "目的地“{place}”最后没有答复，不能确定有没有搬成。请打开那里看看：打得开，就到那里办理；"
    "打不开，在这里执行 move --keep-using，然后再搬一次。"
)
STILL_HERE = "这个中心没有搬走，不用改。"


@record
class Moved:
    """What was moved and found equal on both sides."""

    place: str
    rows: dict[str, int]
    tables_of_figures: int
    papers: int
    files: int
    head: str

    @property
    def total(self) -> int:
        """Rows of all tables."""
        return sum(self.rows.values())


class Mover:
    """Moves the centre of one open storage into an empty database."""

    def __init__(
        self,
        storage: CentreStorage,
        clock: Clock,
        settings: Settings,
        open_destination: OpenDestination,
        renew: Callable[[], None],
        files: FileStore,
    ) -> None:
        self._files = files
        self._renew = renew
        self._storage = storage
        self._clock = clock
        self._settings = settings
        self._open = open_destination

    def move(self, actor: Actor, to: Settings, watch: Watch) -> Moved:
        """Everything to the empty database ``to``; this one then is only for looking.

        Rows, figures, papers and the audit trail are compared before anything is switched. Raises
        ``PermissionDenied``, ``InputError``, ``RuleError``, ``StorageError`` and ``Stopped``: then this centre goes
        on as it was, unless the sentence says that this is not certain.
        """
        actor.require(Permission.SYSTEM_MANAGE)
        destination = self._open(self._storage, to)
        left = False
        try:
            destination.prepare()
            standing = self._begin(actor, destination.place)
            files = take_along(self._settings, to)
            with destination.filled(self._storage, watch) as copy:
                files += carry(self._files.shelves, copy.shelf(to.attachments), to.attachments, watch)
                moved = self._compared(copy, destination.place, files)
                self._leave(actor, moved, copy, standing)
                left = True
        except StorageError as error:
            if left:  # the last thing a destination does is to commit
                raise StorageError(UNCERTAIN.format(place=destination.place)) from error
            raise
        finally:
            destination.close()
        return moved

    def _begin(self, actor: Actor, place: str) -> tuple[int, str]:
        """The entry both sides will have, and where the chain stands with it."""
        self._renew()  # what is worked out from the rules is not worked out on both sides
        with self._storage.write(actor) as work:
            if there := work.audit.moved_to():
                raise RuleError(ALREADY.format(place=there))
            work.audit.write(at=self._clock(), account=actor.account, action=BEGIN, details={"place": place})
        with self._storage.read(actor) as work:
            return work.audit.standing()

    def _compared(self, copy: Copy, place: str, files: int) -> Moved:
        return Moved(
            place=place,
            rows=dict(copy.rows),
            tables_of_figures=same_figures(copy, self._clock),
            papers=same_papers(copy),
            files=files,
            head=same_chain(copy),
        )

    def _leave(self, actor: Actor, moved: Moved, copy: Copy, standing: tuple[int, str]) -> None:
        """From here on nothing is kept here. Raises ``StorageError`` where something was since the copy."""
        with self._storage.write(actor) as work:
            if work.audit.standing() != standing or not copy.unchanged():
                raise StorageError(IN_USE)
            work.audit.settle_at(moved.place)
            details = {"place": moved.place, "rows": moved.total}
            work.audit.write(at=self._clock(), account=actor.account, action=MOVED, details=details)

    def keep_using(self, actor: Actor) -> None:
        """A centre that was moved is used on here all the same. Raises ``RuleError`` where it was not."""
        actor.require(Permission.SYSTEM_MANAGE)
        with self._storage.write(actor) as work:
            place = work.audit.moved_to()
            if not place:
                raise RuleError(STILL_HERE)
            work.audit.settle_at("")
            work.audit.write(at=self._clock(), account=actor.account, action=KEPT, details={"place": place})
