"""The register: cards, table, filters."""
