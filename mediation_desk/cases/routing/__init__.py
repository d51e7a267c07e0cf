"""Sending a case on and following it up: units, orders, lists of what each unit still owes (domain.md §4.3)."""
