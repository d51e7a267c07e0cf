"""Every step a case can take: one command each, applied to the whole file in one transaction."""
