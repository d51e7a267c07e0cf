"""Papers of the pool in the side pane: the roster and notice cards."""

from __future__ import annotations

from ui.screens.loose_papers import LoosePaper, LoosePapers


class PoolPapers(LoosePapers):
    """Public data only."""

    code = "experts"

    def roster(self, pool_nos: tuple[str, ...] | None) -> None:
        """The public roster of these mediators, in this order; None for everybody."""
        services = self._context.services
        self.show_paper(
            LoosePaper(
                "调解员名册",
                lambda: services.loose_printing.preview_roster(services.actor, pool_nos),
                lambda formats, folder: services.loose_printing.roster(
                    services.actor, formats, folder, pool_nos
                ),
            )
        )

    def notice_cards(self, pool_nos: tuple[str, ...]) -> None:
        """Notice cards: large for one person, four to a page for several."""
        services, big = self._context.services, len(pool_nos) == 1
        self.show_paper(
            LoosePaper(
                "公示卡",
                lambda: services.loose_printing.preview_notice_cards(services.actor, pool_nos, big=big),
                lambda formats, folder: services.loose_printing.notice_cards(
                    services.actor, pool_nos, formats, folder, big=big
                ),
            )
        )
