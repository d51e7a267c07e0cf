"""The colour that goes with a traffic light; its word is always shown too."""

from __future__ import annotations

from mediation_desk.cases.deadlines.lights import Light
from ui.tokens import Tone

_TONES = {
    Light.HELD: Tone.QUIET,
    Light.LATER: Tone.QUIET,
    Light.REMIND: Tone.INK,
    Light.NEAR: Tone.SOON,
}


def light_tone(light: Light) -> Tone:
    """Quiet while there is time, amber when it is near, seal red from the due day on."""
    return _TONES.get(light, Tone.SEAL)
