"""Backups as they lie in a place: one folder each, and the attachments of all of them once, side by side."""
