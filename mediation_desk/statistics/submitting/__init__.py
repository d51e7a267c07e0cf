"""Submitted periods: what was reported stays, what changes later is a correction."""
