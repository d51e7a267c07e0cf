"""The case page: one dispute, one line through it, nine tabs."""
