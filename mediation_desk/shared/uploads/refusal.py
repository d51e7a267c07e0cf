"""Why a file is not let in, before it is known what the file is called."""

from __future__ import annotations


class Refused(Exception):
    """The reason, a Chinese clause without the full stop: ``文件是空的``."""
