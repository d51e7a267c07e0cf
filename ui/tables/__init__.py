"""Tables over frozen records with declared columns."""
