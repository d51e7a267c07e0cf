"""The one place where the desk's colours and measures are written down; everything else derives from it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum


class Tone(StrEnum):
    """What a text or chip says besides its words; never the only carrier of the meaning. FAINT is for pictures."""

    INK = "ink"
    QUIET = "quiet"
    ACCENT = "accent"
    SEAL = "seal"
    SOON = "soon"
    DONE = "done"
    FAINT = "faint"


@dataclass(frozen=True, slots=True)
class Tokens:
    """One appearance: ``wash`` is a ground for chips and bars, ``edge`` a line that carries meaning."""

    name: str
    paper: str
    sunken: str
    raised: str
    line: str
    edge: str
    hover: str
    ink: str
    quiet: str
    faint: str
    accent: str
    accent_strong: str
    on_accent: str
    accent_wash: str
    seal: str
    seal_wash: str
    soon: str
    soon_wash: str
    done: str
    done_wash: str
    shadow: str

    def tone(self, tone: Tone) -> str:
        """Text colour of a tone."""
        return str(getattr(self, tone.value))

    def wash(self, tone: Tone) -> str:
        """Ground colour that goes with a tone."""
        if tone in (Tone.INK, Tone.QUIET, Tone.FAINT):
            return self.hover
        return str(getattr(self, f"{tone.value}_wash"))

    def mapping(self) -> dict[str, str]:
        """Names and values for the style sheet template."""
        return asdict(self)


LIGHT = Tokens(
    name="light",
    paper="#FAF9F6",
    sunken="#F2F0EB",
    raised="#FFFFFF",
    line="#E4E1DA",
    edge="#8F8B82",
    hover="#EFEDE7",
    ink="#1F2328",
    quiet="#5B636D",
    faint="#8B939C",
    accent="#1F4E79",
    accent_strong="#163B5C",
    on_accent="#FFFFFF",
    accent_wash="#E8EFF6",
    seal="#B3302A",
    seal_wash="#F9E9E7",
    soon="#8F5F00",
    soon_wash="#FAF0DA",
    done="#2F6B4F",
    done_wash="#E6F1EB",
    shadow="#281F2328",
)

DARK = Tokens(
    name="dark",
    paper="#1C1D20",
    sunken="#17181A",
    raised="#26282C",
    line="#3A3D43",
    edge="#7C828B",
    hover="#2F3237",
    ink="#E8E6E1",
    quiet="#A9AFB7",
    faint="#7A818A",
    accent="#7FB2E5",
    accent_strong="#A5CBF0",
    on_accent="#12202E",
    accent_wash="#22313F",
    seal="#E9857C",
    seal_wash="#3B2625",
    soon="#D9A53F",
    soon_wash="#382E1B",
    done="#74B795",
    done_wash="#1F3329",
    shadow="#80000000",
)


@dataclass(frozen=True, slots=True)
class Type:
    """Type sizes in desk pixels at 100 %."""

    small: int = 13
    body: int = 15
    large: int = 18
    title: int = 24


TYPE = Type()
ROW_HEIGHT = 36
RADIUS = 6
SPACE = 4
MIN_PERCENT, MAX_PERCENT, STEP_PERCENT = 90, 200, 10
