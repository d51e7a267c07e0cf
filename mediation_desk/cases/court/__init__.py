"""司法确认: whether, where, with which papers, and what follows (domain.md §1.4)."""
