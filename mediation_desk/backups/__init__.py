"""Backups: what stands in one, when one is made, which are kept, and when somebody has to be alarmed."""
