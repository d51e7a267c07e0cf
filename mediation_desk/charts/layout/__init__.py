"""Where everything of a chart goes; one module for each kind, all on the same frame."""
