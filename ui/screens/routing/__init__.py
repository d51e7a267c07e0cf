"""分流督办: every unit with what it owes, and the lists of duty manager and leader."""
