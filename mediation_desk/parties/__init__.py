"""Who is in dispute: persons, organisations, groups, and who speaks for them."""
