"""Data files of the desk, read through ``mediation_desk.shared.assets``."""
