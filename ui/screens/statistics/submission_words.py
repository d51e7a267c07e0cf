"""Keeps what is typed into the forms of the reported periods: the words of a report, the reason of a correction."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from ui.screens.base import Context
from ui.screens.work.keeping import Words, WorkKeeper


class SubmissionKeeper(WorkKeeper):
    """The same for the form ``code``; another code may be set once the words of the last one are kept."""

    def __init__(self, context: Context, code: str, words: Callable[[], Words], parent: QObject) -> None:
        super().__init__(context, words, parent)
        self.code = code

    def turn_to(self, code: str) -> None:
        """Keep what waits under the old code, then go on under ``code``."""
        if self._timer.isActive():
            self.keep()
        self.code = code

    def _reading(self) -> Callable[[], Words]:
        services, code = self._context.services, self.code
        return lambda: services.submissions.kept_words(services.actor, code)

    def _keeping(self, words: Words) -> Callable[[], object]:
        services, code = self._context.services, self.code
        return lambda: services.submissions.keep_words(services.actor, code, words)

    def _dropping(self) -> Callable[[], object]:
        services, code = self._context.services, self.code
        return lambda: services.submissions.drop_words(services.actor, code)
