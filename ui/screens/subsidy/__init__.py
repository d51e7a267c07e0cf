"""以案定补: the list of a month, its approval, and what is taken back."""
