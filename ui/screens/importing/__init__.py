"""Somebody's sheet taken in: choose, look through, mend, take in, take back."""
