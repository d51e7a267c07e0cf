"""Read-only queries for lists and statistics."""
