"""The register of work that is no case."""
