"""Cases as files: the exchange format ``mediation-case/1``, read strictly and written again equal as data."""
