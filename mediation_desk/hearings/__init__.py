"""Mediation sessions: planned, held and recorded."""
