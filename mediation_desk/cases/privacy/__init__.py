"""Who may see names, numbers and addresses, why, and for how long (domain.md §7.1)."""
