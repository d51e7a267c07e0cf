"""Ground floor of the core: imports nothing else of ours."""
