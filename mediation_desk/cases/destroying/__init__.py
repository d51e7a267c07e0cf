"""Destruction of cases whose period has ended: listed, approved by somebody else, done, and shown to be done (§2.4)."""
