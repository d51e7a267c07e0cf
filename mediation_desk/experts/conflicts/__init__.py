"""Who of the pool is bound to somebody in a case, and what follows from it."""
