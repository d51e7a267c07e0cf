"""Signed and encrypted packages of cases: out of one centre, into another (decision 48)."""
