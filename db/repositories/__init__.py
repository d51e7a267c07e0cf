"""Write and read whole records; each repository works inside the transaction it is given."""
