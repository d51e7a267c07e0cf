"""What was agreed and whether it was kept."""
