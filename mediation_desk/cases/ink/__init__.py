"""Wet ink: which places of a printed paper wait for whose hand, copy by copy, and what was put there."""
