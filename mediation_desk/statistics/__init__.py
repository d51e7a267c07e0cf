"""What cases add to the reports of the justice bureau and the centre (domain.md §3)."""
