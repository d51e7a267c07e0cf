"""Rosters of mediators: read from Excel or JSON with a staged preview, written to Excel."""
