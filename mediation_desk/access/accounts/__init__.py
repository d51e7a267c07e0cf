"""Accounts: who may sign in, with what password, and the key of the centre that a password opens."""
