"""Rosters from a workbook: choose, look through, mend, take in."""
