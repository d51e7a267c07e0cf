"""The tour: the main job done through the real windows; also the end-to-end test and the source of the pictures."""

from __future__ import annotations

from ui.tour.main_job import tour

__all__ = ["tour"]
