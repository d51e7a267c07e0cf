"""Figures per mediator (domain.md §5.6): each leads back to the cases it was counted from."""
