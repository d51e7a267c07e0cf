"""表一 and the 排查 figures: bodies over time, people of the pool, work that is no case."""
