"""Finding cases by any word the user may see: what a case says to the index, and what a user asks of it."""
