"""The record of a session (F-10): composed from the board, edited, read back, frozen, added to."""
